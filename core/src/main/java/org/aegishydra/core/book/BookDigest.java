package org.aegishydra.core.book;

import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;

/**
 * A 64-bit fingerprint of a book: the sum of its levels' mixed values, which a level's change updates in constant time
 * and which does not depend on the order of the changes. Stateless.
 */
@HotPath
public final class BookDigest {
    private static final long PRICE_FACTOR = 0x9E3779B97F4A7C15L;
    private static final long SIZE_FACTOR = 0xC2B2AE3D27D4EB4FL;
    private static final long ASK_SEED = 0x165667B19E3779F9L;

    private BookDigest() {}

    /** What a level adds to its book's digest; a level of size 0 adds nothing. */
    public static long level(Side side, long price, long size) {
        return size == 0 ? 0 : mix(mix(price * PRICE_FACTOR + (side == Side.ASK ? ASK_SEED : 0)) + size * SIZE_FACTOR);
    }

    /** A bijection of 64 bits in which each bit of the input moves about half of the output's (MurmurHash3's finaliser). */
    public static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
