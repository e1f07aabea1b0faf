package org.aegishydra.core.journal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A process that appends {@link KnownRecords} at full speed until it is killed, and tells in a mapped file how far it is.
 * What it writes there survives its end, as the journal does.
 */
final class CrashingWriter {
    private CrashingWriter() {}

    /** What the process is about to do, for whoever aims at it. */
    enum Phase {
        STARTING,
        OPENING,
        APPENDING,
        APPENDING_LARGE,
        ROLLING
    }

    public static void main(String[] args) throws IOException {
        final Path directory = Path.of(args[0]);
        final KnownRecords records =
                new KnownRecords(Integer.parseInt(args[2]), JournalCrashTest.CYCLE_NS, Integer.parseInt(args[3]));
        try (CrashProgress progress = CrashProgress.open(Path.of(args[1]))) {
            progress.phase(Phase.OPENING);
            try (JournalAppender appender =
                    Journal.create(directory, JournalCrashTest.FORMAT).appender()) {
                while (true) {
                    final long sequence = appender.lastSequence() + 1;
                    if (records.beginsCycle(sequence)) {
                        progress.phase(Phase.ROLLING);
                    } else if (records.isLarge(sequence)) {
                        progress.phase(Phase.APPENDING_LARGE);
                    } else {
                        progress.phase(Phase.APPENDING);
                    }
                    records.append(appender);
                    progress.appended(sequence);
                }
            }
        }
    }
}
