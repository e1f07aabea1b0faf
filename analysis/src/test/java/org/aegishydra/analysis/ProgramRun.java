package org.aegishydra.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.aegishydra.core.command.Program;

/** One run of a program in this JVM: its exit code and what it printed. */
public record ProgramRun(int exitCode, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static ProgramRun of(Callable<Integer> program, String... arguments) {
        final PrintStream standardOut = System.out;
        final PrintStream standardErr = System.err;
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            final int exitCode = Program.run(program, arguments);
            return new ProgramRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(standardOut);
            System.setErr(standardErr);
        }
    }

    public JsonNode json() {
        try {
            return JSON.readTree(out);
        } catch (final IOException e) {
            throw new UncheckedIOException("no JSON: " + out, e);
        }
    }
}
