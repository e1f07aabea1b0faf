package org.aegishydra.core.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher in a checkout of its own, with stand-ins for Java and Maven that tell how they were called. */
class LauncherTest {
    private static final List<String> COMMANDS =
            List.of("record import trade replay verify serve synth demo inspect top report doctor bench classpath"
                    .split(" ", -1));

    @TempDir
    private Path directory;

    private LauncherCheckout checkout;

    @BeforeEach
    void makeACheckout() throws IOException {
        checkout = new LauncherCheckout(directory);
    }

    @Test
    void shouldNameTheJavaThatIsTooOld() throws Exception {
        checkout.fakeJdk("jdk11", "11.0.2");
        checkout.set("PATH", directory.resolve("jdk11/bin") + ":" + checkout.tools());
        checkout.fakeModule("recorder");

        final LauncherCheckout.Outcome outcome = checkout.aegis("record");

        assertEquals(1, outcome.exitCode(), outcome.text());
        assertTrue(outcome.stderr().contains("11.0.2, too old"), outcome.text());
        assertTrue(outcome.stderr().contains("17 or later"), outcome.text());
        assertTrue(outcome.stderr().contains("openjdk-17-jdk"), outcome.text());
        assertFalse(outcome.text().contains("Exception"), outcome.text());
        assertEquals("", outcome.stdout());
    }

    @Test
    void shouldSayWhatToInstallWithoutAnyJava() throws Exception {
        checkout.fakeModule("recorder");

        final LauncherCheckout.Outcome outcome = checkout.aegis("record");

        assertEquals(1, outcome.exitCode(), outcome.text());
        assertTrue(outcome.stderr().contains("no Java 17 or later"), outcome.text());
        assertTrue(outcome.stderr().contains("some jdks"), outcome.text());
        for (final String install : List.of("openjdk-17-jdk", "java-17-openjdk-devel", "brew install openjdk@17")) {
            assertTrue(outcome.stderr().contains(install), outcome.text());
        }
    }

    @Test
    void shouldGoOnWithAFittingJavaBehindOneThatIsTooOld() throws Exception {
        checkout.fakeJdk("jdk8", "1.8.0_292");
        checkout.fakeJdk("some jdks/jdk 11", "11.0.2");
        checkout.fakeJdk("some jdks/jdk 17", "17");
        checkout.set("JAVA_HOME", directory.resolve("jdk8").toString());
        checkout.set("AEGIS_JVM_OPTS", "-Xmx1g  -Dmine=*");
        checkout.fakeModule("recorder");

        final LauncherCheckout.Outcome outcome = checkout.aegis("record", "--product", "BTC USD");

        assertEquals(0, outcome.exitCode(), outcome.text());
        assertEquals(1, outcome.stderr().lines().count(), outcome.text());
        assertTrue(outcome.stderr().contains("1.8.0_292"), outcome.text());
        assertTrue(outcome.stderr().contains("jdk 17, Java 17"), outcome.text());
        assertEquals(
                List.of(
                        "java 17",
                        "@" + checkout.home() + "/jvm.flags",
                        "-Daegis.home=" + checkout.home(),
                        "-Xmx1g",
                        "-Dmine=*",
                        "-cp",
                        checkout.home() + "/recorder/target/aegis-recorder-1.jar:" + checkout.home()
                                + "/recorder/target/lib/*",
                        "org.aegishydra.recorder.RecordMain",
                        "--product",
                        "BTC USD"),
                outcome.stdout().lines().toList());
    }

    @Test
    void shouldAddTheFlagsThatOnlyLaterVersionsKnow() throws Exception {
        checkout.fakeJdk("jdk25", "25-ea");
        checkout.set("AEGIS_JAVA_HOME", directory.resolve("jdk25").toString());
        checkout.fakeModule("replayer");

        final LauncherCheckout.Outcome outcome = checkout.aegis("replay");

        assertEquals(0, outcome.exitCode(), outcome.text());
        assertTrue(outcome.stdout().contains("--sun-misc-unsafe-memory-access=allow"), outcome.text());
        assertEquals("", outcome.stderr());
    }

