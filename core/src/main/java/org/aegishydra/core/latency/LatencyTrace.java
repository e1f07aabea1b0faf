package org.aegishydra.core.latency;

/**
 * The stage stamps of one step, from {@link System#nanoTime()}. The only place in the path from record to decision that
 * reads a clock; nothing there may read what it measured. Used by one thread.
 *
 * <pre>
 *   begin ── decode ── book ── strategy ── order ── follow
 *              │        │         │          │        └ what followed the step, inline
 *              └────────┴─────────┴──────────┴ the stages up to the written decision
 * </pre>
 *
 * <p>A reading costs about as much as applying a level to a book, so there is none that nobody needs:
 *
 * <ul>
 *   <li>Of every step there are the whole and the strategy, without which a spike cannot be told. A stage in which there was
 *       nothing to do (no order, nothing that follows) ends where the one before it did.
 *   <li>A record whose time of reception is known (live, or paced) is stamped at each stage.
 *   <li>At full speed there is always a next record. A step then begins where the step before it ended, so that reading the
 *       record from the journal is part of it; and of one step in {@value #SPLIT_INTERVAL} it is stamped where decoding ended
 *       and the book began: else both are {@link #UNKNOWN}, never a guess, and only their sum is known.
 * </ul>
 */
public final class LatencyTrace {
    /** A time that was not measured. */
    public static final long UNKNOWN = -1;

    /** At full speed, every how many-th step tells decoding from the book: a prime, which falls in step with nothing. */
    public static final int SPLIT_INTERVAL = 17;

    private long receivedNs;
    private long beginNs;
    private long decodedNs;
    private long bookedNs;
    private long strategyEndNs;
    private long decidedNs;
    private long endNs;

    /** Whether the end of the last step is the beginning of what comes next: nothing lay between. */
    private boolean goesOn;

    /** Whether it is stamped where decoding ends. */
    private boolean isSplit;

    private int stepsUntilSplit;
    private int stepsOfRecord;

    /** Something else is done here, which is no part of the next step. */
    public void pause() {
        goesOn = false;
    }

    /**
     * A record arrived.
     *
     * @param receivedMonotonicNs when it was received or due, on the same clock; 0 if that is unknown.
     */
    public void begin(long receivedMonotonicNs) {
        final boolean fullSpeed = receivedMonotonicNs == 0;
        receivedNs = receivedMonotonicNs;
        beginNs = goesOn && fullSpeed ? endNs : System.nanoTime();
        // If it leads to no step, its time is no part of the next one.
        goesOn = false;
        stepsOfRecord = 0;
        isSplit = !fullSpeed || stepsUntilSplit == 0;
    }

    /** The message was read and checked. */
    public void decoded() {
        if (isSplit) {
            decodedNs = System.nanoTime();
        }
    }

    /**
     * The books are up to date, and a product's strategy is to decide. The step of a second product of the same message
     * begins where the one before it ended, with nothing left to decode.
     */
    public void booked() {
        if (stepsOfRecord++ == 0) {
            bookedNs = System.nanoTime();
        } else {
            beginNs = goesOn ? endNs : System.nanoTime();
            decodedNs = beginNs;
            bookedNs = beginNs;
            isSplit = true;
        }
    }

    /** The strategy has decided. */
    public void strategyEnded() {
        strategyEndNs = System.nanoTime();
        decidedNs = strategyEndNs;
        endNs = strategyEndNs;
        goesOn = true;
        stepsUntilSplit = stepsUntilSplit == 0 ? SPLIT_INTERVAL - 1 : stepsUntilSplit - 1;
    }

    /** There were orders, and what became of them is written. */
    public void decided() {
        decidedNs = System.nanoTime();
        endNs = decidedNs;
    }

    /** Something followed the step, and is done. */
    public void followed() {
        endNs = System.nanoTime();
    }

    /** From reception to the written decision; {@link #UNKNOWN} if the time of reception is. */
    public long receiveToDecisionNs() {
        return receivedNs == 0 ? UNKNOWN : decidedNs - receivedNs;
    }

    /** From reception to the end of all that followed the step; {@link #UNKNOWN} if the time of reception is. */
    public long receiveToEndNs() {
        return receivedNs == 0 ? UNKNOWN : endNs - receivedNs;
    }

    /** When the step had ended, with all that followed it. */
    public long endNs() {
        return endNs;
    }

    /** The whole step so far ("Loop"). */
    public long totalNs() {
        return endNs - beginNs;
    }

    /** Whether this step had something to decode, and that was told from the book. */
    public boolean isSplit() {
        return isSplit && stepsOfRecord == 1;
    }

    /** Or {@link #UNKNOWN}. */
    public long decodeNs() {
        return isSplit ? decodedNs - beginNs : UNKNOWN;
    }

    /** Or {@link #UNKNOWN}. */
    public long bookNs() {
        return isSplit ? bookedNs - decodedNs : UNKNOWN;
    }

    /** The strategy alone ("Eng"). */
    public long strategyNs() {
        return strategyEndNs - bookedNs;
    }

    /** Risk, paper fill, decision written; 0 if there was no order. */
    public long orderNs() {
        return decidedNs - strategyEndNs;
    }

    /** What followed the step, inline; 0 if nothing did. */
    public long followNs() {
        return endNs - decidedNs;
    }
}
