package org.aegishydra.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One run of {@code aegis inspect} in this JVM: its exit code and what it printed. */
record Inspection(int exitCode, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Inspection of(Path journal, String... options) {
        return run(Stream.concat(Stream.of("--journal", journal.toString()), Stream.of(options))
                .toList());
    }

    static Inspection run(List<String> arguments) {
        final ProgramRun run = ProgramRun.of(new InspectMain(), arguments.toArray(String[]::new));
        return new Inspection(run.exitCode(), run.out(), run.err());
    }

    JsonNode json() {
        try {
            return JSON.readTree(out);
        } catch (final IOException e) {
            throw new UncheckedIOException("no JSON: " + out, e);
        }
    }
}
