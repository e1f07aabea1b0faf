package org.aegishydra.core.run;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.latency.HotPath;

/**
 * A mutable signed 128-bit number, for sums of price times size, which a {@code long} cannot hold (65,083.66 times
 * 65,000 at 2 and 8 decimals). Every operation is exact or throws. Used by one thread.
 */
@HotPath
public final class Int128 implements Checkpointed {
    private static final double TWO_TO_64 = 0x1p64;

    private long high;
    private long low;

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    /** Sets both halves. */
    public void set(long newHigh, long newLow) {
        high = newHigh;
        low = newLow;
    }

    /** Copies another number. */
    public void set(Int128 other) {
        set(other.high, other.low);
    }

    /**
     * Adds a product.
     *
     * @throws ArithmeticException if the sum does not fit.
     */
    public void addProduct(long a, long b) {
        add(Math.multiplyHigh(a, b), a * b);
    }

    /**
     * Subtracts a product.
     *
     * @throws ArithmeticException if the difference does not fit.
     */
    public void subtractProduct(long a, long b) {
        final long productLow = a * b;
        final long productHigh = Math.multiplyHigh(a, b);
        // The negative of a 128-bit number: complement, plus one.
        add(productLow == 0 ? -productHigh : ~productHigh, -productLow);
    }

    private void add(long otherHigh, long otherLow) {
        final long sumLow = low + otherLow;
        final long carry = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
        final long sumHigh = high + otherHigh + carry;
        if (((high ^ sumHigh) & (otherHigh ^ sumHigh)) < 0) {
            throw new ArithmeticException("a sum of money over 128 bits");
        }
        high = sumHigh;
        low = sumLow;
    }

    /**
     * Multiplies, on the rare occasion that a scale widens.
     *
     * @throws ArithmeticException if the product does not fit.
     */
    public void multiply(long factor) {
        final BigInteger product = toBigInteger().multiply(BigInteger.valueOf(factor));
        if (product.bitLength() > 127) {
            throw new ArithmeticException("a sum of money over 128 bits");
        }
        set(product.shiftRight(64).longValueExact(), product.longValue());
    }

    /** The nearest double, or one next to it; the same on every JVM. */
    public double toDouble() {
        if (high == low >> 63) {
            // A small negative number is the difference of two large halves, of which nothing would be left.
            return (double) low;
        }
        final double unsignedLow = (low >>> 1) * 2.0 + (low & 1);
        return high * TWO_TO_64 + unsignedLow;
    }

    /** The exact value with a number of decimals. */
    public BigDecimal toBigDecimal(int scale) {
        return new BigDecimal(toBigInteger(), scale);
    }

    private BigInteger toBigInteger() {
        return BigInteger.valueOf(high)
                .shiftLeft(64)
                .add(BigInteger.valueOf(low >>> 1).shiftLeft(1))
                .add(BigInteger.valueOf(low & 1));
    }

    @Override
    public void writeState(StateOutput output) {
        output.putLong(high);
        output.putLong(low);
    }

    @Override
    public void readState(StateInput input) {
        high = input.getLong();
        low = input.getLong();
    }
}
