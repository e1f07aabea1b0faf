package org.aegishydra.core.coinbase;

import java.util.SplittableRandom;

/** What both dialects' generators of messages share. Used by one thread. */
public abstract class RandomMessages {
    private static final String[] ODD_TIMES = {
        "0001-01-01T00:00:00.000000Z",
        "1970-01-01T00:00:00Z",
        "",
        "2026-02-30T00:00:00Z",
        "yesterday",
        "2026-08-09T21:05:48",
        "2026-08-09 21:05:48.854840045 +0000 UTC m=+41691.26",
        "2026-08-09T21:05:48.5+02:00",
        "2026-08-09t21:05:48z"
    };
    private static final String[] SIDES = {"bid", "offer", "ask", "buy", "sell", "BUY", "SELL"};
    private static final String[] PRODUCTS = {
        "BTC-USD", "ETH-USD", "SOL-USD", "DOGE-USD", "A-B", "BTC-EUR", "00-USD", "BIP-20DEC30-CDE"
    };
    private static final String[] EXTREME_PRODUCTS = {"W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W9", "é-€"};

    protected final SplittableRandom random;
    protected final RandomJson json;
    private boolean extreme;
    private long tradeId = 1_000_000;

    /** Whether the message made last is a single book update in the exact form with usual numbers. */
    protected boolean usualUpdate;

    RandomMessages(SplittableRandom random) {
        this.random = random;
        this.json = new RandomJson(random);
    }

    /** One message, half of them in Coinbase's exact form. */
    public final String next() {
        json.exact(random.nextBoolean());
        extreme = json.oneIn(20);
        usualUpdate = false;
        final String message = message();
        usualUpdate &= json.isExact() && !extreme;
        return message;
    }

    protected abstract String message();

    protected final String product() {
        return json.text(json.oneOf(extreme ? EXTREME_PRODUCTS : PRODUCTS));
    }

    protected final String decimal() {
        return extreme && json.oneIn(3) ? json.extremeDecimal() : json.usualDecimal();
    }

    protected final String size() {
        return json.oneIn(4) ? json.oneOf("0", "0.00000000") : decimal();
    }

    /** A number that may be absent, null or empty. */
    protected final String optionalNumber() {
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> "\"\"";
            case 2 -> "null";
            default -> json.quoted(decimal());
        };
    }

    protected final String time() {
        if (!json.isExact() && json.oneIn(20)) {
            return json.oneIn(4) ? json.junk(0) : json.text(json.oneOf(ODD_TIMES));
        }
        final int nanos = random.nextInt(1_000_000_000);
        final StringBuilder out = new StringBuilder(34)
                .append("\"2026-08-")
                .append(10 + random.nextInt(20))
                .append("T1");
        out.append(random.nextInt(10))
                .append(':')
                .append(10 + random.nextInt(50))
                .append(':');
        out.append(10 + random.nextInt(50));
        if (nanos % 10 > 0) {
            out.append('.').append(Integer.toString(1_000_000_000 + nanos), 1, 1 + 1 + nanos % 9);
        }
        return out.append("Z\"").toString();
    }

    /** A side by this dialect's names, or by anybody's. */
    protected final String side(String bid, String ask) {
        if (json.isExact()) {
            return random.nextBoolean() ? '"' + bid + '"' : '"' + ask + '"';
        }
        return json.text(json.oneIn(500) ? json.oneOf("Bid", "", "bids", "OFFER") : json.oneOf(SIDES));
    }

    /** An id near the last one: up, down or equal, so that all orders of trades occur. */
    protected final String tradeId(boolean ascending) {
        tradeId += json.oneIn(20) ? random.nextInt(5) - 2 : ascending ? 1 : -1;
        return Long.toString(tradeId);
    }

    protected final String wholeNumber() {
        if (!json.isExact() && json.oneIn(30)) {
            return json.oneOf("5e3", "1.0", "1.5", "9223372036854775807", "9223372036854775808", "120e-1", "121e-1");
        }
        return Integer.toString(random.nextInt(1 << (1 + random.nextInt(30))));
    }

    /** Mostly few, seldom many. */
    protected final int count() {
        return json.oneIn(400) ? random.nextInt(60) : random.nextInt(4);
    }
}