    @Test
    void shouldUseNoOtherJavaThanTheChosenOne() throws Exception {
        checkout.fakeJdk("some jdks/jdk17", "17.0.9");
        checkout.set("AEGIS_JAVA_HOME", directory.resolve("nowhere").toString());
        checkout.fakeModule("recorder");

        final LauncherCheckout.Outcome outcome = checkout.aegis("record");

        assertEquals(1, outcome.exitCode(), outcome.text());
        assertTrue(outcome.stderr().contains(directory.resolve("nowhere").toString()), outcome.text());
    }

    @Test
    void shouldWorkThroughALinkFromAnotherDirectory() throws Exception {
        checkout.fakeJdk("some jdks/jdk17", "17.0.9");
        checkout.fakeModule("trader");
        final Path link = Files.createSymbolicLink(directory.resolve("linked"), Path.of("a check out/aegis"));

        final LauncherCheckout.Outcome outcome = checkout.run(link, "trade");

        assertEquals(0, outcome.exitCode(), outcome.text());
        assertTrue(outcome.stdout().contains("-Daegis.home=" + checkout.home()), outcome.text());
    }

    @Test
    void shouldLeaveTheStandardInputToTheProgram() throws Exception {
        final Path jdk = checkout.fakeJdk("some jdks/jdk17", "17.0.9");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"somebody\"\nJAVA_VERSION=\"17.0.9\"\n");
        LauncherCheckout.script(jdk.resolve("bin/java"), "cat");
        checkout.fakeModule("recorder");

