package org.aegishydra.trader;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.trader.paper.RiskSettings;
import org.aegishydra.trader.strategy.Strategies;
import picocli.CommandLine.Option;

/** The options of every command that runs the trading engine. Filled by picocli. */
public final class TradingOptions {
    @Option(
            names = "--strategy",
            defaultValue = "order-flow",
            paramLabel = "NAME",
            description = "order-flow, ising, or a class name (default: ${DEFAULT-VALUE}).")
    private String strategy;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the strategy; may be given more than once. order-flow takes levels, reach-bps, "
                    + "threshold-bps, exit-bps, order-value and hold-ms; ising takes temperature, levels, depth-weight, "
                    + "flow-weight, flow-steps, max-field, window, entry, entry-sigmas, exit, order-value, hold-ms and "
                    + "sweep-ms (0 sweeps in every step).")
    private final Map<String, String> strategySettings = new LinkedHashMap<>();

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "For strategies that draw random numbers (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--product",
            split = ",",
            paramLabel = "ID",
            description = "The products to trade, for example BTC-USD,ETH-USD (default: all).")
    private final List<String> products = new ArrayList<>();

    @Option(
            names = "--capital",
            defaultValue = "100",
            paramLabel = "VALUE",
            description = "What each product's account starts with (default: ${DEFAULT-VALUE}).")
    private double capital;

    @Option(
            names = "--fee-bps",
            defaultValue = "5",
            paramLabel = "BPS",
            description = "Taker fee in basis points of a fill's value (default: ${DEFAULT-VALUE}).")
    private double feeBps;

    @Option(
            names = "--slippage-bps",
            defaultValue = "5",
            paramLabel = "BPS",
            description = "How far from the touch an order may be filled (default: ${DEFAULT-VALUE}).")
    private double slippageBps;

    @Option(
            names = "--max-orders-per-second",
            defaultValue = "10",
            paramLabel = "N",
            description = "More are refused (default: ${DEFAULT-VALUE}).")
    private int maxOrdersPerSecond;

    @Option(
            names = "--max-feed-latency-ms",
            defaultValue = "5",
            paramLabel = "MS",
            description = "Entries are refused while the feed is later than this (default: ${DEFAULT-VALUE}).")
    private double maxFeedLatencyMs;

    @Option(
            names = "--max-position-value",
            defaultValue = "100",
            paramLabel = "VALUE",
            description = "Entries that would lead to a larger position are refused (default: ${DEFAULT-VALUE}).")
    private double maxPositionValue;

    @Option(
            names = "--steps",
            defaultValue = "all",
            paramLabel = "all|none|N",
            description = "Which steps are recorded: all, none, or every N-th (default: ${DEFAULT-VALUE}).")
    private String steps;

    @Option(
            names = "--spike-threshold-ms",
            defaultValue = "5",
            paramLabel = "MS",
            description = "A step that takes longer is a spike (default: ${DEFAULT-VALUE}).")
    private double spikeThresholdMs;

    /**
     * The settings that the options say.
     *
     * @throws UsageException if one of them cannot be used, by the engine or by the strategy.
     */
    public TradingSettings settings() {
        // Before anything is made: a run's folder that a mistake leaves behind would be in the way of the next try.
        Strategies.start(strategy, strategySettings, seed);
        return new TradingSettings(
                strategy,
                strategySettings,
                seed,
                capital,
                feeBps,
                slippageBps,
                new RiskSettings(maxOrdersPerSecond, maxFeedLatencyMs, maxPositionValue),
                products,
                stepInterval(),
                spikeThresholdMs,
                false);
    }

    private int stepInterval() {
        if ("all".equals(steps)) {
            return 1;
        }
        if ("none".equals(steps)) {
            return 0;
        }
        try {
            final int interval = Integer.parseInt(steps);
            if (interval > 0) {
                return interval;
            }
        } catch (final NumberFormatException e) {
            throw unusableSteps();
        }
        throw unusableSteps();
    }

    private UsageException unusableSteps() {
        return new UsageException("--steps " + steps + ": must be all, none, or a number from 1");
    }
}
