package org.aegishydra.replayer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.core.run.RunSummary;
import org.junit.jupiter.api.Test;

/** What made-up trials come to. */
class VerdictTest {
    private static final String SAME = "00000000000000aa";
    private static final String OTHER = "00000000000000bb";

    private static Trial trial(String variant, String digest, long p50Ns, long p99Ns, long spikes) {
        final LatencyFigures loop = new LatencyFigures(20_000, p50Ns, p50Ns, p50Ns, p99Ns, p99Ns * 2, p99Ns * 3);
        return new Trial(
                variant,
                digest,
                new RunSummary.Decisions(40, 10, 5, 5, 20, 3, 2, 2, Map.of()),
                loop,
                loop,
                spikes,
                loop);
    }

    @Test
    void shouldCompareEachRoundWithTheFirstVariantsTrialOfTheSameRound() {
        final Verdict verdict = Verdict.of(List.of(
                List.of(
                        trial("legacy", SAME, 1000, 10_000, 20),
                        trial("legacy", SAME, 2000, 40_000, 10),
                        trial("legacy", SAME, 4000, 20_000, 30)),
                List.of(
                        trial("aegis", SAME, 500, 1000, 0),
                        trial("aegis", SAME, 500, 1000, 1),
                        trial("aegis", SAME, 3000, 1000, 2))));
        assertTrue(verdict.equal());
        assertEquals(3, verdict.rounds());
        final Verdict.VariantResult legacy = verdict.variants().get(0);
        assertEquals(new Spread(1, 1, 1), legacy.p50Ratio());
        assertEquals(new Spread(2000, 1000, 4000), legacy.p50Ns());
        assertEquals(new Spread(100, 50, 150), legacy.spikesPer100k());
        final Verdict.VariantResult aegis = verdict.variants().get(1);
        assertEquals("aegis", aegis.variant());
        assertEquals(40, aegis.decisions());
        assertEquals(new Spread(500, 500, 3000), aegis.p50Ns());
        assertEquals(new Spread(0.5, 0.25, 0.75), aegis.p50Ratio());
        assertEquals(new Spread(0.05, 0.025, 0.1), aegis.p99Ratio());
        assertEquals(new Spread(2000, 2000, 2000), aegis.p999Ns());
        assertEquals(new Spread(3000, 3000, 3000), aegis.maxNs());
        assertEquals(new Spread(5, 0, 10), aegis.spikesPer100k());
    }

    @Test
    void shouldCatchAVariantThatDecidesOtherwiseInAnyRound() {
        final Verdict verdict = Verdict.of(List.of(
                List.of(trial("legacy", SAME, 1, 1, 0), trial("legacy", SAME, 1, 1, 0)),
                List.of(trial("seed", SAME, 1, 1, 0), trial("seed", OTHER, 1, 1, 0)),
                List.of(trial("aegis", SAME, 1, 1, 0), trial("aegis", SAME, 1, 1, 0))));
        assertFalse(verdict.equal());
        assertEquals(
                List.of(true, false, true),
                verdict.variants().stream().map(Verdict.VariantResult::equal).toList());
        final List<String> rows = VerdictTable.of(verdict, 5).lines().toList();
        assertTrue(rows.get(1).matches("legacy +equal .*"), rows.get(1));
        assertTrue(rows.get(2).matches("seed +DIFFERS .*"), rows.get(2));
        assertTrue(rows.get(3).matches("aegis +equal .*"), rows.get(3));
        assertEquals(1, VerifyMain.exitCode(verdict));
    }

    @Test
    void shouldCatchAFirstVariantThatDoesNotAgreeWithItself() {
        final Verdict verdict = Verdict.of(List.of(
                List.of(trial("legacy", SAME, 1, 1, 0), trial("legacy", OTHER, 1, 1, 0)),
                List.of(trial("aegis", SAME, 1, 1, 0), trial("aegis", SAME, 1, 1, 0))));
        assertFalse(verdict.equal());
        assertFalse(verdict.variants().get(0).equal());
    }

    @Test
    void shouldBeDoneIfAllDecideTheSame() {
        final Verdict verdict = Verdict.of(List.of(
                List.of(trial("legacy", SAME, 1, 1, 0)), List.of(trial("aegis", SAME, 1_000_000, 1_000_000, 9))));
        assertEquals(0, VerifyMain.exitCode(verdict), "a slower variant is a figure, not a failure");
    }

    @Test
    void shouldSpreadValues() {
        assertEquals(new Spread(5, 5, 5), Spread.of(5));
        assertEquals(new Spread(2.5, 1, 4), Spread.of(4, 1, 3, 2));
        assertEquals(new Spread(3, -1, 9), Spread.of(9, -1, 3));
    }
}
