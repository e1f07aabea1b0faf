package org.aegishydra.core.latency;

/**
 * The stage stamps of one step, from {@link System#nanoTime()}. The only place in the path from record to decision that
 * reads a clock; nothing there may read what it measured. Used by one thread.
 *
 * <pre>
 *   begin ── decode ── book ── strategy ── order ── end
 *              │        │         │          │       └ what followed the step, inline
 *              └────────┴─────────┴──────────┴ the stages up to the written decision
 * </pre>
 */
public final class LatencyTrace {
    /** A time that was not measured. */
    public static final long UNKNOWN = -1;

    private long receivedNs;
    private long beginNs;
    private long decodedNs;
    private long bookedNs;
    private long strategyBeginNs;
    private long strategyEndNs;
    private long strategyNs;
    private long decidedNs;
    private long endNs;

    /**
     * A record arrived.
     *
     * @param receivedMonotonicNs when it was received or due, on the same clock; 0 if that is unknown.
     */
    public void begin(long receivedMonotonicNs) {
        receivedNs = receivedMonotonicNs;
        beginNs = System.nanoTime();
    }

    /** The message was read and checked. */
    public void decoded() {
        decodedNs = System.nanoTime();
    }

    /** The books are up to date. */
    public void booked() {
        bookedNs = System.nanoTime();
        strategyBeginNs = bookedNs;
    }

    /** The strategy has decided. */
    public void strategyEnded() {
        strategyEndNs = System.nanoTime();
        strategyNs = strategyEndNs - strategyBeginNs;
    }

    /** The decision is written. */
    public void decided() {
        decidedNs = System.nanoTime();
        endNs = decidedNs;
    }

    /** What follows the step is done. */
    public void end() {
        endNs = System.nanoTime();
    }

    /** Another product's step of the same message begins: its book is up to date already. */
    public void nextProduct() {
        beginNs = System.nanoTime();
        decodedNs = beginNs;
        bookedNs = beginNs;
        strategyBeginNs = beginNs;
    }

    /** From reception to the written decision; {@link #UNKNOWN} if the time of reception is. */
    public long receiveToDecisionNs() {
        return receivedNs == 0 ? UNKNOWN : decidedNs - receivedNs;
    }

    /** The whole step so far ("Loop"). */
    public long totalNs() {
        return endNs - beginNs;
    }

    public long decodeNs() {
        return decodedNs - beginNs;
    }

    public long bookNs() {
        return bookedNs - decodedNs;
    }

    /** The strategy alone ("Eng"). */
    public long strategyNs() {
        return strategyNs;
    }

    public long orderNs() {
        return decidedNs - strategyEndNs;
    }

    /** What followed the step, inline. */
    public long followNs() {
        return endNs - decidedNs;
    }
}
