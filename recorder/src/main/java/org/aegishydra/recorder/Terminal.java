package org.aegishydra.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether people watch. */
final class Terminal {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** Whether standard error is a terminal, so that a line may move there. */
    static boolean isWatched() {
        try {
            final String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (final IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
