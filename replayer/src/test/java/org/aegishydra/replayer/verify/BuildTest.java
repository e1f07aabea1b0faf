package org.aegishydra.replayer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aegishydra.core.command.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {
    private static final String ENTRY = "org/aegishydra/replayer/trial/TrialMain.class";

    @TempDir
    Path directory;

    private String classPath() throws IOException {
        Files.createDirectories(directory.resolve("lib"));
        Files.writeString(directory.resolve("lib/a.jar"), "one");
        Files.createDirectories(directory.resolve("classes/p"));
        Files.writeString(directory.resolve("classes/p/B.class"), "two");
        return directory.resolve("classes") + File.pathSeparator + directory.resolve("lib") + File.separator + "*";
    }

    @Test
    void shouldTellABuildFromAnotherOneAtTheSamePlace() throws IOException {
        final String classPath = classPath();
        final String before = Build.fingerprint(classPath);
        assertEquals(before, Build.fingerprint(classPath));
        Files.setLastModifiedTime(directory.resolve("lib/a.jar"), FileTime.fromMillis(1_000));
        final String touched = Build.fingerprint(classPath);
        assertNotEquals(before, touched);
        Files.writeString(directory.resolve("classes/p/C.class"), "three");
        assertNotEquals(touched, Build.fingerprint(classPath));
    }

    @Test
    void shouldRefuseAClassPathThatJavaWouldPassOver() throws IOException {
        final String wrong = classPath() + File.pathSeparator + directory.resolve("lip") + File.separator + "*";
        assertEquals(
                "--before-classpath " + wrong + ": there is no " + directory.resolve("lip")
                        + "; `aegis classpath replayer` prints the class path of a build",
                refusal(wrong));
    }

    private static String refusal(String classPath) {
        return assertThrows(UsageException.class, () -> Build.existing("--before-classpath", classPath))
                .getMessage();
    }

    @Test
    void shouldRefuseAClassPathThatRunsNoTrials() throws IOException {
        final String classPath = classPath();
        assertEquals(
                "--before-classpath " + classPath + ": there is no " + ENTRY
                        + "; give what `aegis classpath replayer` prints there (a build that runs trials in another way cannot "
                        + "be compared with this one)",
                refusal(classPath));
        final Path jar = directory.resolve("lib/b.jar");
        try (ZipOutputStream entries = new ZipOutputStream(Files.newOutputStream(jar))) {
            entries.putNextEntry(new ZipEntry(ENTRY));
        }
        assertEquals(classPath, Build.existing("--before-classpath", classPath));
        assertEquals(jar.toString(), Build.existing("--before-classpath", jar.toString()));
        final Path classes = directory.resolve("classes");
        assertTrue(refusal(classes.toString()).contains("there is no " + ENTRY));
        Files.createDirectories(classes.resolve(ENTRY).getParent());
        Files.writeString(classes.resolve(ENTRY), "");
        assertEquals(classes.toString(), Build.existing("--before-classpath", classes.toString()));
        assertEquals(Build.ownClassPath(), Build.existing("--after-classpath", Build.ownClassPath()));
    }
}
