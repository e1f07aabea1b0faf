package org.aegishydra.recorder.websocket;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates one message after the other (RFC 7692, 7.2.2), each up to a limit. Holds native memory until it is closed, and
 * at most twice the limit of Java's. For one thread at a time.
 */
final class MessageInflater implements AutoCloseable {
    /** More than the limit. */
    static final class OversizedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final long bytesAtLeast;

        private OversizedException(long bytesAtLeast) {
            super("at least " + bytesAtLeast + " bytes", null, false, false);
            this.bytesAtLeast = bytesAtLeast;
        }

        long bytesAtLeast() {
            return bytesAtLeast;
        }
    }

    /** No DEFLATE data. */
    static final class CorruptException extends Exception {
        private static final long serialVersionUID = 1L;

        private CorruptException(String message) {
            super(message, null, false, false);
        }
    }

    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final int FIRST_BYTES = 1 << 16;

    /** A buffer above this is not kept for the next message: snapshots are rare, updates small. */
    private static final int KEPT_BYTES = 1 << 20;

    private final Inflater inflater = new Inflater(true);
    private final int limitBytes;
    private byte[] inflated;
    private int length;

    MessageInflater(int limitBytes) {
        this.limitBytes = limitBytes;
        inflated = new byte[Math.min(FIRST_BYTES, limitBytes)];
    }

    /** Takes the next part of a message. */
    void add(byte[] deflated) throws OversizedException, CorruptException {
        inflater.setInput(deflated);
        while (true) {
            if (inflateSome() > 0) {
                continue;
            }
            if (inflater.needsDictionary()) {
                throw new CorruptException("a compressed message asks for a dictionary");
            }
            if (!inflater.finished() || inflater.getRemaining() == 0) {
                return;
            }
            // A sender may end a block for good (RFC 7692, 7.2.3.4); what follows begins with an empty window here.
            final int unread = inflater.getRemaining();
            inflater.reset();
            inflater.setInput(deflated, deflated.length - unread, unread);
        }
    }

    private int inflateSome() throws OversizedException, CorruptException {
        try {
            if (length == limitBytes) {
                if (inflater.inflate(new byte[1]) > 0) {
                    throw new OversizedException(limitBytes + 1L);
                }
                return 0;
            }
            if (length == inflated.length) {
                inflated = Arrays.copyOf(inflated, (int) Math.min(limitBytes, 2L * length));
            }
            final int count = inflater.inflate(inflated, length, inflated.length - length);
            length += count;
            return count;
        } catch (final DataFormatException e) {
            throw new CorruptException(
                    "a compressed message is damaged" + (e.getMessage() == null ? "" : ": " + e.getMessage()));
        }
    }

    /**
     * The whole message, after its last part.
     *
     * @param contextTakeover whether the next message may refer to this one.
     */
    byte[] finish(boolean contextTakeover) throws OversizedException, CorruptException {
        add(TAIL);
        final byte[] message = Arrays.copyOf(inflated, length);
        length = 0;
        if (inflated.length > KEPT_BYTES) {
            inflated = new byte[Math.min(FIRST_BYTES, limitBytes)];
        }
        if (!contextTakeover) {
            inflater.reset();
        }
        return message;
    }

    /** Native memory is free from here on. */
    @Override
    public void close() {
        inflater.end();
    }
}
