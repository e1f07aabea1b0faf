package org.aegishydra.core.board;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/** The map behind a board: its size and how a file is known to hold it. Stateless. */
final class BoardFile {
    static final String NAME = "status.board";

    /** The recorder's entry; lane n has the key n + 1. */
    static final int RECORDER_KEY = 0;

    /** The first trader's. */
    static final int FIRST_TRADER_KEY = 1 + StatusBoard.LANES;

    static final int ENTRIES = FIRST_TRADER_KEY + StatusBoard.TRADERS;

    /** Chronicle's header names the class of the values. */
    private static final String KIND = BoardEntry.class.getName();

    /** In Chronicle's header: a checksum of 8 bytes, a word of the size and a flag, the header as text. */
    private static final int SIZE_WORD_OFFSET = 8;

    private static final int TEXT_OFFSET = 12;
    private static final int SIZE_BITS = 0x3FFF_FFFF;
    private static final int NOT_READY_BIT = 0x8000_0000;
    private static final int LONGEST_HEADER_BYTES = 1 << 16;

    private BoardFile() {}

    static ChronicleMap<Integer, BoardEntry> open(File file) throws IOException {
        return ChronicleMapBuilder.of(Integer.class, BoardEntry.class)
                .name(NAME)
                .entries(ENTRIES)
                .actualSegments(1)
                .constantValueSizeBySample(BoardEntry.blank())
                .entryAndValueOffsetAlignment(Long.BYTES)
                // Entries change in place, behind the map's back.
                .checksumEntries(false)
                // Unmapping at exit would pull the memory from under a thread that still publishes.
                .skipCloseOnExitHook(true)
                .createPersistedTo(file);
    }

    /** What is wrong with a file as a board; null if nothing is. Chronicle would wait a minute for some that are none. */
    static String fault(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            final ByteBuffer start = ByteBuffer.allocate(LONGEST_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            while (start.hasRemaining() && channel.read(start) >= 0) {
                Thread.onSpinWait();
            }
            start.flip();
            if (start.limit() < TEXT_OFFSET) {
                return "is no status board";
            }
            final int sizeWord = start.getInt(SIZE_WORD_OFFSET);
            final int length = sizeWord & SIZE_BITS;
            if ((sizeWord & NOT_READY_BIT) != 0 || length > start.limit() - TEXT_OFFSET) {
                return "is no status board";
            }
            final String header = new String(start.array(), TEXT_OFFSET, length, StandardCharsets.UTF_8);
            if (!header.contains(KIND)) {
                return "is no status board";
            }
            return channel.size() < (long) ENTRIES * BoardEntry.BYTES ? "is a status board that was cut short" : null;
        }
    }
}
