package org.aegishydra.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to write a journal: an operating-system lock on a file that names its holder's process id.
 * The lock ends with the process, however it ends.
 */
final class WriterLock implements AutoCloseable {
    private static final String FILE_NAME = "writer.lock";

    private final FileChannel channel;

    private WriterLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock at once.
     *
     * @throws JournalException if another writer holds it, with that writer's process id.
     */
    static WriterLock acquire(Path directory) {
        return acquire(directory, FILE_NAME, "written", "stop that process, or name another directory");
    }

    /** Takes a right of this kind: what is being done to the journal, and what to do about it, go into the message. */
    static WriterLock acquire(Path directory, String fileName, String done, String remedy) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    directory.resolve(fileName),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                final String holder = readHolder(channel);
                channel.close();
                throw new JournalException(
                        "journal " + directory + " is being " + done + " by process " + holder + ": " + remedy);
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return new WriterLock(channel);
        } catch (final AccessDeniedException e) {
            throw Journal.denied(directory, e);
        } catch (final IOException e) {
            closeQuietly(channel, e);
            throw new JournalException("cannot lock journal " + directory + " to be " + done + ": " + e, e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            final FileLock lock = channel.tryLock();
            return lock != null;
        } catch (final OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static String readHolder(FileChannel channel) throws IOException {
        final ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        final String text = StandardCharsets.US_ASCII.decode(pid.flip()).toString();
        return text.isEmpty() ? "unknown" : text;
    }

    private static void closeQuietly(FileChannel channel, IOException cause) {
        if (channel != null) {
            try {
                channel.close();
            } catch (final IOException suppressed) {
                cause.addSuppressed(suppressed);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new JournalException("cannot release the writer's lock: " + e, e);
        }
    }
}
