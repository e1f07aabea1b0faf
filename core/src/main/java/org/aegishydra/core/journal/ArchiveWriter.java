package org.aegishydra.core.journal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;

/**
 * Writes the archive of one closed cycle file: {@link #poll} until it returns 0, {@link #end}, {@link #check} what was
 * written, {@link #commit}. Nothing counts before the commit; closing without one removes what was written. Used by one
 * thread.
 */
public final class ArchiveWriter extends CycleFilePass {
    private final Path directory;
    private final Path recordsFile;
    private final Path manifestFile;
    private final FileChannel channel;
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private final int level;
    private final List<ArchiveManifest.Frame> frames = new ArrayList<>();
    private ByteBuffer compressed = ByteBuffer.allocateDirect((int) Zstd.compressBound(FRAME_BYTES));
    private long nextRecord;
    private long writtenBytes;
    private ArchiveManifest manifest;

    ArchiveWriter(Journal journal, RecordedSegment source, int level) {
        super(journal, source);
        this.level = level;
        directory = journal.directory();
        recordsFile = unfinished(source.segment().recordsFile(directory));
        manifestFile = unfinished(source.segment().manifestFile(directory));
        nextRecord = source.firstSequence();
        zstd.setLevel(level).setChecksum(true).setContentSize(true);
        try {
            channel = FileChannel.open(
                    recordsFile,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
        } catch (final IOException e) {
            zstd.close();
            super.close();
            throw cannotWrite(recordsFile, e);
        }
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + Segment.UNFINISHED_SUFFIX);
    }

    private static JournalException cannotWrite(Path file, IOException e) {
        return new JournalException("cannot write " + file + ": " + e, e);
    }

    @Override
    void onFrame(ByteBuffer bytes, int records, long firstEventNs, long lastEventNs) {
        final int rawLength = bytes.remaining();
        final int bound = (int) Zstd.compressBound(rawLength);
        if (compressed.capacity() < bound) {
            BufferUtil.free(compressed);
            compressed = ByteBuffer.allocateDirect(bound);
        }
        compressed.clear();
        final int length = zstd.compressDirectByteBuffer(compressed, 0, compressed.capacity(), bytes, 0, rawLength);
        compressed.clear().limit(length);
        final CRC32C crc = new CRC32C();
        crc.update(compressed.duplicate());
        try {
            while (compressed.hasRemaining()) {
                channel.write(compressed);
            }
        } catch (final IOException e) {
            throw cannotWrite(recordsFile, e);
        }
        frames.add(new ArchiveManifest.Frame(
                nextRecord, records, firstEventNs, lastEventNs, writtenBytes, length, rawLength, crc.getValue()));
        nextRecord += records;
        writtenBytes += length;
    }

    /** All records are written: they reach the disk. Returns the manifest that {@link #commit} will write. */
    public ArchiveManifest end() {
        try {
            channel.force(true);
            channel.close();
        } catch (final IOException e) {
            throw cannotWrite(recordsFile, e);
        }
        manifest = tally.manifest(source.segment(), cycleLengthNs(), level, writtenBytes, frames);
        return manifest;
    }

    /** Reads back what was written. */
    public ArchiveCheck check() {
        return new ArchiveCheck(recordsFile, manifest);
    }

    /** Puts the archive in its place: it counts as soon as its manifest has its name. */
    public void commit() {
        final Segment segment = source.segment();
        try {
            // Of an archive that is replaced, the manifest must not outlive the records.
            Files.deleteIfExists(segment.manifestFile(directory));
            syncDirectory();
            Files.move(recordsFile, segment.recordsFile(directory), StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel out = FileChannel.open(
                    manifestFile,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                final ByteBuffer bytes = ByteBuffer.wrap(manifest.encode());
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            syncDirectory();
            Files.move(manifestFile, segment.manifestFile(directory), StandardCopyOption.ATOMIC_MOVE);
            syncDirectory();
        } catch (final IOException e) {
            throw cannotWrite(segment.manifestFile(directory), e);
        }
    }

    private void syncDirectory() throws IOException {
        try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
            entry.force(true);
        }
    }

    @Override
    public void close() {
        super.close();
        zstd.close();
        BufferUtil.free(compressed);
        try {
            channel.close();
            Files.deleteIfExists(recordsFile);
            Files.deleteIfExists(manifestFile);
        } catch (final IOException e) {
            throw cannotWrite(recordsFile, e);
        }
    }
}
