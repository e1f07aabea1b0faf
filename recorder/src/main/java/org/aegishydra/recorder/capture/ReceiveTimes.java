package org.aegishydra.recorder.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The receive times in a file of their own beside a capture: one a line, in Unix seconds, for each line of the capture
 * that is not blank. For one thread.
 */
final class ReceiveTimes implements Closeable {
    private static final int LINE_LIMIT_BYTES = 1 << 10;

    private final Path file;
    private final LineReader lines;
    private long missing;

    private ReceiveTimes(Path file, LineReader lines) {
        this.file = file;
        this.lines = lines;
    }

    /** The times of a capture {@code x.jsonl.gz}: {@code x.ts}, or compressed {@code x.ts.gz}, or null if none is there. */
    static ReceiveTimes beside(Path capture) throws IOException {
        final String name = capture.getFileName().toString();
        final String bare = name.replaceFirst("(?i)\\.(gz|zst|zstd)$", "");
        for (final String stem : new String[] {bare.replaceFirst("\\.[^.]+$", ""), bare}) {
            for (final String suffix : new String[] {".ts", ".ts.gz", ".ts.zst"}) {
                final Path file = capture.resolveSibling(stem + suffix);
                if (Files.isRegularFile(file) && !file.equals(capture)) {
                    final InputStream in = Compression.of(file).open(Files.newInputStream(file));
                    return new ReceiveTimes(file, new LineReader(in, LINE_LIMIT_BYTES));
                }
            }
        }
        return null;
    }

    /** The next line's time; {@link Timestamps#NO_TIME}, and counted, if there is none or it is not to be read. */
    long next() {
        while (lines.next()) {
            if (!lines.isBlank()) {
                final String text =
                        new String(lines.buffer(), lines.offset(), lines.length(), StandardCharsets.ISO_8859_1);
                final long time = Timestamps.parseUnixSeconds(text.strip());
                missing += time == Timestamps.NO_TIME ? 1 : 0;
                return time;
            }
        }
        missing++;
        return Timestamps.NO_TIME;
    }

    /** What does not fit between the times and a capture that was read to its end, or null if all does. */
    String disagreement() {
        long leftOver = 0;
        while (lines.next()) {
            leftOver += lines.isBlank() ? 0 : 1;
        }
        if (missing > 0) {
            return file.getFileName() + " has no time for " + missing + " lines";
        }
        return leftOver > 0 ? file.getFileName() + " has " + leftOver + " times too many" : null;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
