package org.aegishydra.replayer.server;

import java.nio.charset.StandardCharsets;

/**
 * A message on its way to clients: UTF-8 text, in which each connection puts its own sequence number. The bytes are
 * shared between clients and never changed.
 */
final class OutgoingMessage {
    static final int NO_SEQUENCE = -1;

    private final byte[] utf8;
    private final int sequenceOffset;
    private final int sequenceLength;

    /**
     * @param sequenceOffset where the number's digits are; {@link #NO_SEQUENCE} if the message has none.
     * @param sequenceLength how many bytes they are.
     */
    OutgoingMessage(byte[] utf8, int sequenceOffset, int sequenceLength) {
        this.utf8 = utf8;
        this.sequenceOffset = sequenceOffset;
        this.sequenceLength = sequenceLength;
    }

    static OutgoingMessage withoutSequence(String text) {
        return new OutgoingMessage(text.getBytes(StandardCharsets.UTF_8), NO_SEQUENCE, 0);
    }

    int lengthBytes() {
        return utf8.length;
    }

    boolean hasSequence() {
        return sequenceOffset != NO_SEQUENCE;
    }

    String text(long sequence) {
        if (!hasSequence()) {
            return new String(utf8, StandardCharsets.UTF_8);
        }
        final int rest = sequenceOffset + sequenceLength;
        return new String(utf8, 0, sequenceOffset, StandardCharsets.UTF_8)
                + sequence
                + new String(utf8, rest, utf8.length - rest, StandardCharsets.UTF_8);
    }
}
