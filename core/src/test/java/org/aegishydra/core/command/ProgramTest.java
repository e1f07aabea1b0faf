package org.aegishydra.core.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

class ProgramTest {
    @Command(name = "idle")
    private static final class IdleProgram implements Callable<Integer> {
        @Override
        public Integer call() {
            return Program.DONE;
        }
    }

    @Test
    void shouldRefuseDefaultsThatCannotBeReadInOneLine(@TempDir Path home) throws IOException {
        final Path defaults = Files.writeString(home.resolve("aegis.properties"), "fee-bps=\\u12");
        final String standardHome = System.getProperty("user.home");
        final PrintStream standardError = System.err;
        final ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setProperty("user.home", home.toString());
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertEquals(Program.WRONG_USAGE, Program.run(new IdleProgram(), new String[0]));
        } finally {
            System.setErr(standardError);
            System.setProperty("user.home", standardHome);
        }
        assertEquals(
                "idle: cannot read " + defaults + ": Malformed \\uxxxx encoding.\n",
                said.toString(StandardCharsets.UTF_8));
    }
}
