package org.aegishydra.replayer.fixes;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aegishydra.core.command.UsageException;

/**
 * How often the forms before and seed do their periodic work. The defaults are those of the system that the fixes come from,
 * whose users turned them.
 *
 * @param logLines lines of the log between two writes, before.
 * @param seedLogLines the same, seed.
 * @param dumpSteps steps between two dumps of the state of the product that has just been decided, before.
 * @param seedDumpSteps the same, seed: a prime, which falls in step with nothing.
 * @param collectSteps steps between two full collections, before.
 * @param statusSteps steps between two status lines, before.
 * @param seedStatusSteps the same, seed.
 * @param cleanupUpdates updates of a side of a book between two rebuildings of its heap, seed.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record FixPeriods(
        int logLines,
        int seedLogLines,
        int dumpSteps,
        int seedDumpSteps,
        int collectSteps,
        int statusSteps,
        int seedStatusSteps,
        int cleanupUpdates) {
    /** Those of the system before. */
    public static final FixPeriods DEFAULT = new FixPeriods(100, 1_000, 500, 503, 1_000, 10, 100, 1_000);

    public FixPeriods {
        require("log-lines", logLines);
        require("seed-log-lines", seedLogLines);
        require("dump-steps", dumpSteps);
        require("seed-dump-steps", seedDumpSteps);
        require("collect-steps", collectSteps);
        require("status-steps", statusSteps);
        require("seed-status-steps", seedStatusSteps);
        require("cleanup-updates", cleanupUpdates);
    }

    /**
     * The same with some of them changed.
     *
     * @param changed by name, for example {@code dump-steps}.
     * @throws UsageException if there is none of a name.
     */
    public FixPeriods with(Map<String, Integer> changed) {
        final Map<String, Integer> all = new LinkedHashMap<>();
        all.put("log-lines", logLines);
        all.put("seed-log-lines", seedLogLines);
        all.put("dump-steps", dumpSteps);
        all.put("seed-dump-steps", seedDumpSteps);
        all.put("collect-steps", collectSteps);
        all.put("status-steps", statusSteps);
        all.put("seed-status-steps", seedStatusSteps);
        all.put("cleanup-updates", cleanupUpdates);
        changed.forEach((name, period) -> {
            if (all.replace(name, period) == null) {
                throw new UsageException(
                        "--period " + name + "=" + period + ": must be one of " + String.join(", ", all.keySet()));
            }
        });
        final int[] periods = all.values().stream().mapToInt(Integer::intValue).toArray();
        return new FixPeriods(
                periods[0], periods[1], periods[2], periods[3], periods[4], periods[5], periods[6], periods[7]);
    }

    private static void require(String name, int period) {
        if (period < 1) {
            throw new UsageException("--period " + name + "=" + period + ": must be 1 or more");
        }
    }
}
