package org.aegishydra.replayer.fixes;

import java.nio.file.Path;
import java.util.Collection;

/** How rows that were formatted inline get to their files: the difference between fix 1 before and seed. */
interface FileWrites extends AutoCloseable {
    /** Appends text to a file. */
    void append(Path file, CharSequence text);

    /** Replaces a file by a JSON array of rows. */
    void replace(Path file, Collection<String> rows);

    /** How many writes wait for a thread; may be asked by any thread. */
    long waiting();

    /** Waits until everything is written. */
    @Override
    void close();
}
