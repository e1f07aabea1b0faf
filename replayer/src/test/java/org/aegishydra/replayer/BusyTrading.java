package org.aegishydra.replayer;

import java.util.List;

/** Settings with which the synthetic market and the captures bring entries, exits, refusals and partial fills. */
final class BusyTrading {
    static final List<String> OPTIONS = List.of(
            "--fee-bps",
            "0",
            "--set",
            "threshold-bps=0",
            "--set",
            "reach-bps=2",
            "--set",
            "hold-ms=0",
            "--set",
            "exit-bps=1",
            "--max-orders-per-second",
            "20",
            "--capital",
            "1000000",
            "--max-position-value",
            "1000000",
            "--set",
            "order-value=100000",
            "--slippage-bps",
            "0.2");

    /** Where the feed's stamps are from about when it was received: too late a message is no reason to enter. */
    static final List<String> TIMELY = List.of("--max-feed-latency-ms", "20");

    /** Where a recorded market is served again, so that its own stamps are from another day. */
    static final List<String> AT_ANY_TIME = List.of("--max-feed-latency-ms", "1e18");

    private BusyTrading() {}
}
