package org.aegishydra.trader;

import picocli.CommandLine.Option;

/** How a live trader uses its machine: no decision depends on it. Filled by picocli. */
final class LiveOptions {
    @Option(
            names = "--idle",
            defaultValue = "backoff",
            paramLabel = "spin|yield|backoff|park",
            description = "What the trading thread does while nothing comes (default: ${DEFAULT-VALUE}). IDLE_LINE")
    private String idle;

    @Option(
            names = "--cpu",
            paramLabel = "N",
            description = "Bind the trading thread to this CPU, and keep the trader's other threads off it.")
    private Integer cpu;

    /**
     * What the options say.
     *
     * @throws org.aegishydra.core.command.UsageException if one of them cannot be used on this machine.
     */
    LiveSettings settings() {
        return new LiveSettings(Idling.of(idle), cpu == null ? null : ThreadPinning.to(cpu));
    }
}
