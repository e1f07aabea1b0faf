package org.aegishydra.replayer.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aegishydra.core.command.Program;
import org.aegishydra.replayer.ProgramRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoMainTest {
    @Test
    void shouldRefuseAFolderThatHoldsSomethingBeforeItStartsAnything(@TempDir Path directory) throws IOException {
        Files.createFile(directory.resolve("exchange.log"));
        final ProgramRun run = ProgramRun.of(new DemoMain(), "--out", directory.toString());
        assertEquals(Program.WRONG_USAGE, run.exitCode());
        assertEquals(
                "aegis demo: --out " + directory + " is not empty: name a new folder, a run is never overwritten\n",
                run.errors());
    }
}
