package org.aegishydra.core.coinbase;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** One call of a {@link MarketDataListener}, with numbers as exact decimals; null where a number is absent. */
record Call(String what, String product, Side side, long id, long timeNs, boolean history, List<BigDecimal> numbers) {

    static Call message(long timeNs, long sequenceNumber) {
        return new Call("message", null, null, sequenceNumber, timeNs, false, List.of());
    }

    static Call book(String what, String product) {
        return new Call(what, product, null, 0, 0, false, List.of());
    }

    static Call level(String product, Side side, BigDecimal price, BigDecimal size) {
        return new Call("level", product, side, 0, 0, false, List.of(price, size));
    }

    static Call trade(
            String product, long id, BigDecimal price, BigDecimal size, Side side, long timeNs, boolean history) {
        return new Call("trade", product, side, id, timeNs, history, List.of(price, size));
    }

    static Call ticker(String product, BigDecimal... numbers) {
        return new Call("ticker", product, null, 0, 0, false, Arrays.asList(numbers));
    }

    static Call heartbeat(String product, long counter, long lastTradeId) {
        return new Call("heartbeat", product, null, counter, lastTradeId, false, List.of());
    }

    /** Equality of what is said: 1.50 is 1.5. */
    boolean says(Call other) {
        return what.equals(other.what)
                && Objects.equals(product, other.product)
                && side == other.side
                && id == other.id
                && timeNs == other.timeNs
                && history == other.history
                && sameNumbers(other);
    }

    private boolean sameNumbers(Call other) {
        if (numbers.size() != other.numbers.size()) {
            return false;
        }
        for (int i = 0; i < numbers.size(); i++) {
            final BigDecimal one = numbers.get(i);
            final BigDecimal another = other.numbers.get(i);
            if (one == null || another == null) {
                if (one != null || another != null) {
                    return false;
                }
            } else if (one.compareTo(another) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(what);
        if (product != null) {
            text.append(' ').append(product);
        }
        if (side != null) {
            text.append(' ').append(side);
        }
        for (final BigDecimal number : numbers) {
            text.append(' ').append(plain(number));
        }
        if (id != 0 || timeNs != 0) {
            text.append(" id ").append(plain(id)).append(" time ").append(plain(timeNs));
        }
        return text.append(history ? " history" : "").toString();
    }

    private static String plain(long number) {
        return number == MarketDataListener.NO_VALUE ? "-" : Long.toString(number);
    }

    private static String plain(BigDecimal number) {
        return number == null ? "-" : number.stripTrailingZeros().toPlainString();
    }
}
