package org.aegishydra.recorder.capture;

import java.util.Locale;

/** A number or time in a message that moves on when its capture is repeated. */
final class MovableField {
    /** What the field counts. */
    enum Kind {
        /** Advanced Trade's counter of a connection's messages. */
        SEQUENCE_NUM,
        /** Exchange's counter of a product's changes. */
        SEQUENCE,
        TRADE_ID,
        LAST_TRADE_ID,
        HEARTBEAT_COUNTER,
        TIMESTAMP,
        TIME,
        EVENT_TIME,
        CURRENT_TIME;

        /** The kind of a field of this name, or null if it does not move. */
        static Kind of(String fieldName) {
            return switch (fieldName) {
                case "sequence_num",
                        "sequence",
                        "trade_id",
                        "last_trade_id",
                        "heartbeat_counter",
                        "timestamp",
                        "time",
                        "event_time",
                        "current_time" -> valueOf(fieldName.toUpperCase(Locale.ROOT));
                default -> null;
            };
        }

        boolean isTime() {
            return compareTo(TIMESTAMP) >= 0;
        }
    }

    final Kind kind;

    /** Where the text begins in the message. */
    final int start;

    final String text;

    /** The number, or nanoseconds since the epoch. */
    final long value;

    /** The product of the nearest object around the field that names one, or null. */
    String product;

    MovableField(Kind kind, int start, String text, long value) {
        this.kind = kind;
        this.start = start;
        this.text = text;
        this.value = value;
    }

    int end() {
        return start + text.length();
    }

    /** A plain non-negative number of at most 18 digits, or the fallback. */
    static long parseNumber(String text, long fallback) {
        if (text.isEmpty() || text.length() > 18) {
            return fallback;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return fallback;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
