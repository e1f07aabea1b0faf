package org.aegishydra.analysis.top;

import java.nio.file.Path;
import java.time.Duration;
import org.aegishydra.core.command.UsageException;

/**
 * What is shown and how often.
 *
 * @param journal the directory of the journal whose recorder is looked at.
 * @param interval between two readings; rates are taken over it.
 */
record TopSettings(Path journal, Duration interval) {
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofHours(1);

    TopSettings {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new UsageException("--interval " + interval.toMillis() + "ms: must be from 200ms to 1h");
        }
    }
}
