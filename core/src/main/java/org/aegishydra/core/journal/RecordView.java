package org.aegishydra.core.journal;

import org.agrona.concurrent.UnsafeBuffer;

/** A record where it lies in memory, checked: its bytes, its header and its payload. Used by one thread at a time. */
final class RecordView {
    /** Instead of a payload's length: the bytes are no record. */
    private static final int NO_RECORD = -1;

    /** Instead of a payload's length: the record is shorter or longer than it says. */
    private static final int WRONG_LENGTH = -2;

    /** Instead of a payload's length: the payload was changed. */
    private static final int WRONG_CHECKSUM = -3;

    final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    final UnsafeBuffer payload = new UnsafeBuffer(0, 0);
    final RecordHeader header = new RecordHeader();
    boolean verifyChecksums;

    private final PayloadChecksum checksum = new PayloadChecksum();
    private RecordLayout layout = RecordLayout.of(RecordKind.MESSAGE, Dialect.ADVANCED_TRADE);

    /** Points at a record, and returns its payload's length, or a negative number for {@link #problem} if it is damaged. */
    int wrap(long address, int length) {
        record.wrap(address, length);
        if (!layout.matches(record, 0, length)) {
            layout = RecordLayout.find(record, 0, length);
            if (layout == null) {
                layout = RecordLayout.of(RecordKind.MESSAGE, Dialect.ADVANCED_TRADE);
                return NO_RECORD;
            }
        }
        layout.read(record, 0, header);
        final int payloadOffset = layout.payloadOffset(record, 0, length);
        if (payloadOffset < 0) {
            return WRONG_LENGTH;
        }
        payload.wrap(address + payloadOffset, length - payloadOffset);
        if (verifyChecksums && checksum.of(payload, 0, length - payloadOffset) != header.crc32c) {
            return WRONG_CHECKSUM;
        }
        return length - payloadOffset;
    }

    /** What a negative result of {@link #wrap} means, as the end of a sentence about the record. */
    static String problem(int result) {
        return switch (result) {
            case NO_RECORD -> "is no record of this format";
            case WRONG_LENGTH -> "disagrees with its own length";
            default -> "does not match its CRC-32C";
        };
    }
}
