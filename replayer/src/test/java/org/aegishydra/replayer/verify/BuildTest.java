package org.aegishydra.replayer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.aegishydra.core.command.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {
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
        final String classPath = classPath();
        assertEquals(classPath, Build.existing(classPath));
        final String wrong = classPath + File.pathSeparator + directory.resolve("lip") + File.separator + "*";
        assertEquals(
                "class path " + wrong + ": there is no " + directory.resolve("lip")
                        + "; `aegis classpath replayer` prints the class path of a build",
                assertThrows(UsageException.class, () -> Build.existing(wrong)).getMessage());
    }
}
