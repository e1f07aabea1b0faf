package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;

/**
 * Reads a product's prices, or its sizes, into a scale. Most are written alike: as many digits before the point as the one before
 * had, and as many behind it as the scale. Such a number is read from where its digits must be then, so that the processor need not wait for one
 * number's length to go on with the next; {@link #read} tells whether they were there. Used by one thread.
 */
@HotPath
final class UsualDecimal {
    private final ShortDecimal other = new ShortDecimal();
    private int scale = -1;
    private long unit;
    private int wholes = 1;
    private int length;
    private long wholeMask;
    private long fractionMask;

    /** Sets the scale, up to {@link ShortDecimal#MAX_SCALE}. */
    void scale(int newScale) {
        if (newScale != scale) {
            scale = newScale;
            unit = Decimals.powerOfTen(newScale);
            setForm();
        }
    }

    private void setForm() {
        // A number without decimals, or with more than a word's, is none of the usual ones: no byte is ever right then.
        final boolean possible = scale > 0 && scale <= Digits.PER_WORD;
        length = wholes + 1 + (possible ? scale : 0);
        wholeMask = Digits.lastMask(wholes);
        fractionMask = possible ? Digits.lastMask(scale) : -1L;
    }

    /** How long a usual number is. */
    int length() {
        return length;
    }

    /**
     * The number at an address, or one below zero if it is no usual one. What stands behind its {@link #length()} is not checked:
     * unless that is a quote, nothing was read. Reads up to there, and from seven bytes before the address on.
     */
    long read(long address) {
        final long point = address + wholes;
        final long whole = Digits.endingAt(point, wholeMask);
        final long fraction = Digits.endingAt(address + length, fractionMask);
        if (MessageBytes.at(point) != '.' || Digits.errors(whole, fraction) != 0) {
            return MarketDataListener.NO_VALUE;
        }
        return Digits.number(whole) * unit + Digits.number(fraction);
    }

    /**
     * The number at an address, however it is written, or one below zero if it is not short, or needs a finer scale.
     *
     * @param lastWord the address of the message's last eight bytes.
     */
    long readOther(long address, long lastWord) {
        other.read(address, lastWord);
        if (other.errors() != 0) {
            return MarketDataListener.NO_VALUE;
        }
        if (other.decimals() > 0 && other.wholes() != wholes) {
            wholes = other.wholes();
            setForm();
        }
        return other.value(scale, unit);
    }

    /** The address behind the last digit of what {@link #readOther} read. */
    long otherEnd() {
        return other.end();
    }
}
