package org.aegishydra.core.run;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An input of a run that is not in the market journal, written before it takes effect.
 *
 * <pre>
 *     0  type              8
 *     8  market sequence   8   the last record that was handled before it; for START the first one to be handled
 *    16  text                  UTF-8: the settings as JSON for START, a reason else
 * </pre>
 *
 * @param type what is controlled.
 * @param marketSequence the record of the market journal that it follows.
 * @param text settings or reason.
 */
public record ControlRecord(Type type, long marketSequence, String text) {
    private static final int TEXT = 16;

    /** What is controlled. */
    public enum Type {
        /** The run begins. */
        START,
        /** Orders may be sent from here on. */
        TRADING_ENABLED,
        /** No order may be sent from here on. */
        TRADING_DISABLED,
        /** No order may be sent any more. */
        KILL,
        /** The run ends; a run that is resumed goes on behind it. */
        STOP,
        /** The run goes on in another process. What it decided before is repeated in it, and not written again. */
        RESUMED
    }

    /** The record's payload. */
    public DirectBuffer encode() {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[TEXT + bytes.length]);
        buffer.putLong(0, type.ordinal(), ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(8, marketSequence, ByteOrder.LITTLE_ENDIAN);
        buffer.putBytes(TEXT, bytes);
        return buffer;
    }

    /** Reads a record's payload. */
    public static ControlRecord decode(DirectBuffer buffer, int offset, int length) {
        final byte[] text = new byte[length - TEXT];
        buffer.getBytes(offset + TEXT, text);
        return new ControlRecord(
                Type.values()[(int) buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN)],
                buffer.getLong(offset + 8, ByteOrder.LITTLE_ENDIAN),
                new String(text, StandardCharsets.UTF_8));
    }
}
