package org.aegishydra.jmh.journal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.aegishydra.core.journal.Dialect;

/**
 * Messages of one feed to fill a journal with: a first pass as it was recorded, and a later one, without snapshots, that
 * is repeated until there are enough. Not changed once it is made.
 *
 * @param source where the messages are from; for people.
 * @param firstPass the messages of the first pass.
 * @param laterPass the messages of each later pass; not empty.
 */
public record MessageSet(Dialect dialect, String source, List<byte[]> firstPass, List<byte[]> laterPass) {
    private static final Pattern SEQUENCE_NUM = Pattern.compile("\"sequence_num\":\\d+");
    private static final Pattern TRADE_ID = Pattern.compile("(\"trade_id\": ?\"?)(\\d{1,15})");

    /** More than any capture's ids span. */
    private static final long TRADE_ID_STEP = 10_000_000L;

    public MessageSet {
        firstPass = List.copyOf(firstPass);
        laterPass = List.copyOf(laterPass);
        if (firstPass.isEmpty() || laterPass.isEmpty()) {
            throw new IllegalArgumentException(source + " holds no messages that can be repeated");
        }
    }

    /**
     * The message at an index from 0, in the order of the passes. An Advanced Trade message has its index for sequence
     * number, so that a book sees neither a hole nor a step back where a pass begins; the trade ids of each pass are higher
     * than those of the pass before, so that trades count again.
     */
    byte[] message(int index) {
        if (index < firstPass.size()) {
            return numbered(new String(firstPass.get(index), StandardCharsets.UTF_8), index);
        }
        final int later = index - firstPass.size();
        final String message = new String(laterPass.get(later % laterPass.size()), StandardCharsets.UTF_8);
        final long moved = (later / laterPass.size() + 1) * TRADE_ID_STEP;
        return numbered(
                TRADE_ID.matcher(message)
                        .replaceAll(found -> found.group(1) + (Long.parseLong(found.group(2)) + moved)),
                index);
    }

    private byte[] numbered(String message, int index) {
        final String text = dialect == Dialect.ADVANCED_TRADE
                ? SEQUENCE_NUM.matcher(message).replaceFirst("\"sequence_num\":" + index)
                : message;
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes of so many messages. */
    long totalBytes(int messages) {
        long bytes = 0;
        for (int i = 0; i < messages; i++) {
            bytes += message(i).length;
        }
        return bytes;
    }

    /** What a journal of so many of these messages holds; for people. */
    public String describe(int messages) {
        final int repeated = messages - firstPass.size();
        return String.format(
                Locale.ROOT,
                "%s: %s, %s",
                dialect,
                source,
                repeated > 0
                        ? String.format(
                                Locale.ROOT,
                                "%,d messages, repeated without snapshots to %,d",
                                firstPass.size(),
                                messages)
                        : String.format(Locale.ROOT, "its first %,d messages", messages));
    }
}
