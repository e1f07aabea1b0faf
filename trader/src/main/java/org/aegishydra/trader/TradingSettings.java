package org.aegishydra.trader;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.trader.paper.RiskSettings;

/**
 * Everything that a run of the engine is started with; kept in the run's {@code START} control, so that a replay can use
 * the same.
 *
 * @param strategy a strategy's name or class name.
 * @param strategySettings the strategy's own settings.
 * @param seed for strategies that draw random numbers.
 * @param capital what each product's account starts with, in the quote currency.
 * @param feeBps of a fill's value, in basis points.
 * @param slippageBps how far from the touch an order may be filled, in basis points.
 * @param risk the risk guard's limits.
 * @param products the products that are traded; all if empty.
 * @param stepInterval every how many-th step is recorded: 1 for all, 0 for none. No decision depends on it.
 * @param spikeThresholdMs a step that takes longer is a spike. No decision depends on it.
 * @param fromEnd whether trading is disabled up to what is recorded when the run begins. Decisions depend on the controls
 *     that this leads to; it is kept for a run that is killed before it could write the first of them.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TradingSettings(
        String strategy,
        Map<String, String> strategySettings,
        long seed,
        double capital,
        double feeBps,
        double slippageBps,
        RiskSettings risk,
        List<String> products,
        int stepInterval,
        double spikeThresholdMs,
        boolean fromEnd) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NS_PER_MS = 1e6;

    /** Far beyond any account, and a double still tells its cents. */
    private static final double MAX_CAPITAL = 1e12;

    public TradingSettings {
        strategySettings = Collections.unmodifiableMap(new TreeMap<>(strategySettings));
        products = products.stream().sorted().toList();
        if (!(capital > 0 && capital <= MAX_CAPITAL)) {
            throw new UsageException("--capital " + capital + ": must be greater than 0 and at most " + MAX_CAPITAL);
        }
        if (!(feeBps >= 0 && feeBps <= 1000)) {
            throw new UsageException("--fee-bps " + feeBps + ": must be from 0 to 1000");
        }
        if (!(slippageBps >= 0 && slippageBps <= 1000)) {
            throw new UsageException("--slippage-bps " + slippageBps + ": must be from 0 to 1000");
        }
        if (stepInterval < 0) {
            throw new UsageException("--steps " + stepInterval + ": must be all, none, or a number from 1");
        }
        if (!(spikeThresholdMs > 0)) {
            throw new UsageException("--spike-threshold-ms " + spikeThresholdMs + ": must be greater than 0");
        }
    }

    /** The same, for a run whose trading begins at the recording's end. */
    TradingSettings tradingFromEnd() {
        return new TradingSettings(
                strategy,
                strategySettings,
                seed,
                capital,
                feeBps,
                slippageBps,
                risk,
                products,
                stepInterval,
                spikeThresholdMs,
                true);
    }

    /** The spike threshold in nanoseconds. */
    @JsonIgnore
    public long spikeThresholdNs() {
        return (long) (spikeThresholdMs * NS_PER_MS);
    }

    /** Whether a product is traded. */
    public boolean trades(String productId) {
        return products.isEmpty() || products.contains(productId);
    }

    /** As one JSON object. */
    public JsonNode toJson() {
        return JSON.valueToTree(this);
    }

    /** Reads what {@link #toJson} wrote. */
    public static TradingSettings fromJson(String json) {
        try {
            return JSON.readValue(json, TradingSettings.class);
        } catch (final JsonProcessingException e) {
            throw new JournalException("the run's settings cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /** A hash of every setting that decisions depend on: the part of a digest's key that says "the same settings". */
    public String decisionKey() {
        final String text = String.join(
                "|",
                strategy,
                strategySettings.toString(),
                Long.toString(seed),
                Double.toString(capital),
                Double.toString(feeBps),
                Double.toString(slippageBps),
                risk.toString(),
                products.toString());
        try {
            final byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, 8);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
