package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.replayer.fixes.FixPeriods;
import org.aegishydra.replayer.trial.Injection;
import org.aegishydra.replayer.trial.TrialJvm;
import org.aegishydra.replayer.trial.TrialPlan;
import org.aegishydra.trader.TradingSettings;

/**
 * What a verification is asked: everything on which its trials depend, but for how many and how long they are.
 *
 * @param contenders what is compared, the first being what the others are compared with.
 * @param journal the recording's directory.
 * @param firstRecord the first record of the range.
 * @param lastRecord the last one.
 * @param settings of the engine, the same for all.
 * @param periods of the forms, the same for all.
 * @param jvm of the trials: its version, then its flags.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Question(
        List<Contender> contenders,
        String journal,
        long firstRecord,
        long lastRecord,
        TradingSettings settings,
        FixPeriods periods,
        List<String> jvm) {
    private static final long MOST_RUN_UP_RECORDS = 1_000;

    /** At most one record in so many is run-up. */
    private static final long LEAST_MEASURED_SHARE = 10;

    /**
     * One side of a comparison.
     *
     * @param name as it is shown.
     * @param forms the forms of the fixes: as {@link org.aegishydra.replayer.fixes.Variant#parse} takes them.
     * @param classPath of the build that runs it.
     * @param build tells one build at that class path from another.
     * @param injection a disturbance; null in any ordinary verification.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Contender(String name, String forms, String classPath, String build, Injection injection) {
        /** Of the build that lies at a class path by now. */
        static Contender of(String name, String forms, String classPath, Injection injection) {
            return new Contender(name, forms, classPath, Build.fingerprint(classPath), injection);
        }
    }

    /** A question to the JVM that runs now. */
    static Question of(
            List<Contender> contenders,
            String journal,
            long firstRecord,
            long lastRecord,
            TradingSettings settings,
            FixPeriods periods) {
        final List<String> jvm = new ArrayList<>(List.of(Runtime.version().toString()));
        jvm.addAll(TrialJvm.flags());
        return new Question(contenders, journal, firstRecord, lastRecord, settings, periods, jvm);
    }

    long records() {
        return lastRecord - firstRecord + 1;
    }

    /** How many of the records that a trial plays are its run-up. */
    static long runUpRecords(long played) {
        return 1 + Math.min(MOST_RUN_UP_RECORDS, (played - 1) / LEAST_MEASURED_SHARE);
    }

    /** A trial of it. */
    TrialPlan trial(Contender contender, int round, Schedule schedule, String directory) {
        return new TrialPlan(
                contender.name(),
                contender.forms(),
                round,
                journal,
                firstRecord,
                firstRecord - 1 + runUpRecords(schedule.lastRecord() - firstRecord + 1),
                schedule.lastRecord(),
                schedule.pace(),
                settings,
                periods,
                contender.injection(),
                directory);
    }
}
