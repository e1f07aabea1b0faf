package org.aegishydra.core.journal;

import java.nio.ByteOrder;
import java.util.Arrays;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.wire.BinaryWire;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of a record's head, one layout for each kind and dialect.
 *
 * <p>A record is a Chronicle Wire document of named fields, so that Chronicle's own tools print it. Wire writes each
 * number of the head at a fixed width, which makes the head a constant template with values at known offsets:
 * written once through Wire, then copied and patched for each record, and read by offset after a check of its
 * constant bytes.
 *
 * <pre>
 *   kind: MESSAGE          text
 *   dialect: EXCHANGE      text
 *   conn: 4 bytes          connection id
 *   seq:  8 bytes          record sequence
 *   wall: 8 bytes          receive time, ns since the epoch
 *   mono: 8 bytes          receive time, monotonic ns
 *   crc:  4 bytes          CRC-32C of the payload
 *   data: text (0xB8, length as a stop-bit number, UTF-8) or binary (0x82, 4 bytes length + 1, 0x8A, bytes)
 * </pre>
 */
final class RecordLayout {
    /** Wire's code for text with a stop-bit encoded length. */
    private static final byte TEXT_CODE = (byte) 0xB8;

    /** Wire's code for a block with a 4-byte length. */
    private static final byte BLOCK_CODE = (byte) 0x82;

    /** Wire's code for an array of unsigned bytes, the first byte of such a block. */
    private static final byte BYTES_CODE = (byte) 0x8A;

    private static final int BLOCK_HEAD_LENGTH_BYTES = 6;
    private static final int CONNECTION_PLACEHOLDER = 0x7A7A7A7A;
    private static final long LONG_PLACEHOLDER = 0x7A7A7A7A7A7A7A7AL;
    private static final Dialect[] DIALECTS = Dialect.values();
    private static final RecordLayout[] ALL = allLayouts();

    final RecordKind kind;
    final Dialect dialect;

    private final byte[] template;
    private final UnsafeBuffer templateBuffer;

    /** 0xFF where the template is constant, 0 where a value stands. */
    private final byte[] constant;

    /** The whole 8-byte words of the template, values masked out. */
    private final long[] words;

    private final long[] masks;
    private final int connectionOffset;
    private final int sequenceOffset;
    private final int wallOffset;
    private final int monotonicOffset;
    private final int crcOffset;

    private RecordLayout(RecordKind kind, Dialect dialect) {
        this.kind = kind;
        this.dialect = dialect;

        final Bytes<byte[]> bytes = Bytes.allocateElasticOnHeap(256);
        final BinaryWire wire = new BinaryWire(bytes, true, false, false, 128, "");
        wire.write("kind").text(kind.name());
        wire.write("dialect").text(dialect.name());
        connectionOffset = fieldEnd(bytes, Integer.BYTES, wire.write("conn").int32(CONNECTION_PLACEHOLDER));
        sequenceOffset = fieldEnd(bytes, Long.BYTES, wire.write("seq").int64(LONG_PLACEHOLDER));
        wallOffset = fieldEnd(bytes, Long.BYTES, wire.write("wall").int64(LONG_PLACEHOLDER));
        monotonicOffset = fieldEnd(bytes, Long.BYTES, wire.write("mono").int64(LONG_PLACEHOLDER));
        crcOffset = fieldEnd(bytes, Integer.BYTES, wire.write("crc").uint32(CONNECTION_PLACEHOLDER & 0xFFFF_FFFFL));
        wire.write("data");
        bytes.writeByte(kind.isText() ? TEXT_CODE : BLOCK_CODE);
        template = bytes.toByteArray();
        bytes.releaseLast();

        templateBuffer = new UnsafeBuffer(template);
        words = new long[template.length >> 3];
        masks = new long[words.length];
        constant = new byte[template.length];
        Arrays.fill(constant, (byte) 0xFF);
        for (final int[] value : new int[][] {
            {connectionOffset, 4}, {sequenceOffset, 8}, {wallOffset, 8}, {monotonicOffset, 8}, {crcOffset, 4}
        }) {
            Arrays.fill(constant, value[0], value[0] + value[1], (byte) 0);
        }
        final UnsafeBuffer constantBuffer = new UnsafeBuffer(constant);
        for (int i = 0; i < words.length; i++) {
            masks[i] = constantBuffer.getLong(i << 3, ByteOrder.LITTLE_ENDIAN);
            words[i] = templateBuffer.getLong(i << 3, ByteOrder.LITTLE_ENDIAN) & masks[i];
        }
    }

    private static int fieldEnd(Bytes<byte[]> bytes, int valueLength, Object written) {
        assert written != null;
        return (int) bytes.writePosition() - valueLength;
    }

