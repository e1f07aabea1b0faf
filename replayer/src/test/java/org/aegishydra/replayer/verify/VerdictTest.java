package org.aegishydra.replayer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.replayer.trial.Timeline;
import org.aegishydra.replayer.trial.Trial;
import org.aegishydra.replayer.verify.Comparison.Finding;
import org.junit.jupiter.api.Test;

/** What made-up trials come to. */
class VerdictTest {
    private static final String SAME = "00000000000000aa";
    private static final String OTHER = "00000000000000bb";
    private static final Verdict.Differences SOMEWHERE = (first, second) -> "at record 7: " + first + " | " + second;
    private static final int ROUNDS = 10;

    private static LatencyFigures figures(long meanNs, long p99Ns) {
        return new LatencyFigures(20_000, meanNs, meanNs, meanNs, p99Ns, p99Ns * 2, p99Ns * 3);
    }

    private static Trial trial(String variant, int round, String digest, long meanNs, long p99Ns, long spikes) {
        return trial(variant, round, digest, figures(meanNs, p99Ns), spikes, figures(1, 1));
    }

    private static Trial trial(
            String variant, int round, String digest, LatencyFigures service, long spikes, LatencyFigures noise) {
        final Histogram histogram = new Histogram(3);
        histogram.recordValue(service.p99Ns());
        final ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        final int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        final String encoded = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
        return new Trial(
                variant,
                variant,
                round,
                digest,
                new RunSummary.Decisions(40, 10, 5, 5, 20, 3, 2, 2, Map.of()),
                20_000,
                1,
                0.2,
                service,
                null,
                Map.of(),
                spikes,
                List.of(),
                new Timeline(1, 1, List.of(), List.of()),
                noise,
                List.of(),
                Map.of("service", encoded, "noise", encoded),
                List.of(),
                2);
    }

