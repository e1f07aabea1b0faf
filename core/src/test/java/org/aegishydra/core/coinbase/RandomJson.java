package org.aegishydra.core.coinbase;

import java.util.SplittableRandom;

/**
 * Writes JSON either in the exact form of Coinbase, compact and in the order given, or in any other form that says the
 * same: shuffled keys, white space, escapes, unknown fields, fields sent twice, bare and quoted numbers. In the latter a
 * field is missing or replaced now and then. Used by one thread.
 */
final class RandomJson {
    private static final String[] UNKNOWN_NAMES = {
        "client_id",
        "note",
        "",
        "x",
        "sid",
        "sides",
        "Side",
        "price_leve",
        "prices",
        "événement",
        "😀",
        "type ",
        "eventss"
    };
    private static final String[] JUNK_NUMBERS = {"0", "-1", "17", "1.5", "-0.25", "1e5", "2E-3", "1234567.8901234"};
    private static final String[] JUNK_TEXTS = {
        "", "x", "null", "12", "}]}]}", "a \\\" b", "\\\\", "\\u00e9", "é€", "\\ud800", "[{", "/"
    };
    private static final String SPACES = " \n\r\t";

    private final SplittableRandom random;
    private boolean exact = true;

    RandomJson(SplittableRandom random) {
        this.random = random;
    }

    /** Whether what follows is written in Coinbase's exact form. */
    void exact(boolean isExact) {
        exact = isExact;
    }

    boolean isExact() {
        return exact;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private void space(StringBuilder out) {
        if (oneIn(6)) {
            do {
                out.append(SPACES.charAt(random.nextInt(4)));
            } while (oneIn(3));
        }
    }

    /** An object of names and rendered values in turn; a value that is null leaves its field out. */
    String object(String... namesAndValues) {
        final StringBuilder out = new StringBuilder(256).append('{');
        final int fields = namesAndValues.length / 2;
        if (exact) {
            for (int i = 0; i < fields; i++) {
                if (namesAndValues[i * 2 + 1] != null) {
                    out.append(out.length() == 1 ? "\"" : ",\"").append(namesAndValues[i * 2]);
                    out.append("\":").append(namesAndValues[i * 2 + 1]);
                }
            }
            return out.append('}').toString();
        }
        shuffle(namesAndValues, fields);
        space(out);
        for (int i = 0; i < fields; i++) {
            if (oneIn(12)) {
                field(out, UNKNOWN_NAMES[random.nextInt(UNKNOWN_NAMES.length)], junk(0));
            }
            final String value = namesAndValues[i * 2 + 1];
            if (value != null && !oneIn(800)) {
                if (oneIn(50)) {
                    field(out, namesAndValues[i * 2], junk(0));
                }
                field(out, namesAndValues[i * 2], oneIn(800) ? junk(0) : value);
            }
        }
        return out.append('}').toString();
    }

    private void shuffle(String[] namesAndValues, int fields) {
        for (int i = fields - 1; i > 0; i--) {
            final int other = random.nextInt(i + 1);
            for (int k = 0; k < 2; k++) {
                final String kept = namesAndValues[i * 2 + k];
                namesAndValues[i * 2 + k] = namesAndValues[other * 2 + k];
                namesAndValues[other * 2 + k] = kept;
            }
        }
    }

    private void field(StringBuilder out, String name, String value) {
        if (out.charAt(out.length() - 1) != '{' && out.indexOf(":") > 0) {
            out.append(',');
        }
        space(out);
        out.append(text(name));
        space(out);
        out.append(':');
        space(out);
        out.append(value);
        space(out);
    }

    String array(String... values) {
        final StringBuilder out = new StringBuilder(64).append('[');
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                out.append(',');
            }
            if (exact) {
                out.append(values[i]);
            } else {
                space(out);
                out.append(oneIn(2_000) ? junk(0) : values[i]);
                space(out);
            }
        }
        return out.append(']').toString();
    }

    /** A string; outside of the exact form some of its characters are escaped. */
    String text(String value) {
        final StringBuilder out = new StringBuilder(value.length() + 8).append('"');
        if (exact || !oneIn(8)) {
            return out.append(value).append('"').toString();
        }
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (oneIn(4)) {
                final String hex = Integer.toHexString(0x10000 + c).substring(1);
                out.append("\\u").append(oneIn(2) ? hex : hex.toUpperCase(java.util.Locale.ROOT));
            } else {
                out.append(c == '/' && oneIn(2) ? "\\/" : c);
            }
        }
        return out.append('"').toString();
    }

    /** A number that Coinbase sends in quotes. */
    String quoted(String number) {
        return exact || oneIn(2) ? '"' + number + '"' : number;
    }

    /** A number that Coinbase sends bare. */
    String bare(String number) {
        return exact || oneIn(2) ? number : '"' + number + '"';
    }

    /** Any value. */
    String junk(int depth) {
        return switch (random.nextInt(depth < 4 ? 8 : 5)) {
            case 0 -> "null";
            case 1 -> oneIn(2) ? "true" : "false";
            case 2, 3 -> JUNK_NUMBERS[random.nextInt(JUNK_NUMBERS.length)];
            case 4, 5 -> '"' + JUNK_TEXTS[random.nextInt(JUNK_TEXTS.length)] + '"';
            case 6 -> oneIn(3) ? "[ ]" : "[" + junk(depth + 1) + " ," + junk(depth + 1) + "]";
            default -> oneIn(3) ? "{}" : "{\"side\":" + junk(depth + 1) + ",\"\" :\n" + junk(depth + 1) + "}";
        };
    }

    /** A decimal of the usual kind: up to 8 decimals, with or without zeros at its end. */
    String usualDecimal() {
        final int decimals = random.nextInt(9);
        final StringBuilder out = new StringBuilder().append(random.nextInt(oneIn(4) ? 100_000_000 : 1_000));
        if (decimals > 0) {
            out.append('.');
            for (int i = 0; i < decimals; i++) {
                out.append((char) ('0' + (oneIn(3) ? 0 : random.nextInt(10))));
            }
        }
        return out.toString();
    }

    /** A decimal at or beyond the limits: many digits, exponents, leading zeros, below zero. */
    String extremeDecimal() {
        return switch (random.nextInt(9)) {
            case 0 -> Long.toString(Long.MAX_VALUE - random.nextInt(40));
            case 1 -> "922337203685477580" + (7 + random.nextInt(3)) + (oneIn(2) ? "0" : "");
            case 2 -> withPoint(Long.toString(random.nextLong() >>> 1));
            case 3 -> withPoint(Long.toUnsignedString(random.nextLong()) + (oneIn(2) ? "000" : "5"));
            case 4 -> "0." + "0".repeat(random.nextInt(20)) + (1 + random.nextInt(99));
            case 5 ->
                usualDecimal() + (oneIn(2) ? "e" : "E") + (oneIn(2) ? "-" : oneIn(2) ? "+" : "") + random.nextInt(25);
            case 6 -> (1 + random.nextInt(9)) + "0".repeat(random.nextInt(25)) + "e-" + random.nextInt(25);
            case 7 -> "-" + usualDecimal();
            default -> random.nextInt(10) + ".000000000000000000000" + (oneIn(2) ? "" : "1");
        };
    }

    private String withPoint(String digits) {
        final int at = 1 + random.nextInt(digits.length());
        return at == digits.length() ? digits : digits.substring(0, at) + "." + digits.substring(at);
    }

    int upTo(int most) {
        return random.nextInt(most + 1);
    }

    String oneOf(String... values) {
        return values[random.nextInt(values.length)];
    }
}
