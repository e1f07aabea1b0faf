package org.aegishydra.core.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One cycle of a journal as it lies in the directory: as the cycle file that was recorded, as an archive of it, or as both.
 * Where both are there, the cycle file is read.
 *
 * @param name the cycle's name, which its files begin with, for example {@code 20261122F}.
 * @param startNs where the cycle's time begins, in nanoseconds since the epoch.
 * @param hasCycleFile whether {@link #cycleFile} is there.
 * @param isArchived whether {@link #manifestFile}, and so a whole archive, is there.
 */
public record Segment(String name, long startNs, boolean hasCycleFile, boolean isArchived) {
    static final String CYCLE_SUFFIX = ".cq4";
    static final String RECORDS_SUFFIX = ".records.zst";
    static final String MANIFEST_SUFFIX = ".manifest.json";
    static final String UNFINISHED_SUFFIX = ".unfinished";

    private static final Pattern NAME = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:-(\\d{2})(\\d{2})?)?[A-Z]*\\d?");
    private static final Pattern ARCHIVE_FILE = Pattern.compile(".*(" + Pattern.quote(RECORDS_SUFFIX) + "|"
            + Pattern.quote(MANIFEST_SUFFIX) + ")(" + Pattern.quote(UNFINISHED_SUFFIX) + ")?");
    private static final long NS_PER_SECOND = 1_000_000_000L;

    /** The segments of a journal's directory, the oldest first. */
    public static List<Segment> in(Path directory) {
        final TreeMap<String, Segment> segments = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (final Path path : (Iterable<Path>) files::iterator) {
                final String file = path.getFileName().toString();
                if (file.endsWith(CYCLE_SUFFIX)) {
                    add(segments, file.substring(0, file.length() - CYCLE_SUFFIX.length()), true, false);
                } else if (file.endsWith(MANIFEST_SUFFIX)) {
                    add(segments, file.substring(0, file.length() - MANIFEST_SUFFIX.length()), false, true);
                }
            }
        } catch (final AccessDeniedException e) {
            throw Journal.denied(directory, e);
        } catch (final IOException e) {
            throw new JournalException("cannot read journal directory " + directory + ": " + e, e);
        }
        final List<Segment> sorted = new ArrayList<>(segments.values());
        sorted.sort(Comparator.comparingLong(Segment::startNs));
        return sorted;
    }

    private static void add(TreeMap<String, Segment> segments, String name, boolean cycleFile, boolean archived) {
        final long startNs = startNs(name);
        if (startNs >= 0) {
            final Segment found = new Segment(name, startNs, cycleFile, archived);
            segments.merge(name, found, (one, other) -> new Segment(name, startNs, true, true));
        }
    }

    /** Where a cycle's time begins, or -1 if the name is no cycle's. */
    private static long startNs(String name) {
        final Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return -1;
        }
        try {
            return LocalDateTime.of(
                                    number(matcher.group(1)),
                                    number(matcher.group(2)),
                                    number(matcher.group(3)),
                                    number(matcher.group(4)),
                                    number(matcher.group(5)))
                            .toEpochSecond(ZoneOffset.UTC)
                    * NS_PER_SECOND;
        } catch (final DateTimeException e) {
            return -1;
        }
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** Whether a file is part of an archive, finished or not. */
    static boolean isArchiveFile(String fileName) {
        return ARCHIVE_FILE.matcher(fileName).matches();
    }

    /** Whether a file is part of an archive that was not finished, or not wholly removed. */
    static boolean isUnfinished(String fileName) {
        return isArchiveFile(fileName) && fileName.endsWith(UNFINISHED_SUFFIX);
    }

    /** The UTC day that the cycle begins on. */
    public LocalDate day() {
        return LocalDate.ofEpochDay(Math.floorDiv(startNs, 86_400 * NS_PER_SECOND));
    }

    /** What the recorder wrote. */
    public Path cycleFile(Path directory) {
        return directory.resolve(name + CYCLE_SUFFIX);
    }

    /** The archive's records. */
    public Path recordsFile(Path directory) {
        return directory.resolve(name + RECORDS_SUFFIX);
    }

    /** The archive's manifest, without which the archive does not count. */
    public Path manifestFile(Path directory) {
        return directory.resolve(name + MANIFEST_SUFFIX);
    }
}
