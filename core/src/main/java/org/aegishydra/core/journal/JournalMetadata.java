package org.aegishydra.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.impl.TableStore;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.queue.impl.table.AbstractTSQueueLock;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;
import net.openhft.chronicle.wire.Wires;

/** Chronicle's metadata file of a journal: which roll it has, and who wrote last. Stateless. */
final class JournalMetadata {
    static final String FILE_NAME = "metadata.cq4t";

    /** Holds the roll, and is less than Chronicle ever makes the file. */
    private static final int HEAD_BYTES = 512;

    private static final String TABLE_TYPE = "STStore";
    private static final String META_TYPE = "SCQMeta";

    /** Wire's code of a text that is shorter than 32 bytes, to which its length is added. */
    private static final int SHORT_TEXT_CODE = 0xE0;

    private static final String WRITE_LOCK = "chronicle.write.lock";

    private JournalMetadata() {}

    /**
     * The roll of an existing journal.
     *
     * @throws JournalException if the metadata cannot be read, or names a roll that is none of {@link Roll}'s.
     */
    static Roll readRoll(Path directory) {
        final String head = readHead(directory);
        for (final Roll roll : Roll.values()) {
            final String format = roll.cycle().format();
            if (head.contains((char) (SHORT_TEXT_CODE + format.length()) + format)) {
                return roll;
            }
        }
        throw new JournalException("journal " + directory
                + ": its cycle files have a roll that Aegis does not write: it is another program's queue; name another"
                + " directory");
    }

    /** Chronicle would try for ten seconds to read what is damaged. */
    private static String readHead(Path directory) {
        final Path file = directory.resolve(FILE_NAME);
        final ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (head.hasRemaining() && channel.read(head) >= 0) {
                Thread.onSpinWait();
            }
        } catch (final AccessDeniedException e) {
            throw Journal.denied(directory, e);
        } catch (final IOException e) {
            throw new JournalException("cannot read " + file + ": " + e, e);
        }
        final String text = new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1);
        if (head.hasRemaining()
                || !Wires.isReadyMetaData(head.getInt(0))
                || !text.contains(TABLE_TYPE)
                || !text.contains(META_TYPE)) {
            throw damaged(file, null);
        }
        return text;
    }

    /**
     * Takes Chronicle's locks from a writer that is dead. Only for who holds the {@link WriterLock}: Chronicle asks
     * whether a process with the same id lives, which after a restart, above all in a container, may be another one, or
     * this one.
     */
    static void unlock(Path directory) {
        try (TableStore<Metadata> table = open(directory)) {
            table.doWithExclusiveLock(store -> {
                for (final String key : new String[] {WRITE_LOCK, TableStoreWriteLock.APPEND_LOCK_KEY}) {
                    try (LongValue lock = store.acquireValueFor(key)) {
                        lock.setVolatileValue(AbstractTSQueueLock.UNLOCKED);
                    }
                }
                return null;
            });
        }
    }

    /** Whether the file is one that a killed writer had only begun to make. Not for use while a writer lives. */
    static boolean isUnfinished(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(FILE_NAME), StandardOpenOption.READ)) {
            final ByteBuffer header = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            return channel.read(header, 0) < Integer.BYTES || !Wires.isReady(header.getInt(0));
        }
    }

    private static TableStore<Metadata> open(Path directory) {
        readHead(directory);
        final Path file = directory.resolve(FILE_NAME);
        try {
            SingleChronicleQueueBuilder.addAliases();
            return SingleTableBuilder.<Metadata>binary(file, Metadata.NoMeta.INSTANCE)
                    .build();
        } catch (final RuntimeException e) {
            throw damaged(file, e);
        }
    }

    private static JournalException damaged(Path file, Exception cause) {
        return new JournalException(
                file + " is damaged: move it away; the next writer of this journal makes it anew", cause);
    }
}
