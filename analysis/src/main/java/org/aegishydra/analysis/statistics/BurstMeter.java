package org.aegishydra.analysis.statistics;

/**
 * The most messages in any window of a length; windows begin at whole multiples of it, so a burst that lies across two
 * counts as its larger part. Used by one thread.
 */
final class BurstMeter {
    private static final double NS_PER_SECOND = 1e9;

    private final long windowNs;
    private long window = Long.MIN_VALUE;
    private long count;
    private long most;

    BurstMeter(long windowNs) {
        this.windowNs = windowNs;
    }

    void count(long timeNs) {
        final long now = Math.floorDiv(timeNs, windowNs);
        if (now != window) {
            window = now;
            count = 0;
        }
        count++;
        most = Math.max(most, count);
    }

    /** How many times the mean rate the busiest window had. */
    double ratio(double meanPerSecond) {
        return meanPerSecond > 0 ? most / (windowNs / NS_PER_SECOND) / meanPerSecond : 0;
    }
}
