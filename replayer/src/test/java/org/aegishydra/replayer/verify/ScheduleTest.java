package org.aegishydra.replayer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.latency.LatencyFigures;
import org.aegishydra.core.run.RunSummary;
import org.aegishydra.replayer.Pace;
import org.aegishydra.replayer.fixes.FixPeriods;
import org.aegishydra.replayer.trial.Timeline;
import org.aegishydra.replayer.trial.Trial;
import org.aegishydra.trader.TradingSettings;
import org.aegishydra.trader.paper.RiskSettings;
import org.junit.jupiter.api.Test;

/** What a budget is divided into. The pilots' records took 10 µs and 40 µs, behind a run-up of 1,000, and their JVMs 1 s besides. */
class ScheduleTest {
    private static final int PILOT_RECORDS = 10_000;
    private static final double HOUR = 3_600;

    static final TradingSettings SETTINGS = new TradingSettings(
            "order-flow", Map.of(), 1, 100, 5, 3, new RiskSettings(10, 5, 100), List.of(), 1, 5, false);

    private static Question question(long records) {
        return Question.of(
                List.of(
                        new Question.Contender("aegis", "aegis", "x", "", null),
                        new Question.Contender("legacy", "legacy", "x", "", null)),
                "journal",
                101,
                100 + records,
                SETTINGS,
                FixPeriods.DEFAULT);
    }

    private static Trial pilot(double seconds) {
        final LatencyFigures none = new LatencyFigures(1, 1, 1, 1, 1, 1, 1);
        return new Trial(
                "x",
                "x",
                0,
                "",
                new RunSummary.Decisions(0, 0, 0, 0, 0, 0, 0, 0, Map.of()),
                PILOT_RECORDS,
                seconds,
                1,
                none,
                null,
                Map.of(),
                0,
                List.of(),
                new Timeline(1, 1, List.of(), List.of()),
                none,
                List.of(),
                Map.of(),
                List.of(),
                2 * seconds + 1);
    }

    private static final List<Trial> PILOTS = List.of(pilot(0.09), pilot(0.36));

    private static Schedule schedule(long records, Pace pace, double budgetSeconds, int rounds) {
        return Schedule.of(question(records), PILOTS, PILOT_RECORDS, HOUR, pace, budgetSeconds, rounds);
    }

    @Test
    void shouldTakeTheFastestPaceThatLeavesTheSlowestIdle() {
        // A record takes the slowest 40 µs; the recording has one in 36 ms: 900 times as many, of which a fifth.
        assertEquals("180x", schedule(100_000, null, 1_000, 0).pace());
        assertEquals("50x", schedule(100_000, new Pace(50), 1_000, 0).pace());
    }

    @Test
    void shouldTakeFullSpeedWhereThereIsNoTimeBetweenTheRecords() {
        assertEquals(
                "max", Schedule.of(question(50), PILOTS, 50, 0, null, 1_000, 0).pace());
    }

    @Test
    void shouldFillTheBudget() {
        // A round of all records at full speed takes 2 + 2 x 5 s.
        final Schedule all = schedule(100_000, Pace.MAX, 130, 0);
        assertEquals(100_100, all.lastRecord());
        assertEquals(12, all.roundSeconds(), 1e-9);
        assertEquals(10, all.rounds());
        assertEquals(20, schedule(100_000, Pace.MAX, 245, 0).rounds());
        assertEquals(
                Schedule.MOST_BUDGETED_ROUNDS,
                schedule(100_000, Pace.MAX, 10_000, 0).rounds());
    }

    @Test
    void shouldPlayLessOfTheRangeWhereTheBudgetIsSmall() {
        final Schedule part = schedule(100_000, Pace.MAX, 70, 0);
        assertEquals(10, part.rounds());
        assertEquals(7, part.roundSeconds(), 0.001);
        assertEquals(50_100, (double) part.lastRecord(), 1.0);
        final Schedule few = schedule(100_000, Pace.MAX, 20, 0);
        assertTrue(few.rounds() >= Schedule.LEAST_ROUNDS && few.rounds() < 10, "rounds " + few.rounds());
    }

    @Test
    void shouldKeepTheRoundsThatWereAskedFor() {
        assertEquals(3, schedule(100_000, Pace.MAX, Double.MAX_VALUE, 3).rounds());
        assertEquals(100_100, schedule(100_000, Pace.MAX, Double.MAX_VALUE, 3).lastRecord());
        assertEquals(25_100, (double) schedule(100_000, Pace.MAX, 13.5, 3).lastRecord(), 1.0);
    }

    @Test
    void shouldSayHowLongItWouldTakeAtLeast() {
        final String message = assertThrows(UsageException.class, () -> schedule(100_000, Pace.MAX, 10, 0))
                .getMessage();
        assertTrue(
                message.startsWith("the budget leaves 10 s for the rounds, and 6 rounds of 2 variants need 14 s"),
                message);
        final String gone = assertThrows(UsageException.class, () -> schedule(100_000, Pace.MAX, -170, 0))
                .getMessage();
        assertTrue(gone.startsWith("the budget leaves 0 s for the rounds"), gone);
    }

    @Test
    void shouldSaySoAsSoonAsAFewPilotsTell() {
        final List<Trial> first = PILOTS.subList(1, 2);
        // Six times 1 s and twice 2,000 records of 40 us.
        Schedule.requireEnough(question(100_000), first, PILOT_RECORDS, 7, 0);
        Schedule.requireEnough(question(100_000), first, PILOT_RECORDS, 2, 1);
        final String message = assertThrows(
                        UsageException.class,
                        () -> Schedule.requireEnough(question(100_000), first, PILOT_RECORDS, 6.9, 0))
                .getMessage();
        assertTrue(message.contains("6 rounds of the first 1 of 2 variants need 7 s at least"), message);
    }

    @Test
    void shouldKeepPilotsToAShareOfTheBudget() {
        // A quarter of 40 s, for two contenders that play each record twice, at half a millisecond.
        assertEquals(5_000, Schedule.pilotRecords(question(100_000), 40));
        assertEquals(2_000, Schedule.pilotRecords(question(100_000), 2));
        assertEquals(50_000, Schedule.pilotRecords(question(100_000), Double.MAX_VALUE));
        assertEquals(300, Schedule.pilotRecords(question(300), 40));
    }
}
