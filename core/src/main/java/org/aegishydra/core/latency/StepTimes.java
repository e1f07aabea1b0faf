package org.aegishydra.core.latency;

/** Where the times of a step go when it has ended. Used by the trading thread. */
public interface StepTimes {
    /** A step ended, what followed it included. The trace is reused. */
    void record(LatencyTrace trace);
}
