package org.aegishydra.jmh.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.journal.Dialect;

/**
 * A book of one product and changes near its touch, in a feed's own field order, from a fixed seed: enough to run the
 * benchmarks where no capture is at hand. Figures of these and of a capture are not comparable.
 */
final class SyntheticMessages {
    private static final int SEED = 42;
    private static final int MESSAGES = 1_000;
    private static final int LEVELS_A_SIDE = 10_000;
    private static final int LARGEST_UPDATE_LEVELS = 12;
    private static final int TOUCH_TICKS = 200;
    private static final long MID_PRICE_CENTS = 6_508_366;
    private static final int LARGEST_SIZE = 300_000_000;
    private static final String TIME = "2026-01-01T00:00:00.123456Z";

    private final Random random = new Random(SEED);

    /** Price in cents, size in hundred millionths. */
    private record Level(boolean bid, long price, long size) {
        private String numbers() {
            return "\"" + Decimals.plain(price, 2) + "\",\"" + Decimals.plain(size, 8) + "\"";
        }

        private String inExchangeSnapshot() {
            return "[" + numbers() + "]";
        }

        private String inExchangeUpdate() {
            return (bid ? "[\"buy\"," : "[\"sell\",") + numbers() + "]";
        }

        private String inAdvancedTrade() {
            return "{\"side\":\"" + (bid ? "bid" : "offer") + "\",\"event_time\":\"" + TIME + "\",\"price_level\":"
                    + numbers().replace(",", ",\"new_quantity\":") + "}";
        }
    }

    private SyntheticMessages() {}

    static MessageSet of(Dialect dialect) {
        final SyntheticMessages market = new SyntheticMessages();
        final List<byte[]> first = new ArrayList<>();
        first.add(market.snapshot(dialect));
        for (int i = 1; i < MESSAGES; i++) {
            first.add(market.update(dialect));
        }
        return new MessageSet(dialect, "synthetic updates (seed " + SEED + ")", first, first.subList(1, first.size()));
    }

    private byte[] snapshot(Dialect dialect) {
        final List<Level> bids = new ArrayList<>();
        final List<Level> asks = new ArrayList<>();
        for (int ticks = 1; ticks <= LEVELS_A_SIDE; ticks++) {
            bids.add(new Level(true, MID_PRICE_CENTS - ticks, anySize()));
            asks.add(new Level(false, MID_PRICE_CENTS + ticks, anySize()));
        }
        if (dialect == Dialect.EXCHANGE) {
            return bytes("{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"bids\":["
                    + join(bids, Level::inExchangeSnapshot) + "],\"asks\":[" + join(asks, Level::inExchangeSnapshot)
                    + "]}");
        }
        bids.addAll(asks);
        return advancedTrade("snapshot", bids);
    }

    private byte[] update(Dialect dialect) {
        final List<Level> levels = new ArrayList<>();
        for (int left = 1 + random.nextInt(LARGEST_UPDATE_LEVELS); left > 0; left--) {
            final boolean bid = random.nextBoolean();
            final int ticks = 1 + random.nextInt(TOUCH_TICKS);
            final long size = random.nextInt(3) == 0 ? 0 : anySize();
            levels.add(new Level(bid, MID_PRICE_CENTS + (bid ? -ticks : ticks), size));
        }
        if (dialect == Dialect.EXCHANGE) {
            return bytes("{\"type\":\"l2update\",\"product_id\":\"BTC-USD\",\"changes\":["
                    + join(levels, Level::inExchangeUpdate) + "],\"time\":\"" + TIME + "\"}");
        }
        return advancedTrade("update", levels);
    }

    private long anySize() {
        return 1L + random.nextInt(LARGEST_SIZE);
    }

    private static byte[] advancedTrade(String type, List<Level> levels) {
        return bytes("{\"channel\":\"l2_data\",\"timestamp\":\"" + TIME
                + "\",\"sequence_num\":0,\"events\":[{\"type\":\"" + type
                + "\",\"product_id\":\"BTC-USD\",\"updates\":[" + join(levels, Level::inAdvancedTrade) + "]}]}");
    }

    private static String join(List<Level> levels, Function<Level, String> form) {
        return levels.stream().map(form).collect(Collectors.joining(","));
    }

    private static byte[] bytes(String message) {
        return message.getBytes(StandardCharsets.UTF_8);
    }
}
