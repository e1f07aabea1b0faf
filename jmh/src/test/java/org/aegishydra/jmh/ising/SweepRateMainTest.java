package org.aegishydra.jmh.ising;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.aegishydra.core.command.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepRateMainTest {
    @Test
    void shouldMeasureBothAndTheirRatio() throws IOException {
        final PrintStream before = System.out;
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertEquals(Program.DONE, Program.run(new SweepRateMain(), new String[] {"--rounds", "1", "--json"}));
        } finally {
            System.setOut(before);
        }
        final JsonNode figures = new ObjectMapper().readTree(printed.toString(StandardCharsets.UTF_8));
        final double median = figures.path("sweep_us_median").asDouble();
        final double plain = figures.path("plain_sweep_us_median").asDouble();
        assertTrue(median > 0 && figures.path("sweep_us_min").asDouble() <= median, figures::toString);
        assertEquals(plain / median, figures.path("times_plain").asDouble(), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rounds=0", "--rounds=many", "--temperature=0", "--temperature=NaN"})
    void shouldRefuseWhatItCannotMeasure(String option) {
        assertEquals(Program.WRONG_USAGE, Program.run(new SweepRateMain(), new String[] {option}));
    }
}
