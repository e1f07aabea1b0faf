package org.aegishydra.trader;

import picocli.CommandLine.Option;

/** How a live trader uses its machine: no decision depends on it. Filled by picocli. */
final class LiveOptions {
    @Option(
            names = "--idle",
            defaultValue = "backoff",
            paramLabel = "spin|yield|backoff|park",
            description = "What the trading thread does while nothing comes (default: ${DEFAULT-VALUE})."
                    + " Measured with 1,000 messages/s on 2 cores, from reception to decision: 6, 9, 62 and 78 µs at the "
                    + "median; spin and yield take a whole core.")
    private String idle;

    @Option(
            names = "--cpu",
            paramLabel = "N",
            description = "Bind the trading thread to this CPU, and keep the trader's other threads off it.")
    private Integer cpu;

    @Option(
            names = "--warm-up",
            arity = "0..1",
            defaultValue = "0",
            fallbackValue = "100000",
            paramLabel = "RECORDS",
            description =
                    "Before the first record, run the engine over so many records of the journal's beginning, or of a "
                            + "made-up market, so that it is compiled by then; nothing of it is kept. Without a number: "
                            + "${FALLBACK-VALUE}. (Default: none.)")
    private int warmUpRecords;

    /**
     * What the options say.
     *
     * @throws org.aegishydra.core.command.UsageException if one of them cannot be used on this machine.
     */
    LiveSettings settings() {
        return new LiveSettings(Idling.of(idle), cpu == null ? null : ThreadPinning.to(cpu), warmUpRecords);
    }
}
