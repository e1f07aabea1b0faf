package org.aegishydra.core.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Timeout(60)
class StopSignalTest {
    /** Waits for the signal and then ends as it is told. */
    @Command(name = "stopped")
    public static final class StoppedProgram implements Callable<Integer> {
        @Parameters
        private int exitCode;

        public static void main(String[] args) {
            Program.main(new StoppedProgram(), args);
        }

        @Override
        public Integer call() throws InterruptedException {
            try (StopSignal stop = StopSignal.install()) {
                System.out.println("ready");
                while (!stop.isRaised()) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
                if (exitCode == Program.FAILED) {
                    throw new IllegalStateException("what was kept is not whole");
                }
            }
            return exitCode;
        }
    }

    private static String outputOfStopped(int exitCode) throws Exception {
        final Process program = new ProcessBuilder(JvmFlags.command(
                        JvmFlags.aegisHome(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoppedProgram.class.getName(),
                        Integer.toString(exitCode)))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("ready", output.readLine());
            // Process.destroy() would close the output as well.
            program.toHandle().destroy();
            final String rest = String.join("\n", output.lines().toList());
            assertEquals(exitCode, program.waitFor(), rest);
            return rest;
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void shouldEndCleanlyIfTheProgramDoes() throws Exception {
        assertEquals("", outputOfStopped(Program.DONE));
    }

    @Test
    void shouldTellAFailureAfterTheSignalAndEndWithItsExitCode() throws Exception {
        final String said = outputOfStopped(Program.FAILED);
        assertTrue(said.contains("what was kept is not whole"), said);
    }
}
