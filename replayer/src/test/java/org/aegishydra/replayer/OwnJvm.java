package org.aegishydra.replayer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.aegishydra.core.command.JvmFlags;

/**
 * A Java and its flags, to start a program of this build on.
 *
 * @param name for people.
 * @param home of the JDK.
 * @param flags beyond those of {@code jvm.flags}.
 */
public record OwnJvm(String name, Path home, List<String> flags) {
    /** This JVM's Java, with a small heap. */
    static final OwnJvm HERE = new OwnJvm("here", Path.of(System.getProperty("java.home")), List.of("-Xmx256m"));

    /** This JVM's Java with other flags. */
    static OwnJvm with(String name, String... flags) {
        return new OwnJvm(name, HERE.home, List.of(flags));
    }

    /** Another Java that is installed where Debian installs them, or null. */
    static OwnJvm ofVersion(String version) throws IOException {
        final Path directory = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(directory)) {
            return null;
        }
        try (Stream<Path> homes = Files.list(directory)) {
            return homes.filter(home -> version.equals(versionOf(home)))
                    .findFirst()
                    .map(home -> new OwnJvm("JDK " + version, home, List.of("-Xmx256m")))
                    .orElse(null);
        }
    }

    private static String versionOf(Path home) {
        final Properties release = new Properties();
        try (var reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        } catch (final IOException e) {
            return "";
        }
        return release.getProperty("JAVA_VERSION", "").replace("\"", "").split("[.-]", -1)[0];
    }

    List<String> command(String program) throws IOException {
        final List<String> command = new ArrayList<>(JvmFlags.command(JvmFlags.aegisHome()));
        command.set(0, home.resolve("bin/java").toString());
        final int version = Integer.parseInt(versionOf(home));
        for (final String line : Files.readAllLines(JvmFlags.aegisHome().resolve("jvm.flags"))) {
            if (line.startsWith("#[24+] ") && version >= 24 && Runtime.version().feature() < 24) {
                command.add(line.substring(line.indexOf(' ') + 1));
            }
        }
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program));
        return command;
    }
}
