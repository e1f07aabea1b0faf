package org.aegishydra.replayer.fixes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;

/** Fix 1 before: the trading thread opens the file, writes and closes it. */
final class SynchronousWrites implements FileWrites {
    @Override
    public void append(Path file, CharSequence text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    @Override
    public void replace(Path file, Collection<String> rows) {
        try {
            Files.writeString(file, "[\n" + String.join(",\n", rows) + "\n]\n");
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    @Override
    public long waiting() {
        return 0;
    }

    @Override
    public void close() {
        // Everything is written.
    }
}
