package org.aegishydra.analysis;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of a journal's directory that holds records: a cycle file, or the archive of one.
 *
 * @param cycle the UTC day, hour or minutes whose records it holds, for example 2026-08-09, 2026-08-09T21 or 2026-08-09T21:55; null if the name
 *     tells none.
 * @param lengthBytes the file's length; it is sparse, so that it may take less room on the disk.
 */
@JsonNaming(SnakeCaseStrategy.class)
record CycleFile(String name, String cycle, long lengthBytes) {
    private static final String ARCHIVE_SUFFIX = ".records.zst";
    private static final Pattern NAME =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:-(\\d{2})(\\d{2})?)?[FV]?\\.(?:cq4|records\\.zst)");

    /** The cycle files of a directory, the oldest first. */
    static List<CycleFile> in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(CycleFile::isRead).sorted().map(CycleFile::of).toList();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read journal directory " + directory, e);
        }
    }

    /** An archive beside its cycle file is not read. */
    private static boolean isRead(Path file) {
        final String name = file.getFileName().toString();
        return name.endsWith(".cq4")
                || (name.endsWith(ARCHIVE_SUFFIX)
                        && !Files.exists(file.resolveSibling(name.replace(ARCHIVE_SUFFIX, ".cq4"))));
    }

    private static CycleFile of(Path file) {
        final String name = file.getFileName().toString();
        final Matcher matcher = NAME.matcher(name);
        String cycle = null;
        if (matcher.matches()) {
            cycle = matcher.group(1) + "-" + matcher.group(2) + "-" + matcher.group(3);
            if (matcher.group(4) != null) {
                cycle += "T" + matcher.group(4);
            }
            if (matcher.group(5) != null) {
                cycle += ":" + matcher.group(5);
            }
        }
        try {
            return new CycleFile(name, cycle, Files.size(file));
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
