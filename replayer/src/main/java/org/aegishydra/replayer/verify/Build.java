package org.aegishydra.replayer.verify;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.replayer.trial.TrialMain;

/** What a trial runs: a class path, and which files lie there. Stateless. */
final class Build {
    /** With which a trial's JVM begins. */
    private static final String ENTRY = TrialMain.class.getName().replace('.', '/') + ".class";

    private Build() {}

    /** The class path of this build. */
    static String ownClassPath() {
        return System.getProperty("java.class.path");
    }

    /**
     * Tells one build from another at the same place: a checksum over names, sizes and times of the class path's jars and
     * directories.
     */
    static String fingerprint(String classPath) {
        final CRC32C checksum = new CRC32C();
        try {
            for (final String part : parts(classPath)) {
                for (final Path file : files(part)) {
                    final String state = file.getFileName() + " " + Files.size(file) + " "
                            + Files.getLastModifiedTime(file).toMillis();
                    checksum.update(state.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (final IOException e) {
            throw unreadable(classPath, e);
        }
        return Long.toHexString(checksum.getValue());
    }

    /**
     * A class path that somebody gave.
     *
     * @param option by which it was given.
     * @throws UsageException if a part of it does not exist, which Java would pass over, or if it holds no program that runs a
     *     trial.
     */
    static String existing(String option, String classPath) {
        for (final String part : parts(classPath)) {
            final Path path = place(part);
            if (!Files.exists(path)) {
                throw new UsageException(option + " " + classPath + ": there is no " + path
                        + "; `aegis classpath replayer` prints the class path of a build");
            }
        }
        if (!holdsTrials(classPath)) {
            throw new UsageException(option + " " + classPath + ": there is no " + ENTRY
                    + "; give what `aegis classpath replayer` prints there (a build that runs trials in another way cannot be "
                    + "compared with this one)");
        }
        return classPath;
    }

    private static boolean holdsTrials(String classPath) {
        try {
            final List<URL> places = new ArrayList<>();
            for (final String part : parts(classPath)) {
                for (final Path place : part.endsWith("*") ? files(part) : List.of(Path.of(part))) {
                    places.add(place.toUri().toURL());
                }
            }
            // Looks, and loads nothing.
            try (URLClassLoader loader = new URLClassLoader(places.toArray(URL[]::new), null)) {
                return loader.findResource(ENTRY) != null;
            }
        } catch (final IOException e) {
            throw unreadable(classPath, e);
        }
    }

    private static UsageException unreadable(String classPath, IOException e) {
        return new UsageException("class path " + classPath + " cannot be read: " + e.getMessage());
    }

    private static List<String> parts(String classPath) {
        final List<String> parts = new ArrayList<>();
        final StringTokenizer tokens = new StringTokenizer(classPath, File.pathSeparator);
        while (tokens.hasMoreTokens()) {
            parts.add(tokens.nextToken());
        }
        return parts;
    }

    /** A part may stand for all jars of a directory. */
    private static Path place(String part) {
        return Path.of(part.endsWith("*") ? part.substring(0, part.length() - 1) : part);
    }

    private static List<Path> files(String part) throws IOException {
        final Path place = place(part);
        if (!Files.exists(place)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(place, part.endsWith("*") ? 1 : Integer.MAX_VALUE)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
