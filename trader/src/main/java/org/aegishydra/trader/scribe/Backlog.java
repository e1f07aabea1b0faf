package org.aegishydra.trader.scribe;

/**
 * For how long a reader of a journal has been behind its writer, told from outside: neither of the two reads a clock for it.
 * Whoever looks now and then notes how many records there are; the reader's next record was there at the first such look at
 * which there were more records than it has handled. Used by one thread.
 */
public final class Backlog {
    /** Looks that are remembered while the reader does not move on; of later ones the lag is told once it has. */
    private static final int LOOKS = 1024;

    private final long[] timesNs = new long[LOOKS];
    private final long[] written = new long[LOOKS];
    private int first;
    private int count;

    /**
     * Notes a look.
     *
     * @param lastWritten the last record that there is.
     * @param lastHandled the last one that the reader has handled.
     * @return how long ago the next one was there at the latest; 0 if there is none.
     */
    public long look(long nowNs, long lastWritten, long lastHandled) {
        while (count > 0 && written[first] <= lastHandled) {
            first = (first + 1) % LOOKS;
            count--;
        }
        final boolean isNews = count == 0 || written[(first + count - 1) % LOOKS] < lastWritten;
        if (lastWritten > lastHandled && isNews && count < LOOKS) {
            final int next = (first + count) % LOOKS;
            timesNs[next] = nowNs;
            written[next] = lastWritten;
            count++;
        }
        return count == 0 ? 0 : nowNs - timesNs[first];
    }
}
