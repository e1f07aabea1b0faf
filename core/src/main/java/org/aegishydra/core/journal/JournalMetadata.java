package org.aegishydra.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.impl.TableStore;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.queue.impl.table.AbstractTSQueueLock;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;
import net.openhft.chronicle.wire.WireType;
import net.openhft.chronicle.wire.Wires;

/** Chronicle's metadata file of a journal: which roll it has, and who wrote last. Stateless. */
final class JournalMetadata {
    static final String FILE_NAME = "metadata.cq4t";

    /** Chronicle waits a second for a file that is shorter than a page. */
    private static final int SMALLEST_BYTES = 4096;

    private static final Pattern LENGTH_MS = Pattern.compile("\\blength: ([0-9]+)");
    private static final String WRITE_LOCK = "chronicle.write.lock";

    private JournalMetadata() {}

    /**
     * The roll of an existing journal.
     *
     * @throws JournalException if the metadata cannot be read, or names a roll that is none of {@link Roll}'s.
     */
    static Roll readRoll(Path directory) {
        final String text;
        try (TableStore<Metadata> table = open(directory, true)) {
            text = WireType.TEXT.asString(table.metadata());
        }
        final Matcher length = LENGTH_MS.matcher(text);
        if (length.find()) {
            for (final Roll roll : Roll.values()) {
                if (Long.parseLong(length.group(1)) == roll.cycle().lengthInMillis()
                        && text.contains(roll.cycle().format())) {
                    return roll;
                }
            }
        }
        throw new JournalException("journal " + directory + ": its cycle files have a roll that Aegis does not write ("
                + text.replaceAll("\\s+", " ").strip() + "): it is another program's queue; name another directory");
    }

    /**
     * Takes Chronicle's locks from a writer that is dead. Only for who holds the {@link WriterLock}: Chronicle asks
     * whether a process with the same id lives, which after a restart, above all in a container, may be another one, or
     * this one.
     */
    static void unlock(Path directory) {
        try (TableStore<Metadata> table = open(directory, false)) {
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

    private static TableStore<Metadata> open(Path directory, boolean readOnly) {
        final Path file = directory.resolve(FILE_NAME);
        try {
            if (Files.size(file) < SMALLEST_BYTES || isUnfinished(directory)) {
                throw damaged(file, "it is cut off", null);
            }
            SingleChronicleQueueBuilder.addAliases();
            return SingleTableBuilder.<Metadata>binary(file, Metadata.NoMeta.INSTANCE)
                    .readOnly(readOnly)
                    .build();
        } catch (final AccessDeniedException e) {
            throw new JournalException(
                    "cannot read " + e.getFile() + ": permission denied; run as the user who records", e);
        } catch (final JournalException e) {
            throw e;
        } catch (final IOException | RuntimeException e) {
            throw damaged(file, e.toString(), e);
        }
    }

    private static JournalException damaged(Path file, String how, Exception cause) {
        return new JournalException(
                file + " is damaged (" + how + "): move it away; the next writer of this journal makes it anew", cause);
    }
}
