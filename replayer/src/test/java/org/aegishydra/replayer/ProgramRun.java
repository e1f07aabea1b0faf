package org.aegishydra.replayer;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.aegishydra.core.command.Program;

/**
 * What a program that ran in this process came to.
 *
 * @param output on standard output.
 * @param errors on standard error.
 */
public record ProgramRun(int exitCode, String output, String errors) {
    /** Runs a program as its {@code main} would. */
    public static ProgramRun of(Callable<Integer> program, String... arguments) {
        final PrintStream standardOutput = System.out;
        final PrintStream standardError = System.err;
        final ByteArrayOutputStream output = new ByteArrayOutputStream();
        final ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            final int exitCode = Program.run(program, arguments);
            return new ProgramRun(
                    exitCode, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(standardOutput);
            System.setErr(standardError);
        }
    }
}
