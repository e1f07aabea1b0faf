package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Locale;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.replayer.Pace;
import org.aegishydra.replayer.statistics.PairedRatio;
import org.aegishydra.replayer.trial.Trial;

/**
 * How long and how often a verification tries.
 *
 * @param pace as {@code --pace} takes it.
 * @param lastRecord the last record that each trial plays.
 * @param rounds trials of each contender.
 * @param roundSeconds about how long a round takes; 0 if that is not known beforehand.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Schedule(String pace, long lastRecord, int rounds, double roundSeconds) {
    /**
     * Fewer make no claim. With 6 and with 7, rounds that all agree are chance in 3.1% and in 1.6%: the sign-flip test then demands
     * that they do, and Student's t alone keeps the 1%.
     */
    static final int LEAST_ROUNDS = 6;

    /** As many as a budget is divided into, if each can be long enough then. */
    static final int USUAL_ROUNDS = 10;

    /** More say hardly more; a budget that allows for them is better spent on longer trials. */
    static final int MOST_BUDGETED_ROUNDS = 30;

    /** The statistics take no more. */
    static final int MOST_ROUNDS = PairedRatio.MOST_ROUNDS;

    /** As many records as a pilot plays at most. */
    private static final int MOST_PILOT_RECORDS = 50_000;

    /** The share of a budget that pilots may take, the starts of their JVMs left out. */
    private static final double PILOT_SHARE = 0.25;

    /** What a pilot's record is taken to cost, before anything is known: more than any variant's on a fit machine. */
    private static final double PILOT_RECORD_SECONDS = 5e-4;

    /** A trial of fewer has no tail to speak of. */
    private static final int LEAST_RECORDS = 2_000;

    /** Above this, a step waits for those before it so often that the waiting is what is measured. */
    static final double MOST_BUSY_SHARE = 0.3;

    /** What is aimed at, since no two trials are busy for exactly as long. */
    private static final double AIMED_BUSY_SHARE = 0.2;

    /** A trial plays its records to warm up, and again. */
    private static final int PLAYS = 2;

    /** A record that nothing was measured of costs so much at least. */
    private static final double LEAST_RECORD_SECONDS = 1e-7;

    /** What pilots tell of a round of those that were tried: seconds. */
    private record Cost(double slowestRecord, double recordOfEach, double fixed) {
        static Cost of(List<Trial> pilots, long pilotRecords) {
            final long measuredRecords = Math.max(1, pilotRecords - Question.runUpRecords(pilotRecords));
            double slowest = LEAST_RECORD_SECONDS;
            double ofEach = 0;
            double fixed = 0;
            for (final Trial pilot : pilots) {
                final double perRecord = Math.max(LEAST_RECORD_SECONDS, pilot.measuredSeconds() / measuredRecords);
                slowest = Math.max(slowest, perRecord);
                ofEach += perRecord;
                fixed += Math.max(0, pilot.wallSeconds() - PLAYS * pilot.measuredSeconds());
            }
            return new Cost(slowest, ofEach, fixed);
        }
    }

    /**
     * How many records each pilot plays, so that all of them take no more than a share of the budget.
     *
     * @param budgetSeconds for everything; {@link Double#MAX_VALUE} if there is no limit.
     */
    static long pilotRecords(Question question, double budgetSeconds) {
        final double affordable =
                PILOT_SHARE * budgetSeconds / question.contenders().size() / (PLAYS * PILOT_RECORD_SECONDS);
        return Math.min(question.records(), (long) Math.min(MOST_PILOT_RECORDS, Math.max(LEAST_RECORDS, affordable)));
    }

    /**
     * Refuses a budget that cannot do, as soon as the pilots that there are tell.
     *
     * @param pilots of the first contenders, or of all.
     * @param budgetSeconds what is left for the rounds.
     */
    static void requireEnough(
            Question question, List<Trial> pilots, long pilotRecords, double budgetSeconds, int wantedRounds) {
        final Cost cost = Cost.of(pilots, pilotRecords);
        requireEnough(
                question,
                pilots.size(),
                cost.fixed() + PLAYS * cost.recordOfEach() * leastRecords(question),
                budgetSeconds,
                wantedRounds);
    }

    private static void requireEnough(
            Question question, int tried, double leastRoundSeconds, double budgetSeconds, int wantedRounds) {
        final int fewest = wantedRounds > 0 ? wantedRounds : LEAST_ROUNDS;
        if (budgetSeconds < fewest * leastRoundSeconds) {
            final int all = question.contenders().size();
            throw new UsageException(String.format(
                    Locale.ROOT,
                    "the budget leaves %.0f s for the rounds, and %d rounds of %s variants need %.0f s at least: give more "
                            + "time by --budget, or compare fewer variants",
                    Math.max(0, budgetSeconds),
                    fewest,
                    tried == all ? Integer.toString(all) : "the first " + tried + " of " + all,
                    Math.ceil(fewest * leastRoundSeconds)));
        }
    }

    private static long leastRecords(Question question) {
        return Math.min(LEAST_RECORDS, question.records());
    }

    /**
     * What a budget allows for.
     *
     * @param question what is asked.
     * @param pilots a trial of each contender at full speed.
     * @param pilotRecords how many records each of them played.
     * @param eventSeconds the time between the range's first record and its last.
     * @param pace the pace, or null for the fastest at which no contender is busy for more than about {@value #AIMED_BUSY_SHARE} of the time.
     * @param budgetSeconds what is left for the rounds.
     * @param wantedRounds how many rounds, or 0 for as many as fit.
     */
    static Schedule of(
            Question question,
            List<Trial> pilots,
            long pilotRecords,
            double eventSeconds,
            Pace pace,
            double budgetSeconds,
            int wantedRounds) {
        final double eventSecondsPerRecord = eventSeconds / question.records();
        final Cost cost = Cost.of(pilots, pilotRecords);
        final Pace chosen = pace == null ? quietPace(eventSecondsPerRecord, cost.slowestRecord()) : pace;
        final double warmUp = cost.recordOfEach();
        final double measured =
                chosen.isMax() ? warmUp : Math.max(warmUp, pilots.size() * eventSecondsPerRecord / chosen.speed());
        final double perRecord = warmUp + measured;
        final long least = leastRecords(question);
        requireEnough(question, pilots.size(), cost.fixed() + perRecord * least, budgetSeconds, wantedRounds);
        final int usual = wantedRounds > 0 ? wantedRounds : USUAL_ROUNDS;
        final double affordable = (budgetSeconds / usual - cost.fixed()) / perRecord;
        final long records = Math.min(question.records(), Math.max((long) affordable, least));
        final double roundSeconds = cost.fixed() + perRecord * records;
        final int rounds = wantedRounds > 0
                ? wantedRounds
                : (int) Math.max(LEAST_ROUNDS, Math.min(MOST_BUDGETED_ROUNDS, budgetSeconds / roundSeconds));
        return new Schedule(chosen.toString(), question.firstRecord() + records - 1, rounds, roundSeconds);
    }

    /** Whether trials of the two may stand side by side: only their rounds differ. */
    boolean playsAs(Schedule other) {
        return pace.equals(other.pace) && lastRecord == other.lastRecord;
    }

    /** For a person. */
    String played() {
        return String.format(Locale.ROOT, "at pace %s up to record %,d", pace, lastRecord);
    }

    /** To two digits, downwards; full speed where there is no time between the records. */
    private static Pace quietPace(double eventSecondsPerRecord, double slowestSecondsPerRecord) {
        final double most = AIMED_BUSY_SHARE * eventSecondsPerRecord / slowestSecondsPerRecord;
        if (most <= 0) {
            return Pace.MAX;
        }
        final double unit = Math.pow(10, Math.floor(Math.log10(most)) - 1);
        final double rounded = Math.floor(most / unit + 1e-9) * unit;
        // The pace's text has six decimals and six digits before them.
        final double kept = Math.min(999_999, Math.max(0.01, Math.round(rounded * 100) / 100.0));
        return new Pace(kept);
    }
}
