package org.aegishydra.analysis;

import java.util.Map;
import java.util.TreeMap;
import org.aegishydra.analysis.JournalReport.Malformed;
import org.aegishydra.analysis.JournalReport.Messages;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordHeader;

/** Counts messages by what they are. Used by one thread. */
final class MessageCounts {
    /** The most malformed messages that are listed. */
    static final int MALFORMED_LIST_LIMIT = 10;

    private static final MessageKind[] KINDS = MessageKind.values();
    private static final Dialect[] DIALECTS = Dialect.values();

    private final long[] byKind = new long[KINDS.length];
    private final long[] byDialect = new long[DIALECTS.length];
    private final FirstFew<Malformed> malformed = new FirstFew<>(MALFORMED_LIST_LIMIT);
    private long count;
    private long payloadBytes;
    private long largestBytes = -1;
    private long largestRecordSequence;

    void onMessage(RecordHeader header, MessageKind kind, int length) {
        count++;
        byKind[kind.ordinal()]++;
        byDialect[header.dialect().ordinal()]++;
        payloadBytes += length;
        if (length > largestBytes) {
            largestBytes = length;
            largestRecordSequence = header.sequence();
        }
    }

    void onMalformed(RecordHeader header, String reason) {
        malformed.add(() -> new Malformed(
                header.sequence(),
                IsoTime.of(header.wallTimeNs()),
                header.dialect().optionName(),
                header.connectionId(),
                reason));
    }

    Messages report() {
        long decoded = 0;
        long notNeeded = 0;
        final Map<String, Long> kinds = new TreeMap<>();
        for (final MessageKind kind : KINDS) {
            final long messages = byKind[kind.ordinal()];
            if (messages == 0 || kind == MessageKind.UNKNOWN || kind == MessageKind.MALFORMED) {
                continue;
            }
            kinds.put(kind.wireName(), messages);
            if (kind.isNeeded()) {
                decoded += messages;
            } else {
                notNeeded += messages;
            }
        }
        final Map<String, Long> dialects = new TreeMap<>();
        for (final Dialect dialect : DIALECTS) {
            if (byDialect[dialect.ordinal()] > 0) {
                dialects.put(dialect.optionName(), byDialect[dialect.ordinal()]);
            }
        }
        return new Messages(
                count,
                decoded,
                notNeeded,
                byKind[MessageKind.UNKNOWN.ordinal()],
                byKind[MessageKind.MALFORMED.ordinal()],
                kinds,
                dialects,
                payloadBytes,
                Math.max(largestBytes, 0),
                largestRecordSequence,
                malformed.findings());
    }
}
