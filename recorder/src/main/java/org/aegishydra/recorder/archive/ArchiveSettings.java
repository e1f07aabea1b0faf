package org.aegishydra.recorder.archive;

import java.nio.file.Path;
import org.aegishydra.core.command.UsageException;

/**
 * What an archiving does.
 *
 * @param journal the journal's directory.
 * @param level zstd's compression level.
 * @param deleteOriginals whether cycle files go once their archives were checked.
 * @param keepDays how many recorded days are kept, the newest ones; {@link #ALL} for all.
 * @param keepBytes how much room the journal may take on the disk; {@link #ALL} for any.
 */
record ArchiveSettings(Path journal, int level, boolean deleteOriginals, long keepDays, long keepBytes) {
    /** Nothing is removed. */
    static final long ALL = Long.MAX_VALUE;

    static final int MAX_LEVEL = 22;

    ArchiveSettings {
        if (level < 1 || level > MAX_LEVEL) {
            throw new UsageException("--level " + level + ": must be 1 (fast) to " + MAX_LEVEL + " (small)");
        }
        if (keepDays < 1) {
            throw new UsageException("--keep-days " + keepDays + ": must be 1 or more");
        }
        if (keepBytes < 1) {
            throw new UsageException("--keep-size " + keepBytes + ": must be 1 byte or more");
        }
    }
}
