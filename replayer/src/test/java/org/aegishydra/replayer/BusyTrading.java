package org.aegishydra.replayer;

import java.util.List;

/** Settings with which the synthetic market and the captures bring entries, exits, refusals and partial fills. */
final class BusyTrading {
    static final List<String> OPTIONS = List.of(
            "--fee-bps",
            "0",
            "--set",
            "threshold-bps=0.1",
            "--set",
            "reach-bps=2",
            "--set",
            "hold-ms=0",
            "--set",
            "exit-bps=0.5",
            "--max-feed-latency-ms",
            "20",
            "--capital",
            "1000000",
            "--max-position-value",
            "1000000",
            "--set",
            "order-value=100000",
            "--slippage-bps",
            "0.2");

    private BusyTrading() {}
}