    private static RecordLayout[] allLayouts() {
        final RecordKind[] kinds = RecordKind.values();
        final RecordLayout[] layouts = new RecordLayout[kinds.length * DIALECTS.length];
        for (final RecordKind kind : kinds) {
            for (final Dialect dialect : DIALECTS) {
                layouts[kind.ordinal() * DIALECTS.length + dialect.ordinal()] = new RecordLayout(kind, dialect);
            }
        }
        return layouts;
    }

    static RecordLayout of(RecordKind kind, Dialect dialect) {
        return ALL[kind.ordinal() * DIALECTS.length + dialect.ordinal()];
    }

    /** The layout that the bytes at an offset are written in, or null if they are no record's head. */
    static RecordLayout find(DirectBuffer buffer, int offset, int length) {
        for (final RecordLayout layout : ALL) {
            if (layout.matches(buffer, offset, length)) {
                return layout;
            }
        }
        return null;
    }

    boolean matches(DirectBuffer buffer, int offset, int length) {
        if (length <= template.length) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if ((buffer.getLong(offset + (i << 3), ByteOrder.LITTLE_ENDIAN) & masks[i]) != words[i]) {
                return false;
            }
        }
        for (int i = words.length << 3; i < template.length; i++) {
            if (((buffer.getByte(offset + i) ^ template[i]) & constant[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The bytes of a record with a payload of this length. */
    int recordLength(int payloadLength) {
        return template.length + payloadHeadLength(payloadLength) + payloadLength;
    }

    private int payloadHeadLength(int payloadLength) {
        return kind.isText() ? stopBitLength(payloadLength) : BLOCK_HEAD_LENGTH_BYTES - 1;
    }

    /** Writes everything of a record but its payload, and returns the offset at which the payload goes. */
    int write(
            MutableDirectBuffer target,
            int offset,
            int connectionId,
            long sequence,
            long wallTimeNs,
            long monotonicTimeNs,
            int crc32c,
            int payloadLength) {
        target.putBytes(offset, templateBuffer, 0, template.length);
        target.putInt(offset + connectionOffset, connectionId, ByteOrder.LITTLE_ENDIAN);
        target.putLong(offset + sequenceOffset, sequence, ByteOrder.LITTLE_ENDIAN);
        target.putLong(offset + wallOffset, wallTimeNs, ByteOrder.LITTLE_ENDIAN);
        target.putLong(offset + monotonicOffset, monotonicTimeNs, ByteOrder.LITTLE_ENDIAN);
        target.putInt(offset + crcOffset, crc32c, ByteOrder.LITTLE_ENDIAN);
        final int position = offset + template.length;
        if (kind.isText()) {
            return writeStopBit(target, position, payloadLength);
        }
        target.putInt(position, payloadLength + 1, ByteOrder.LITTLE_ENDIAN);
        target.putByte(position + 4, BYTES_CODE);
        return position + 5;
    }

    /** Reads the values of a head that {@link #matches} into a header. */
    void read(DirectBuffer buffer, int offset, RecordHeader header) {
        header.kind = kind;
        header.dialect = dialect;
        header.connectionId = buffer.getInt(offset + connectionOffset, ByteOrder.LITTLE_ENDIAN);
        header.sequence = buffer.getLong(offset + sequenceOffset, ByteOrder.LITTLE_ENDIAN);
        header.wallTimeNs = buffer.getLong(offset + wallOffset, ByteOrder.LITTLE_ENDIAN);
        header.monotonicTimeNs = buffer.getLong(offset + monotonicOffset, ByteOrder.LITTLE_ENDIAN);
        header.crc32c = buffer.getInt(offset + crcOffset, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The offset of the payload in a record that {@link #matches}, or -1 if the payload's length disagrees with the
     * record's. The payload reaches to the record's end.
     */
    int payloadOffset(DirectBuffer buffer, int offset, int length) {
        int position = offset + template.length;
        final int end = offset + length;
        if (!kind.isText()) {
            return position + 5 <= end
                            && buffer.getInt(position, ByteOrder.LITTLE_ENDIAN) - 1 == end - position - 5
                            && buffer.getByte(position + 4) == BYTES_CODE
                    ? position + 5
                    : -1;
        }
        int payloadLength = 0;
        int shift = 0;
        while (position < end && shift < 35) {
            final byte b = buffer.getByte(position++);
            payloadLength |= (b & 0x7F) << shift;
            if (b >= 0) {
                return payloadLength == end - position ? position : -1;
            }
            shift += 7;
        }
        return -1;
    }

    /** Chronicle's stop-bit encoding of a non-negative number: seven bits a byte, low bits first, 0x80 for "more". */
    private static int writeStopBit(MutableDirectBuffer target, int offset, int value) {
        int position = offset;
        int rest = value;
        while (rest > 0x7F) {
            target.putByte(position++, (byte) (rest | 0x80));
            rest >>>= 7;
        }
        target.putByte(position++, (byte) rest);
        return position;
    }

    private static int stopBitLength(int value) {
        return value == 0 ? 1 : (38 - Integer.numberOfLeadingZeros(value)) / 7;
    }
}
