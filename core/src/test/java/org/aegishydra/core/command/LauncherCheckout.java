package org.aegishydra.core.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A checkout that holds the launcher alone, with stand-ins for Java and Maven that tell how they were called. */
final class LauncherCheckout {
    private static final String TOOLS =
            "bash basename cat cut dirname find flock head mkdir mv readlink rm sed touch tr";

    private final Path directory;
    private final Path home;
    private final Path tools;
    private final Map<String, String> environment = new TreeMap<>();

    LauncherCheckout(Path directory) throws IOException {
        this.directory = directory.toRealPath();
        home = Files.createDirectory(this.directory.resolve("a check out"));
        tools = Files.createDirectory(this.directory.resolve("tools"));
        Files.createDirectory(this.directory.resolve("some jdks"));
        for (final String file : new String[] {"aegis", "jvm.flags"}) {
            Files.copy(JvmFlags.aegisHome().resolve(file), home.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        for (final String tool : TOOLS.split(" ", -1)) {
            offer(tool);
        }
        set("PATH", tools.toString());
        set("AEGIS_JDK_DIRS", this.directory.resolve("some jdks").toString());
        set("AEGIS_NO_BUILD", "1");
    }

    Path home() {
        return home;
    }

    /** The one directory on the PATH: it holds what the launcher needs, and neither Java nor Maven. */
    Path tools() {
        return tools;
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    record Outcome(int exitCode, String stdout, String stderr) {
        String text() {
            return "exit " + exitCode + "\n" + stdout + stderr;
        }
    }

    Outcome aegis(String... arguments) throws Exception {
        return run(home.resolve("aegis"), arguments);
    }

    Outcome run(Path launcher, String... arguments) throws Exception {
        final Path input = Files.writeString(directory.resolve("stdin"), "lines to import\n");
        final Path output = directory.resolve("stdout");
        final Path errors = directory.resolve("stderr");
        final Process process = launch(launcher, arguments)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        final int exitCode = process.waitFor();
        return new Outcome(exitCode, Files.readString(output), Files.readString(errors));
    }

    /** A launcher yet to be started, with pipes. */
    ProcessBuilder launch(Path launcher, String... arguments) {
        final List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    /** A Java that tells its version, and else prints its arguments, one a line. */
    Path fakeJdk(String name, String version) throws IOException {
        final Path jdk = directory.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        script(
                jdk.resolve("bin/java"),
                "case \"$*\" in *-version) echo 'openjdk version \"" + version + "\" 2026-01-01' >&2 ;;",
                "*) printf '%s\\n' 'java " + version + "' \"$@\" ;; esac");
        script(jdk.resolve("bin/javac"), "exit 1");
        return jdk;
    }

    /** A Maven that notes its Java, talks on standard output, and leaves what a build leaves. */
    void fakeMaven() throws IOException {
        script(
                tools.resolve("mvn"),
                "echo \"${JAVA_HOME##*/}\" >>maven.log",
                "echo 'this is no report'",
                "mkdir -p analysis/target/lib && : >analysis/target/aegis-analysis-1.jar");
    }

    /** The Javas of the builds since the last call. */
    List<String> javasOfBuilds(Outcome outcome) throws IOException {
        assertEquals(0, outcome.exitCode(), outcome.text());
        assertFalse(outcome.stdout().contains("no report"), outcome.text());
        final Path log = home.resolve("maven.log");
        final List<String> built = Files.exists(log) ? Files.readAllLines(log) : List.of();
        Files.deleteIfExists(log);
        return built;
    }

    void fakeModule(String module) throws IOException {
        Files.createDirectories(home.resolve(module + "/target/lib"));
        Files.createFile(home.resolve(module + "/target/aegis-" + module + "-1.jar"));
    }

    static void script(Path file, String... lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void offer(String tool) throws IOException {
        for (final String entry : System.getenv("PATH").split(":", -1)) {
            final Path executable = Path.of(entry, tool);
            if (Files.isExecutable(executable)) {
                script(tools.resolve(tool), "exec '" + executable + "' \"$@\"");
                return;
            }
        }
        assertEquals("flock", tool, "only flock may be missing");
    }
}
