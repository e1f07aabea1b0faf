package org.aegishydra.core.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The flags of {@code jvm.flags} for programs that start further JVMs; the launcher reads the same file. */
public final class JvmFlags {
    private static final Pattern SINCE = Pattern.compile("#\\[(\\d+)\\+]\\s+(\\S.*?)\\s*");

    private JvmFlags() {}

    /**
     * The directory of {@code jvm.flags}, as the launcher and the tests pass it on in the property {@code aegis.home}.
     *
     * @throws UsageException if this JVM was started without it
     */
    public static Path aegisHome() {
        final String home = System.getProperty("aegis.home");
        if (home == null || home.isEmpty()) {
            throw new UsageException("aegis.home is not set: start through ./aegis, or add -Daegis.home=DIRECTORY");
        }
        return Path.of(home);
    }

    /**
     * A command line that starts a JVM as this one was started: its executable and the flags of {@code jvm.flags} that
     * this version knows.
     *
     * @param more what follows: further flags, the class path, the main class and its arguments
     * @return a list that the caller may add to
     * @throws UsageException if the directory holds no {@code jvm.flags}
     */
    public static List<String> command(Path aegisHome, String... more) {
        final Path home = aegisHome.toAbsolutePath();
        final Path flags = home.resolve("jvm.flags");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + flags);
        command.addAll(flagsSince(flags, Runtime.version().feature()));
        command.add("-Daegis.home=" + home);
        command.addAll(List.of(more));
        return command;
    }

    /**
     * The flags that {@link #command} takes from the file, a line each: to tell whether two JVMs had the same.
     *
     * @throws UsageException if the directory holds no {@code jvm.flags}
     */
    public static List<String> flags(Path aegisHome) {
        final Path file = aegisHome.resolve("jvm.flags");
        final List<String> flags = new ArrayList<>();
        for (final String line : lines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                flags.add(line.strip());
            }
        }
        flags.addAll(flagsSince(file, Runtime.version().feature()));
        return flags;
    }

    /** The flags on lines such as {@code #[24+] --flag}, which older JDKs would refuse. */
    static List<String> flagsSince(Path flags, int javaVersion) {
        final List<String> known = new ArrayList<>();
        for (final String line : lines(flags)) {
            final Matcher since = SINCE.matcher(line);
            if (since.matches() && javaVersion >= Integer.parseInt(since.group(1))) {
                known.add(since.group(2));
            }
        }
        return known;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (final IOException e) {
            throw new UsageException("aegis.home=" + file.getParent()
                    + " holds no readable jvm.flags: name the directory" + " of Aegis's checkout");
        }
    }
}
