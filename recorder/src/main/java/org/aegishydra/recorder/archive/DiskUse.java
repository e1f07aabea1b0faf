package org.aegishydra.recorder.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room files take on the disk. Cycle files are sparse, and their length says little about that. Stateless. */
final class DiskUse {
    private static final long BYTES_PER_UNIT = 1024;

    private DiskUse() {}

    /** The room that a file takes, as {@code du} counts it; its length where there is no {@code du}. 0 if it is not there. */
    static long bytesOf(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        // The JDK has no way to ask for a file's blocks.
        final Process du;
        try {
            du = new ProcessBuilder("du", "-k", file.toAbsolutePath().toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (final IOException e) {
            return Files.size(file);
        }
        try (var out = du.getInputStream()) {
            final String line = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            final int end = line.indexOf('\t');
            return end > 0 ? Long.parseLong(line.substring(0, end)) * BYTES_PER_UNIT : Files.size(file);
        } catch (final NumberFormatException e) {
            return Files.size(file);
        }
    }
}
