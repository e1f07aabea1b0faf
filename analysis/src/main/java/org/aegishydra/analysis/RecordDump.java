package org.aegishydra.analysis;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordHeader;
import org.agrona.DirectBuffer;

/**
 * Prints records, one a line: sequence, receive time, kind, dialect, connection, payload length in bytes, payload. A
 * binary payload is printed in hexadecimal; control characters of a text are escaped. Used by one thread.
 */
final class RecordDump implements RecordHandler {
    /** The most characters of a payload on a line, unless all are asked for. */
    static final int WIDTH = 200;

    private static final int MAX_BYTES_PER_CHARACTER = 4;

    private final PrintStream out;
    private final boolean full;
    private final StringBuilder line = new StringBuilder();

    /**
     * A dump.
     *
     * @param full whether payloads are printed whole.
     */
    RecordDump(PrintStream out, boolean full) {
        this.out = out;
        this.full = full;
    }

    @Override
    public void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        line.setLength(0);
        line.append(header.sequence())
                .append(' ')
                .append(IsoTime.of(header.wallTimeNs()))
                .append(' ')
                .append(header.kind())
                .append(' ')
                .append(header.dialect())
                .append(' ')
                .append(header.connectionId())
                .append(' ')
                .append(length)
                .append(' ');
        if (header.kind().isText()) {
            appendText(buffer, offset, length);
        } else {
            appendHex(buffer, offset, length);
        }
        out.append(line).append('\n');
    }

    private void appendText(DirectBuffer buffer, int offset, int length) {
        final byte[] bytes = new byte[full ? length : Math.min(length, WIDTH * MAX_BYTES_PER_CHARACTER)];
        buffer.getBytes(offset, bytes);
        final String text = new String(bytes, StandardCharsets.UTF_8);
        int end = full ? text.length() : Math.min(text.length(), WIDTH);
        if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            final char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                line.append(c == '\n' ? "\\n" : String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        if (end < text.length() || bytes.length < length) {
            line.append('…');
        }
    }

    private void appendHex(DirectBuffer buffer, int offset, int length) {
        final byte[] bytes = new byte[full ? length : Math.min(length, WIDTH / 2)];
        buffer.getBytes(offset, bytes);
        line.append(HexFormat.of().formatHex(bytes));
        if (bytes.length < length) {
            line.append('…');
        }
    }
}
