package org.aegishydra.core.latency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time in which the JVM stood still, from the request until all threads could go on. The JVM itself writes them with
 * {@link #logFlag}; they are read after the run, or by another process.
 *
 * @param beginNs on the clock of {@link System#nanoTime()}, as is the end.
 * @param operation what for, in the JVM's words, such as {@code G1CollectForAllocation}.
 */
public record Safepoint(long beginNs, long endNs, String operation) {
    /** The line comes when all is over, so its stamp is the end. */
    private static final Pattern LINE = Pattern.compile("\\[(\\d+)ns].* Safepoint \"([^\"]+)\".* Total: (\\d+) ns.*");

    /** The flag with which a JVM of version 17 or later writes its safepoints to a file. */
    public static String logFlag(Path file) {
        return "-Xlog:safepoint:file=" + file.toAbsolutePath() + ":timenanos:filecount=0";
    }

    /** Reads the file that a JVM wrote, in order of time. Lines of another kind are passed over. */
    public static List<Safepoint> read(Path file) {
        final List<Safepoint> safepoints = new ArrayList<>();
        try {
            for (final String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                final Matcher found = LINE.matcher(line);
                if (found.matches()) {
                    final long endNs = Long.parseLong(found.group(1));
                    safepoints.add(new Safepoint(endNs - Long.parseLong(found.group(3)), endNs, found.group(2)));
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return safepoints;
    }
}
