package org.aegishydra.replayer.trial;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.aegishydra.replayer.fixes.FixPeriods;
import org.aegishydra.trader.TradingSettings;

/**
 * What a trial's JVM is told, as JSON on its standard input.
 *
 * @param variant the variant's name.
 * @param forms the variant's forms: as {@link org.aegishydra.replayer.fixes.Variant#parse} takes them.
 * @param round from 1; 0 for a pilot.
 * @param journal the recording's directory.
 * @param firstRecord the range's first record.
 * @param runUpRecord the last record of the run-up, which is played at full speed and not measured: the books' snapshots, and
 *     what follows them while everything is still cold.
 * @param lastRecord the range's last record.
 * @param pace as {@code --pace} takes it.
 * @param settings of the engine.
 * @param periods of the forms.
 * @param injection a disturbance that is added to learn what is found of it; null in any ordinary trial.
 * @param directory an empty folder for what the trial writes; the measured run's folder is {@code measured} in it.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TrialPlan(
        String variant,
        String forms,
        int round,
        String journal,
        long firstRecord,
        long runUpRecord,
        long lastRecord,
        String pace,
        TradingSettings settings,
        FixPeriods periods,
        Injection injection,
        String directory) {
    /** Where the trial's JVM logs its safepoints, in the folder. */
    static final String SAFEPOINTS = "safepoints.log";

    /** The measured run, in the folder. */
    public static final String MEASURED = "measured";
}
