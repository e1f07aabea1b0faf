package org.aegishydra.replayer.synthetic;

import java.math.BigDecimal;
import org.aegishydra.core.command.UsageException;

/**
 * A product of the synthetic market.
 *
 * @param id its name, for example BTC-USD.
 * @param startPrice where its price starts, a multiple of the quote increment; the market comes back to it slowly.
 * @param quoteIncrement the smallest step of a price, a power of ten.
 * @param baseIncrement the smallest step of a size, a power of ten.
 * @param spreadTicks the usual spread in quote increments.
 */
public record SyntheticProduct(
        String id, BigDecimal startPrice, BigDecimal quoteIncrement, BigDecimal baseIncrement, int spreadTicks) {
    private static final long MIN_START_TICKS = 100;
    private static final long MAX_START_TICKS = 1_000_000_000_000L;

    public SyntheticProduct {
        if (!id.matches("[A-Z0-9]{1,20}-[A-Z0-9]{1,20}")) {
            throw new UsageException("--product " + id + ": must look like BTC-USD");
        }
        checkPowerOfTen(id, "quote increment", quoteIncrement);
        checkPowerOfTen(id, "base increment", baseIncrement);
        if (startPrice.stripTrailingZeros().scale() > quoteIncrement.scale()) {
            throw new UsageException(
                    "--product " + id + "=" + startPrice + ": must be a multiple of " + quoteIncrement);
        }
        if (startPrice.compareTo(quoteIncrement.multiply(BigDecimal.valueOf(MIN_START_TICKS))) < 0
                || startPrice.compareTo(quoteIncrement.multiply(BigDecimal.valueOf(MAX_START_TICKS))) > 0) {
            throw new UsageException("--product " + id + "=" + startPrice + ": must be from " + MIN_START_TICKS + " to "
                    + MAX_START_TICKS + " steps of " + quoteIncrement);
        }
        if (spreadTicks < 1 || spreadTicks > MIN_START_TICKS / 2) {
            throw new UsageException("--product " + id + ": a spread of " + spreadTicks + " steps must be from 1 to "
                    + MIN_START_TICKS / 2);
        }
    }

    private static void checkPowerOfTen(String id, String what, BigDecimal increment) {
        if (increment.unscaledValue().intValue() != 1 || increment.scale() < 0 || increment.scale() > 12) {
            throw new UsageException("--product " + id + ": " + what + " " + increment
                    + " must be a power of ten from 1 to 0.000000000001");
        }
    }

    /**
     * A product as the command line names it: BTC-USD and a few others by name alone, any other with its start price,
     * as in {@code ABC-USD=12.34}, whose decimals then are the price's.
     */
    public static SyntheticProduct parse(String text) {
        final int equals = text.indexOf('=');
        if (equals < 0) {
            return switch (text) {
                case "BTC-USD" -> of(text, "65000.00", 1);
                case "ETH-USD" -> of(text, "1920.00", 9);
                case "SOL-USD" -> of(text, "150.00", 2);
                case "DOGE-USD" -> of(text, "0.20000", 2);
                default ->
                    throw new UsageException("--product " + text
                            + ": known by name are BTC-USD, ETH-USD, SOL-USD and DOGE-USD; give others a start price, as in "
                            + text + "=12.34");
            };
        }
        try {
            return of(text.substring(0, equals), text.substring(equals + 1), 2);
        } catch (final NumberFormatException e) {
            throw new UsageException("--product " + text + ": what follows = must be a price, as in 12.34");
        }
    }

    private static SyntheticProduct of(String id, String startPrice, int spreadTicks) {
        final BigDecimal price = new BigDecimal(startPrice);
        final int decimals = Math.max(0, price.scale());
        return new SyntheticProduct(
                id, price, BigDecimal.ONE.movePointLeft(decimals), BigDecimal.ONE.movePointLeft(8), spreadTicks);
    }

    /** Decimals of a price. */
    int priceScale() {
        return quoteIncrement.scale();
    }

    /** Decimals of a size. */
    int sizeScale() {
        return baseIncrement.scale();
    }

    /** The start price in quote increments. */
    long startTicks() {
        return startPrice.setScale(priceScale()).unscaledValue().longValueExact();
    }
}
