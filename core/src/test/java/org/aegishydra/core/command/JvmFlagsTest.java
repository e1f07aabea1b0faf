package org.aegishydra.core.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmFlagsTest {
    @Test
    void shouldStartAJvmWithTheFlagsOfTheFile(@TempDir Path directory) throws Exception {
        final Path home = Files.createDirectory(directory.resolve("a check out"));
        Files.copy(JvmFlags.aegisHome().resolve("jvm.flags"), home.resolve("jvm.flags"));

        final Process started = new ProcessBuilder(
                        JvmFlags.command(home, "-XshowSettings:properties", "-Dmine=7", "-version"))
                .redirectErrorStream(true)
                .start();
        final String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, started.waitFor(), output);
        assertTrue(output.contains("chronicle.analytics.disable = true"), output);
        assertTrue(output.contains("aegis.home = " + home), output);
        assertTrue(output.contains("mine = 7"), output);
        assertTrue(output.contains("java.home = " + System.getProperty("java.home")), output);
    }

    @Test
    void shouldAddTheFlagsOfLaterVersionsFromThatVersionOn(@TempDir Path home) throws IOException {
        final Path flags = Files.writeString(home.resolve("jvm.flags"), """
                # A comment on [24+] and more
                -Dalways=1
                #[24+] --later
                #[26+]   --latest
                #[26+]
                """);

        assertEquals(List.of(), JvmFlags.flagsSince(flags, 17));
        assertEquals(List.of("--later"), JvmFlags.flagsSince(flags, 24));
        assertEquals(List.of("--later", "--latest"), JvmFlags.flagsSince(flags, 27));
    }

    @Test
    void shouldListTheFlagsWithWhichItStartsAJvm(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve("jvm.flags"), """
                # A comment

                -Dalways=1
                #[17+] --known
                #[99+] --unknown
                """);

        assertEquals(List.of("-Dalways=1", "--known"), JvmFlags.flags(home));
    }

    @Test
    void shouldNameTheDirectoryThatHoldsNoFlags(@TempDir Path home) {
        final UsageException refused = assertThrows(UsageException.class, () -> JvmFlags.command(home));

        assertTrue(refused.getMessage().contains(home.toString()), refused.getMessage());
        assertTrue(refused.getMessage().contains("jvm.flags"), refused.getMessage());
    }
}
