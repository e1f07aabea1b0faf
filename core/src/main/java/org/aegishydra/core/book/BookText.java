package org.aegishydra.core.book;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Side;

/**
 * A book as canonical text, one line a level, bids from high to low, then asks from low to high:
 *
 * <pre>
 *   bid 65083.66 0.23929087
 *   ask 65083.67 0.29040961
 * </pre>
 *
 * Plain decimals, no exponent, no trailing zeros. For people and for comparison with other programs. Stateless.
 */
public final class BookText {
    private BookText() {}

    /** The canonical text. */
    public static String of(ProductBook product) {
        final StringBuilder text = new StringBuilder();
        append(text, "bid ", product, Side.BID);
        append(text, "ask ", product, Side.ASK);
        return text.toString();
    }

    private static void append(StringBuilder text, String prefix, ProductBook product, Side side) {
        final long[] prices = new long[product.book().levels(side)];
        final long[] sizes = new long[prices.length];
        final int levels = product.book().top(side, prices.length, prices, sizes);
        for (int i = 0; i < levels; i++) {
            text.append(prefix)
                    .append(Decimals.plain(prices[i], product.product().priceScale()))
                    .append(' ')
                    .append(Decimals.plain(sizes[i], product.product().sizeScale()))
                    .append('\n');
        }
    }

    /** The SHA-256 digest of the canonical text, in hexadecimal. */
    public static String sha256(ProductBook product) {
        try {
            final MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(of(product).getBytes(StandardCharsets.UTF_8)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
