package org.aegishydra.replayer.verify;

import static org.aegishydra.replayer.verify.MadeUpTrials.figures;
import static org.aegishydra.replayer.verify.MadeUpTrials.trial;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.replayer.trial.Trial;
import org.aegishydra.replayer.verify.Comparison.Finding;
import org.junit.jupiter.api.Test;

/** What made-up trials come to. */
class VerdictTest {
    private static final String SAME = "00000000000000aa";
    private static final String OTHER = "00000000000000bb";
    private static final Verdict.Differences SOMEWHERE =
            (first, second) -> "at record 7: " + first.variant() + " | " + second.variant();
    private static final int ROUNDS = MadeUpTrials.ROUNDS;
    private static final LatencyFigures QUIET = figures(1, 1);

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
                        MadeUpTrials.of("legacy", SAME, 10_000, 100_000, 50),
                        MadeUpTrials.of("seed", SAME, 10_100, 300_000, 50),
                        MadeUpTrials.of("aegis", SAME, 5_000, 20_000, 0)),
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

    private static Verdict verdictWithNoise(int noisyRounds) {
        final List<Trial> before = new ArrayList<>();
        final List<Trial> after = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            final LatencyFigures noise = round <= noisyRounds ? figures(100_000, 9_000_000) : QUIET;
            before.add(withNoise("legacy", round, figures(1_000, 1_000_000 + round % 4 * 50_000), noise));
            after.add(withNoise("aegis", round, figures(1_000, 1_000_000 + round % 3 * 50_000), noise));
        }
        return Verdict.of(List.of(before, after), SOMEWHERE, false);
    }

    private static Trial withNoise(String variant, int round, LatencyFigures service, LatencyFigures noise) {
        return MadeUpTrials.trial(variant, round, SAME, service, 1, noise, MadeUpTrials.DECISIONS);
    }

    @Test
    void shouldSayThatTheMachineIsTooNoisyWhereASleepingThreadIsAsLateInMostRounds() {
        for (final int noisyRounds : new int[] {ROUNDS, ROUNDS / 2 + 1}) {
            final Verdict verdict = verdictWithNoise(noisyRounds);
            assertEquals(
                    Finding.MACHINE_TOO_NOISY,
                    comparison(verdict, "aegis", Metric.P99).verdict(),
                    noisyRounds + " noisy rounds");
            assertEquals(
                    Finding.NO_EFFECT_SHOWN,
                    comparison(verdict, "aegis", Metric.MEAN).verdict());
        }
        assertEquals(
                Finding.NO_EFFECT_SHOWN,
                comparison(verdictWithNoise(ROUNDS / 2), "aegis", Metric.P99).verdict());
    }

    @Test
    void shouldGiveNoVerdictOnAVariantThatDecidesOtherwiseInAnyRound() {
        final List<Trial> seed = new ArrayList<>(MadeUpTrials.of("seed", SAME, 100, 1_000, 0));
        seed.set(4, trial("seed", 5, OTHER, 100, 1_000, 0));
        final Verdict verdict = Verdict.of(
                List.of(
                        MadeUpTrials.of("legacy", SAME, 10_000, 100_000, 50),
                        seed,
                        MadeUpTrials.of("aegis", SAME, 5_000, 20_000, 0)),
                SOMEWHERE,
                false);
        assertFalse(verdict.equal());
        assertEquals(
                List.of(true, false, true),
                verdict.contenders().stream().map(ContenderResult::equal).toList());
        assertEquals(
                "its round 5 differs from its round 1, at record 7: seed | seed",
                verdict.contenders().get(1).firstDifference());
        assertNull(verdict.contenders().get(2).firstDifference());
        assertTrue(
                verdict.comparisons().stream().allMatch(each -> each.variant().equals("aegis")));
        final List<String> rows = VerdictTable.of(verdict, 5).lines().toList();
        assertTrue(rows.get(1).matches("legacy +equal .*"), rows.get(1));
        assertTrue(rows.get(2).matches("seed +DIFFERS .*"), rows.get(2));
        assertTrue(rows.contains(
                "seed decides something else, so its latencies get no verdict: its round 5 differs from its round 1, "
                        + "at record 7: seed | seed"));
        assertEquals(1, VerifyMain.exitCode(verdict));
    }

    @Test
    void shouldGiveNoVerdictWhereTheFirstVariantDoesNotAgreeWithItself() {
        final List<Trial> legacy = new ArrayList<>(MadeUpTrials.of("legacy", SAME, 10_000, 100_000, 50));
        legacy.set(0, trial("legacy", 1, OTHER, 100, 1_000, 0));
        final Verdict verdict =
                Verdict.of(List.of(legacy, MadeUpTrials.of("aegis", SAME, 5_000, 20_000, 0)), SOMEWHERE, false);
        assertFalse(verdict.equal());
        assertEquals(List.of(), verdict.comparisons());
        assertEquals(
                "its round 2 differs from its round 1, at record 7: legacy | legacy",
                verdict.contenders().get(0).firstDifference());
        assertEquals("at record 7: legacy | aegis", verdict.contenders().get(1).firstDifference());
    }

    @Test
    void shouldCompareEachFixWithTheEndThatItWasSwitchedAt() {
        final Verdict verdict = Verdict.of(
                List.of(
                        MadeUpTrials.of("legacy", SAME, 10_000, 100_000, 50),
                        MadeUpTrials.of("aegis", SAME, 5_000, 20_000, 0),
                        MadeUpTrials.of("legacy+1", SAME, 9_000, 50_000, 20),
                        MadeUpTrials.of("aegis-1", SAME, 6_000, 40_000, 9)),
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
    void shouldClaimNothingFromFewerThanSixRoundsHoweverWellTheyAgree() {
        for (int rounds = 3; rounds <= Schedule.LEAST_ROUNDS; rounds++) {
            final List<Trial> before = new ArrayList<>();
            final List<Trial> after = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                before.add(trial("legacy", round, SAME, 10_000_000 + round, 100_000_000 + round, 50));
                after.add(trial("aegis", round, SAME, 1_000, 2_000, 0));
            }
            final Verdict verdict = Verdict.of(List.of(before, after), SOMEWHERE, false);
            final Comparison mean = comparison(verdict, "aegis", Metric.MEAN);
            if (rounds < Schedule.LEAST_ROUNDS) {
                assertEquals(Finding.NO_EFFECT_SHOWN, mean.verdict(), rounds + " rounds");
                assertNull(mean.smallestEffect(), "they would have shown none");
                assertEquals(Schedule.LEAST_ROUNDS, mean.roundsNeeded());
            } else {
                assertEquals(Finding.IMPROVED, mean.verdict(), rounds + " rounds");
            }
        }
    }

    @Test
    void shouldNotAskForMoreRoundsThanAVerificationTakes() {
        final List<Trial> before = new ArrayList<>();
        final List<Trial> after = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            before.add(trial("legacy", round, SAME, 10_000 + round % 2 * 5_000, 100_000, 50));
            after.add(trial("aegis", round, SAME, 10_300 + round / 2 % 2 * 5_000, 100_000, 50));
        }
        final Verdict verdict = Verdict.of(List.of(before, after), SOMEWHERE, false);
        final Integer needed = comparison(verdict, "aegis", Metric.MEAN).roundsNeeded();
        assertTrue(needed == null || needed > Schedule.MOST_ROUNDS, "rounds " + needed);
        final String row = VerdictTable.of(verdict, 5)
                .lines()
                .filter(line -> line.contains(" mean "))
                .filter(line -> line.startsWith("aegis"))
                .findFirst()
                .orElseThrow();
        assertTrue(row.endsWith("over 40"), row);
    }

    @Test
    void shouldClaimNothingFromTwoRounds() {
        final Verdict verdict = Verdict.of(
                List.of(
                        MadeUpTrials.of("legacy", SAME, 10_000, 100_000, 50).subList(0, 2),
                        MadeUpTrials.of("aegis", SAME, 1, 2, 0).subList(0, 2)),
                SOMEWHERE,
                false);
        assertEquals(List.of(), verdict.comparisons());
        assertEquals(0, VerifyMain.exitCode(verdict));
    }

    @Test
    void shouldFailADigestOverNothingAndCompareNothing() {
        final List<Trial> before = new ArrayList<>();
        final List<Trial> after = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            before.add(MadeUpTrials.trial(
                    "legacy", round, SAME, figures(10_000, 100_000), 5, QUIET, MadeUpTrials.NO_DECISIONS));
            after.add(MadeUpTrials.trial(
                    "aegis", round, SAME, figures(1_000, 10_000 + round), 0, QUIET, MadeUpTrials.NO_DECISIONS));
        }
        final Verdict verdict = Verdict.of(List.of(before, after), SOMEWHERE, false);
        assertEquals(List.of(), verdict.comparisons(), "no claim on digests over nothing");
        assertEquals(1, VerifyMain.exitCode(verdict));
    }
}
