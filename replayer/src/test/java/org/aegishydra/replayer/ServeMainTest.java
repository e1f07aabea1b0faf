package org.aegishydra.replayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.command.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServeMainTest {
    @Test
    void shouldSayWhereItServesAndEndCleanlyOnASignal() throws Exception {
        final Process server = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + Path.of(System.getProperty("aegis.home"), "jvm.flags"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServeMain.class.getName(),
                        "--synthetic",
                        "--port",
                        "0"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            final String line = output.readLine();
            assertTrue(line != null && line.matches("serving ws://127\\.0\\.0\\.1:\\d+/"), line);
            server.destroy();
            assertTrue(server.waitFor(30, TimeUnit.SECONDS));
            assertEquals(Program.DONE, server.exitValue());
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void shouldRefuseWrongOptions() {
        assertEquals(Program.WRONG_USAGE, Program.run(new ServeMain(), new String[] {}));
        for (final String[] wrong : new String[][] {
            {"--port", "70000"},
            {"--pace", "fast"},
            {"--duration", "5"},
            {"--product", "XYZ-USD"},
            {"--rate", "0"},
            {"--journal", "/tmp"}
        }) {
            assertEquals(
                    Program.WRONG_USAGE,
                    Program.run(new ServeMain(), new String[] {"--synthetic", wrong[0], wrong[1]}),
                    wrong[0]);
        }
    }
}
