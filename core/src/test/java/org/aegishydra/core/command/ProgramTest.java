package org.aegishydra.core.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

class ProgramTest {
    @Command(name = "program")
    private record TestProgram(Callable<Integer> work) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            return work.call();
        }
    }

    private static String errorsOf(int exitCode, Callable<Integer> work) {
        final PrintStream standardError = System.err;
        final ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertEquals(exitCode, Program.run(new TestProgram(work), new String[0]));
        } finally {
            System.setErr(standardError);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldRefuseDefaultsThatCannotBeReadInOneLine(@TempDir Path home) throws IOException {
        final Path defaults = Files.writeString(home.resolve("aegis.properties"), "fee-bps=\\u12");
        final String standardHome = System.getProperty("user.home");
        System.setProperty("user.home", home.toString());
        try {
            assertEquals(
                    "program: cannot read " + defaults + ": Malformed \\uxxxx encoding.\n",
                    errorsOf(Program.WRONG_USAGE, () -> Program.DONE));
        } finally {
            System.setProperty("user.home", standardHome);
        }
    }

    @Test
    void shouldSayWhyAFileCannotBeWritten() {
        assertEquals(
                "program: cannot write x: java.io.IOException: No space left on device\n",
                errorsOf(Program.FAILED, () -> {
                    throw new UncheckedIOException("cannot write x", new IOException("No space left on device"));
                }));
    }

    @Test
    void shouldTellAnErrorLikeAnException() {
        assertEquals("program: java.lang.InternalError: a fault\n", errorsOf(Program.FAILED, () -> {
            throw new InternalError("a fault");
        }));
    }
}
