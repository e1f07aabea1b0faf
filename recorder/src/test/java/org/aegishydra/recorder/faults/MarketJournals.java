package org.aegishydra.recorder.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.aegishydra.core.journal.Journal;

/** The journals that recorders of these tests write: the one place that knows how they are opened. Stateless. */
final class MarketJournals {
    private static final String CYCLE_SUFFIX = ".cq4";
    private static final String METADATA = "metadata.cq4t";

    private MarketJournals() {}

    static boolean exists(Path directory) {
        return Files.isDirectory(directory) && Journal.exists(directory);
    }

    static Journal open(Path directory) {
        return Journal.open(directory);
    }

    /** The cycle files, in order. */
    static List<Path> cycleFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(CYCLE_SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** A journal that has one cycle file of another and nothing else, as when the others were archived or lost. */
    static Path alone(Path cycleFile, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.copy(cycleFile.resolveSibling(METADATA), directory.resolve(METADATA));
        Files.createLink(directory.resolve(cycleFile.getFileName().toString()), cycleFile);
        return directory;
    }
}
