package org.aegishydra.core.book;

import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;

/**
 * A 64-bit fingerprint of a book: the sum of what its levels add, which a level's change updates in constant time and which
 * does not depend on the order of the changes. Stateless.
 *
 * <p>A level adds the product of its size and a factor that is its price's own, both halves of the 128 bits folded into
 * one. The factors are as good as random, so books whose sizes differ in some arithmetic pattern over their prices have no
 * more in common than others; they are odd, so that a level's size cannot vanish in its product; and a level of size 0
 * adds nothing without being asked for.
 */
@HotPath
public final class BookDigest {
    private static final long BID_SEED = 0x9E3779B97F4A7C15L;
    private static final long ASK_SEED = 0xC2B2AE3D27D4EB4FL;

    private BookDigest() {}

    /** What a level adds to its book's digest; a level of size 0 adds nothing. */
    public static long level(Side side, long price, long size) {
        return folded(factor(side, price), size);
    }

    /** What is added to a book's digest where a level's size becomes another; 0 stands for an absent level. */
    static long change(Side side, long price, long sizeBefore, long size) {
        final long factor = factor(side, price);
        return folded(factor, size) - folded(factor, sizeBefore);
    }

    private static long factor(Side side, long price) {
        return mix(price ^ (side == Side.BID ? BID_SEED : ASK_SEED)) | 1;
    }

    private static long folded(long factor, long size) {
        return (factor * size) ^ Math.multiplyHigh(factor, size);
    }

    /** A bijection of 64 bits in which each bit of the input moves about half of the output's (MurmurHash3's finaliser). */
    public static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
