package org.aegishydra.replayer.verify;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.aegishydra.trader.TradingSettings;

/**
 * What a trial's JVM is told, as JSON on its standard input.
 *
 * @param variant the variant's name.
 * @param journal the recording's directory.
 * @param firstRecord the range's first record.
 * @param lastRecord the range's last record.
 * @param pace as {@code --pace} takes it.
 * @param settings of the engine.
 * @param directory an empty folder for what the trial writes.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TrialPlan(
        String variant,
        String journal,
        long firstRecord,
        long lastRecord,
        String pace,
        TradingSettings settings,
        String directory) {}
