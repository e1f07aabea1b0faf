package org.aegishydra.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import net.openhft.chronicle.wire.Wires;

/**
 * Puts right what a killed writer left half done, before the next one appends. Only for who holds the
 * {@link WriterLock}, which proves that no writer lives; readers may be tailing meanwhile.
 *
 * <pre>
 *   killed while it made            left behind                        what is done
 *   the metadata file               a file without a header            deleted, as there are no records yet
 *   a cycle file                    a file without a finished header   emptied in place, then finished: readers that
 *                                                                      found it wait for its header
 *   a record, a page of the index   bytes behind the last record       overwritten with zeros: Chronicle takes the
 *                                                                      room of its index pages to be zero
 *   a roll                          a cycle file that is ended, and    told, so that event time moves on to the
 *                                   none after it                      next cycle
 * </pre>
 */
final class CrashRecovery {
    private static final int ALIGNMENT_BYTES = 4;
    private static final int CHUNK_BYTES = 1 << 20;

    /** More than Chronicle writes into a cycle file before its header is finished. */
    private static final long FILE_HEAD_BYTES = 4L << 20;

    private final Path directory;
    private final long longestWriteBytes;
    private boolean lastCycleUnfinished;
    private boolean lastCycleEnded;

    CrashRecovery(Path directory, JournalFormat format) {
        this.directory = directory;
        // A record, or a page of the index.
        this.longestWriteBytes = format.maxPayloadBytes() + (1L << 20);
    }

    /** The part that comes before Chronicle opens the directory, because it would wait or fail. */
    void beforeOpening() {
        try {
            final Optional<Path> lastFile = lastCycleFile();
            if (Files.exists(directory.resolve(JournalMetadata.FILE_NAME))) {
                if (lastFile.isEmpty() && JournalMetadata.isUnfinished(directory)) {
                    Files.delete(directory.resolve(JournalMetadata.FILE_NAME));
                } else {
                    JournalMetadata.unlock(directory);
                }
            }
            if (lastFile.isPresent()) {
                emptyUnlessFinished(lastFile.get());
            }
        } catch (final AccessDeniedException e) {
            throw Journal.denied(directory, e);
        } catch (final IOException e) {
            throw new JournalException("cannot recover journal " + directory + " for writing: " + e, e);
        }
    }

    private Optional<Path> lastCycleFile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(Segment.CYCLE_SUFFIX))
                    .max(Comparator.comparing(file -> file.getFileName().toString()));
        }
    }

    private void emptyUnlessFinished(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer header = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            if (channel.read(header, 0) == Integer.BYTES && Wires.isReady(header.getInt(0))) {
                return;
            }
            lastCycleUnfinished = true;
            // The header last: it is what readers and another recovery go by.
            clear(channel, Integer.BYTES, FILE_HEAD_BYTES);
            clear(channel, 0, Integer.BYTES);
        }
    }

    /** The part that needs Chronicle's view of the last cycle file, before it appends. */
    void afterOpening(SingleChronicleQueue queue) {
        if (queue.firstCycle() > queue.lastCycle()) {
            return;
        }
        final SingleChronicleQueueStore store =
                queue.storeForCycle(queue.lastCycle(), queue.epoch(), lastCycleUnfinished, null);
        if (store == null) {
            throw new JournalException("journal " + directory + ": its last cycle file cannot be read");
        }
        try {
            clearBehindLastRecord(store);
        } catch (final IOException e) {
            throw new JournalException("cannot recover " + store.currentFile() + " for writing: " + e, e);
        } finally {
            queue.closeStore(store);
        }
    }

    /** Whether the last cycle file is ended, so that no record can follow in it. */
    boolean isLastCycleEnded() {
        return lastCycleEnded;
    }

    private void clearBehindLastRecord(SingleChronicleQueueStore store) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        store.currentFile().toPath(), StandardOpenOption.READ, StandardOpenOption.WRITE);
                MappedBytes bytes = store.bytes()) {
            final long fileBytes = channel.size();
            // Chronicle notes the last record's place after it committed the record, so that others may follow it.
            long position = store.writePosition();
            int header = bytes.readVolatileInt(position);
            while (Wires.isReady(header)) {
                position = align(position + Integer.BYTES + Wires.lengthOf(header));
                if (position + Integer.BYTES > fileBytes) {
                    throw new JournalException("journal " + directory + ": " + store.currentFile()
                            + " is cut off in its last record: copy the journal with `import`, or record into"
                            + " another directory");
                }
                header = bytes.readVolatileInt(position);
            }
            lastCycleEnded = Wires.isEndOfFile(header);
            if (!lastCycleEnded) {
                clear(channel, position, longestWriteBytes);
            }
        }
    }

    private static long align(long position) {
        return (position + ALIGNMENT_BYTES - 1) & -ALIGNMENT_BYTES;
    }

    /** Writes zeros where there are none, up to the file's end. What is zero stays unwritten, so that a hole stays one. */
    private static void clear(FileChannel channel, long from, long lengthBytes) throws IOException {
        final long end = Math.min(from + lengthBytes, channel.size());
        final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        final ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
        for (long position = from; position < end; ) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, end - position));
            final int read = channel.read(chunk, position);
            if (read <= 0) {
                return;
            }
            chunk.flip();
            zeros.clear().limit(read);
            if (!chunk.equals(zeros)) {
                writeFully(channel, zeros, position);
            }
            position += read;
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer source, long from) throws IOException {
        long position = from;
        while (source.hasRemaining()) {
            position += channel.write(source, position);
        }
    }
}
