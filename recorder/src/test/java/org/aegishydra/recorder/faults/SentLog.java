package org.aegishydra.recorder.faults;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * All messages that were sent on one connection, byte for byte, in a file. A message is there before its first byte goes
 * to the socket, so a reader of the journal always finds it. One thread writes; each reader is one thread's.
 *
 * <pre>
 *   kind: M whole, P only a part was sent    1 byte
 *   length                                   4 bytes
 *   the message                              length bytes
 * </pre>
 */
final class SentLog implements AutoCloseable {
    private static final int WHOLE = 'M';
    private static final int PART = 'P';
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final DataOutputStream out;
    private long sent;
    private volatile long messages;

    SentLog(Path file) throws IOException {
        this.file = file;
        out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
    }

    /** A message that is about to be sent as a whole. */
    void message(byte[] message) throws IOException {
        append(WHOLE, message);
        sent++;
        messages = sent;
    }

    /** A message of which only a part is about to be sent. */
    void part(byte[] message) throws IOException {
        append(PART, message);
    }

    private void append(int kind, byte[] message) throws IOException {
        out.writeByte(kind);
        out.writeInt(message.length);
        out.write(message);
        out.flush();
    }

    /** Messages sent as a whole. */
    long messages() {
        return messages;
    }

    Path file() {
        return file;
    }

    Reader reader() throws IOException {
        return new Reader(this);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Reads the whole messages, in order. */
    static final class Reader implements AutoCloseable {
        private final SentLog log;
        private final DataInputStream in;
        private long position;

        private Reader(SentLog log) throws IOException {
            this.log = log;
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(log.file), BUFFER_BYTES));
        }

        /** The next message that was sent as a whole; null if there is none by now. */
        byte[] next() throws IOException {
            if (position == log.messages) {
                return null;
            }
            while (true) {
                final int kind = in.readUnsignedByte();
                final int length = in.readInt();
                final byte[] message = in.readNBytes(length);
                if (message.length < length) {
                    throw new EOFException(log.file + " ends in the middle of a message");
                }
                if (kind == WHOLE) {
                    position++;
                    return message;
                }
            }
        }

        /** Messages read. */
        long position() {
            return position;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