        assertEquals("lines to import", checkout.aegis("import", "-").stdout().strip());
    }

    @Test
    void shouldBuildWhenSomethingIsMissingOrNewerAndOnlyThen() throws Exception {
        checkout.set("AEGIS_NO_BUILD", "");
        checkout.fakeJdk("some jdks/jdk17", "17.0.9");
        checkout.fakeMaven();

        assertEquals(List.of("jdk17"), checkout.javasOfBuilds(checkout.aegis("inspect")), "nothing is built yet");
        assertEquals(List.of(), checkout.javasOfBuilds(checkout.aegis("inspect")), "all is built");

        final Path source = Files.createDirectories(checkout.home().resolve("core/src/main/java"))
                .resolve("New.java");
        Files.writeString(source, "");
        touchInAMinute(source);
        assertEquals(List.of("jdk17"), checkout.javasOfBuilds(checkout.aegis("inspect")), "a source is newer");

        checkout.set("AEGIS_NO_BUILD", "1");
        assertEquals(List.of(), checkout.javasOfBuilds(checkout.aegis("inspect")), "the build is taken as it is");
    }

    @Test
    void shouldBuildOnceForTwoLaunchersAtOnce() throws Exception {
        assumeTrue(Files.exists(checkout.tools().resolve("flock")), "without flock there is no lock");
        checkout.set("AEGIS_NO_BUILD", "");
        checkout.fakeJdk("some jdks/jdk17", "17.0.9");
        checkout.fakeMaven();

        final Process first =
                checkout.launch(checkout.home().resolve("aegis"), "inspect").start();
        final Process second =
                checkout.launch(checkout.home().resolve("aegis"), "inspect").start();

        assertEquals(0, first.waitFor());
        assertEquals(0, second.waitFor());
        assertEquals(List.of("jdk17"), checkout.javasOfBuilds(checkout.aegis("inspect")));
    }

    @Test
    void shouldNotBuildUnderARunningProgram() throws Exception {
        assumeTrue(Files.exists(checkout.tools().resolve("flock")), "without flock there is no lock");
        checkout.set("AEGIS_NO_BUILD", "");
        final Path jdk = checkout.fakeJdk("some jdks/jdk17", "17.0.9");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
        checkout.fakeMaven();
        checkout.javasOfBuilds(checkout.aegis("inspect"));
        LauncherCheckout.script(jdk.resolve("bin/java"), "echo \"runs $1\"", "read -r line || true");
        final Process running =
                checkout.launch(checkout.home().resolve("aegis"), "inspect").start();
        assertTrue(running.inputReader().readLine().startsWith("runs"));

        touchInAMinute(checkout.home().resolve("pom.xml"));
        final LauncherCheckout.Outcome meanwhile = checkout.aegis("inspect");
        running.outputWriter().close();
        running.waitFor();

        assertTrue(meanwhile.stderr().contains("programs are running"), meanwhile.text());
        assertEquals(List.of("jdk17"), checkout.javasOfBuilds(checkout.aegis("inspect")), "it has ended");
    }

    @Test
    void shouldSayHowToGetMaven() throws Exception {
        checkout.set("AEGIS_NO_BUILD", "");
        checkout.fakeJdk("some jdks/jdk17", "17.0.9");

        final LauncherCheckout.Outcome outcome = checkout.aegis("inspect");

        assertEquals(1, outcome.exitCode(), outcome.text());
        assertTrue(outcome.stderr().contains("apt install maven"), outcome.text());
    }

    @Test
    void shouldNeedACompilerOnlyForTheBuild() throws Exception {
        final Path jre = checkout.fakeJdk("some jdks/jre17", "17.0.9");
        Files.delete(jre.resolve("bin/javac"));
        checkout.fakeModule("analysis");
        assertEquals(0, checkout.aegis("inspect").exitCode());

        checkout.set("AEGIS_NO_BUILD", "");
        checkout.fakeMaven();
        final LauncherCheckout.Outcome outcome = checkout.aegis("inspect");

        assertEquals(1, outcome.exitCode(), outcome.text());
        assertTrue(outcome.stderr().contains("without javac"), outcome.text());
    }

    @Test
    void shouldPrintTheClassPathOfAModule() throws Exception {
        checkout.fakeModule("analysis");
        Files.createFile(checkout.home().resolve("analysis/target/aegis-analysis-1-tests.jar"));

        final LauncherCheckout.Outcome outcome = checkout.aegis("classpath", "analysis");

        assertEquals(
                checkout.home() + "/analysis/target/aegis-analysis-1.jar:" + checkout.home() + "/analysis/target/lib/*",
                outcome.stdout().strip());
        checkout.set("AEGIS_CLASSPATH", "/my strategies/*");
        assertEquals(
                checkout.home() + "/analysis/target/aegis-analysis-1.jar:" + checkout.home()
                        + "/analysis/target/lib/*:/my strategies/*",
                checkout.aegis("classpath", "analysis").stdout().strip());
        assertEquals(2, checkout.aegis("classpath", "nothing").exitCode());
        assertEquals(2, checkout.aegis("classpath").exitCode());
    }

    @Test
    void shouldRefuseAnUnknownCommand() throws Exception {
        final LauncherCheckout.Outcome outcome = checkout.aegis("rekord");

        assertEquals(2, outcome.exitCode(), outcome.text());
        assertEquals(1, outcome.stderr().lines().count(), outcome.text());
        assertTrue(outcome.stderr().contains("rekord"), outcome.text());
        assertTrue(outcome.stderr().contains(" record "), outcome.text());
    }

    @Test
    void shouldListAllCommands() throws Exception {
        final LauncherCheckout.Outcome outcome = checkout.aegis("--help");

        assertEquals(0, outcome.exitCode(), outcome.text());
        for (final String command : COMMANDS) {
            assertTrue(outcome.stdout().contains("\n  " + command + " "), command);
        }
        assertEquals(outcome, checkout.aegis("help"));
        final LauncherCheckout.Outcome nothingGiven = checkout.aegis();
        assertEquals(2, nothingGiven.exitCode());
        assertEquals(outcome.stdout(), nothingGiven.stderr());
    }

    private static void touchInAMinute(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
    }
}