    /** Trials that differ from round to round by some percent, as those of a machine do. */
    private static List<Trial> trials(String variant, String digest, long meanNs, long p99Ns, long spikes) {
        final List<Trial> trials = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            final int percent = 100 + (round * 7 + variant.length() * 5) % 11;
            trials.add(
                    trial(variant, round, digest, meanNs * percent / 100, p99Ns * percent / 100, spikes + round % 3));
        }
        return trials;
    }

    private static Comparison comparison(Verdict verdict, String variant, Metric metric) {
        return verdict.comparisons().stream()
                .filter(each -> each.variant().equals(variant) && each.metric() == metric)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldClaimWhatAllRoundsShow() {
        final Verdict verdict = Verdict.of(
                List.of(
                        trials("legacy", SAME, 10_000, 100_000, 50),
                        trials("seed", SAME, 10_100, 300_000, 50),
                        trials("aegis", SAME, 5_000, 20_000, 0)),
                SOMEWHERE,
                false);
        assertTrue(verdict.equal());
        assertEquals(ROUNDS, verdict.rounds());
        assertEquals(8, verdict.comparisons().size());
        for (final Metric metric : Metric.values()) {
            final Comparison aegis = comparison(verdict, "aegis", metric);
            assertEquals(Finding.IMPROVED, aegis.verdict(), metric.key());
            assertTrue(aegis.high() < 1 && aegis.low() < aegis.ratio() && aegis.ratio() < aegis.high());
            assertTrue(aegis.adjustedPValue() >= aegis.pValue());
        }
        assertEquals(0.5, comparison(verdict, "aegis", Metric.MEAN).ratio(), 0.05);
        assertEquals(Finding.WORSE, comparison(verdict, "seed", Metric.P99).verdict());
        assertEquals(
                Finding.NO_EFFECT_SHOWN,
                comparison(verdict, "seed", Metric.MEAN).verdict());
        assertTrue(comparison(verdict, "seed", Metric.MEAN).smallestEffect() > 0.01);
    }

    @Test
    void shouldClaimManySpikesMoreThoughAllRoundsHaveAsMany() {
        final List<Trial> none = new ArrayList<>();
        final List<Trial> many = new ArrayList<>();
        final List<Trial> one = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            none.add(trial("aegis", round, SAME, 1_000, 10_000 + round, 0));
            many.add(trial("aegis-2", round, SAME, 1_000, 10_000 + round % 3, 17));
            one.add(trial("aegis-3", round, SAME, 1_000, 10_000 + round % 4, 1));
        }
        final Verdict verdict = Verdict.of(List.of(none, many, one), SOMEWHERE, false);
        assertEquals(
                Finding.WORSE, comparison(verdict, "aegis-2", Metric.SPIKES).verdict());
        assertEquals(
                Finding.NO_EFFECT_SHOWN,
                comparison(verdict, "aegis-3", Metric.SPIKES).verdict(),
                "one spike a trial proves nothing");
    }

    @Test
    void shouldSayThatTheMachineIsTooNoisyWhereASleepingThreadIsAsLate() {
        final List<Trial> before = new ArrayList<>();
        final List<Trial> after = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            final LatencyFigures noise = figures(100_000, 9_000_000);
            before.add(trial("legacy", round, SAME, figures(1_000, 1_000_000 + round % 4 * 50_000), 1, noise));
            after.add(trial("aegis", round, SAME, figures(1_000, 1_000_000 + round % 3 * 50_000), 1, noise));
        }
        final Verdict verdict = Verdict.of(List.of(before, after), SOMEWHERE, false);
        assertEquals(
                Finding.MACHINE_TOO_NOISY,
                comparison(verdict, "aegis", Metric.P99).verdict());
        assertEquals(
                Finding.NO_EFFECT_SHOWN,
                comparison(verdict, "aegis", Metric.MEAN).verdict());
    }

    @Test
    void shouldGiveNoVerdictOnAVariantThatDecidesOtherwiseInAnyRound() {
        final List<Trial> seed = new ArrayList<>(trials("seed", SAME, 100, 1_000, 0));
        seed.set(4, trial("seed", 5, OTHER, 100, 1_000, 0));
        final Verdict verdict = Verdict.of(
                List.of(trials("legacy", SAME, 10_000, 100_000, 50), seed, trials("aegis", SAME, 5_000, 20_000, 0)),
                SOMEWHERE,
                false);
        assertFalse(verdict.equal());
        assertEquals(
                List.of(true, false, true),
                verdict.contenders().stream().map(ContenderResult::equal).toList());
        assertEquals("at record 7: legacy | seed", verdict.contenders().get(1).firstDifference());
        assertNull(verdict.contenders().get(2).firstDifference());
        assertTrue(
                verdict.comparisons().stream().allMatch(each -> each.variant().equals("aegis")));
        final List<String> rows = VerdictTable.of(verdict, 5).lines().toList();
        assertTrue(rows.get(1).matches("legacy +equal .*"), rows.get(1));
        assertTrue(rows.get(2).matches("seed +DIFFERS .*"), rows.get(2));
        assertTrue(rows.contains(
                "seed decides something else, so its latencies get no verdict: at record 7: legacy | seed"));
        assertEquals(1, VerifyMain.exitCode(verdict));
    }

    @Test
    void shouldGiveNoVerdictWhereTheFirstVariantDoesNotAgreeWithItself() {
        final List<Trial> legacy = new ArrayList<>(trials("legacy", SAME, 10_000, 100_000, 50));
        legacy.set(0, trial("legacy", 1, OTHER, 100, 1_000, 0));
        final Verdict verdict = Verdict.of(List.of(legacy, trials("aegis", SAME, 5_000, 20_000, 0)), SOMEWHERE, false);
        assertFalse(verdict.equal());
        assertEquals(List.of(), verdict.comparisons());
    }

    @Test
    void shouldCompareEachFixWithTheEndThatItWasSwitchedAt() {
        final Verdict verdict = Verdict.of(
                List.of(
                        trials("legacy", SAME, 10_000, 100_000, 50),
                        trials("aegis", SAME, 5_000, 20_000, 0),
                        trials("legacy+1", SAME, 9_000, 50_000, 20),
                        trials("aegis-1", SAME, 6_000, 40_000, 9)),
                SOMEWHERE,
                true);
        final Verdict.FixContribution first = verdict.ablation().get(0);
        assertEquals(1, first.fix());
        assertEquals(
                List.of("legacy"),
                first.fromLegacy().stream().map(Comparison::against).distinct().toList());
        assertEquals(
                List.of("aegis"),
                first.fromAegis().stream().map(Comparison::against).distinct().toList());
        assertEquals(2, comparison(verdict, "aegis-1", Metric.P99).ratio(), 0.2);
        assertTrue(VerdictTable.of(verdict, 5).contains("no synchronous disk I/O"));
    }

    @Test
    void shouldClaimNothingFromTwoRounds() {
        final Verdict verdict = Verdict.of(
                List.of(
                        trials("legacy", SAME, 10_000, 100_000, 50).subList(0, 2),
                        trials("aegis", SAME, 1, 2, 0).subList(0, 2)),
                SOMEWHERE,
                false);
        assertEquals(List.of(), verdict.comparisons());
        assertEquals(0, VerifyMain.exitCode(verdict));
    }

    @Test
    void shouldFailADigestOverNothing() {
        final Trial nothing = new Trial(
                "legacy",
                "legacy",
                1,
                SAME,
                new RunSummary.Decisions(0, 0, 0, 0, 0, 0, 0, 0, Map.of()),
                10,
                1,
                0.1,
                figures(1, 1),
                null,
                Map.of(),
                0,
                List.of(),
                new Timeline(1, 1, List.of(), List.of()),
                figures(1, 1),
                List.of(),
                trial("legacy", 1, SAME, 1, 1, 0).histograms(),
                List.of(),
                1);
        assertEquals(1, VerifyMain.exitCode(Verdict.of(List.of(List.of(nothing)), SOMEWHERE, false)));
    }
}
