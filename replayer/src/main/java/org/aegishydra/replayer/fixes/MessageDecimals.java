package org.aegishydra.replayer.fixes;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.aegishydra.core.coinbase.Decimals;

/** The numbers of messages as exact decimals, within what a {@code long} and its scale hold. Stateless. */
final class MessageDecimals {
    /** Digits before the point of the largest {@code long}. */
    private static final int MAX_WHOLE_DIGITS = 19;

    private static final Pattern WITH_EXPONENT = Pattern.compile("[0-9]++(?:\\.[0-9]++)?+[eE][+-]?+[0-9]++");

    private MessageDecimals() {}

    /** A string's number or a bare one, of the shortest scale from 0. */
    static BigDecimal of(JsonNode node) {
        if (node.isTextual()) {
            return of(node.textValue());
        }
        if (node.isNumber()) {
            return shortest(node.decimalValue());
        }
        throw new UnusableMessageException("not a number");
    }

    static BigDecimal of(String text) {
        if (!isPlain(text) && !WITH_EXPONENT.matcher(text).matches()) {
            throw new UnusableMessageException("not a number");
        }
        try {
            return shortest(new BigDecimal(text));
        } catch (final NumberFormatException e) {
            throw new UnusableMessageException("a number with too large an exponent");
        }
    }

    /** Null where there is none: the field is absent, null or an empty string. */
    static BigDecimal optional(JsonNode node) {
        final boolean absent = node.isMissingNode()
                || node.isNull()
                || (node.isTextual() && node.textValue().isEmpty());
        return absent ? null : of(node);
    }

    static long mantissa(BigDecimal number) {
        return number.unscaledValue().longValueExact();
    }

    /** Digits, and more behind a point if there is one; BigDecimal's own reader takes much else. */
    private static boolean isPlain(String text) {
        int points = 0;
        char last = '.';
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '.' && last != '.') {
                points++;
            } else if (c < '0' || c > '9') {
                return false;
            }
            last = c;
        }
        return last != '.' && points <= 1;
    }

    private static BigDecimal shortest(BigDecimal number) {
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if (number.signum() < 0 || (long) number.precision() - number.scale() > MAX_WHOLE_DIGITS) {
            throw new UnusableMessageException("a number that is below zero or does not fit");
        }
        final BigDecimal stripped = number.stripTrailingZeros();
        final BigDecimal plain = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
        if (plain.scale() > Decimals.MAX_SCALE || plain.unscaledValue().bitLength() > Long.SIZE - 1) {
            throw new UnusableMessageException("a number with too many digits");
        }
        return plain;
    }
}
