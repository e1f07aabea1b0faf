package org.aegishydra.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.latency.LatencyFigures;

/**
 * What {@code summary.json} of a run says.
 *
 * @param mode {@code live} or {@code replay}.
 * @param pace of a replay, for example {@code max}; {@code live} for a live run.
 * @param journal the market journal's directory.
 * @param resumptions how often the run was resumed in another process; latencies are those of the last one.
 * @param settings as the run was started with.
 * @param messages by kind, those that could not be used among them.
 * @param latency by stage; service times only, unless {@code Receive} is among them.
 * @param lateness how late the records of a paced replay were handed over against when they were due; null at max,
 *     live, and in summaries of before it was measured.
 * @param tradingThread how a live run's thread used its machine; null for a replay, and in summaries of before it was
 *     told.
 * @param noiseFloor how late a sleeping thread woke up during the run.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RunSummary(
        String mode,
        String pace,
        String journal,
        int resumptions,
        JsonNode settings,
        Range range,
        Map<String, Long> messages,
        long steps,
        Decisions decisions,
        Digest digest,
        Map<String, LatencyFigures> latency,
        LatencyFigures lateness,
        long spikes,
        double spikeThresholdMs,
        LatencyFigures noiseFloor,
        List<ProductResult> products,
        TradingThread tradingThread,
        Machine machine) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The records of the market journal that the run handled. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Range(
            long firstRecord,
            long lastRecord,
            long records,
            String firstEventTime,
            String lastEventTime,
            double seconds) {}

    /**
     * How many decisions of which sort there were.
     *
     * @param total records in all.
     * @param entries orders that open a position.
     * @param exits orders that close one.
     * @param multiLevelOrders orders filled at more than one level.
     * @param partialFills orders filled in part, the rest cancelled.
     * @param refusals by reason.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Decisions(
            long total,
            long orders,
            long entries,
            long exits,
            long fills,
            long multiLevelOrders,
            long partialFills,
            long cancels,
            Map<String, Long> refusals) {}

    /**
     * The run's digest with its key: two runs of the same key must have the same value.
     *
     * @param value over decisions and books, 16 hexadecimal digits.
     * @param settings a hash of every setting that decisions depend on.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Digest(
            String value,
            String decisions,
            String books,
            long firstRecord,
            long lastRecord,
            String settings,
            long seed) {}

    /**
     * What became of a product.
     *
     * @param live whether its book was live at the end.
     * @param blindSeconds of market time in which its book was not live, from its first appearance on.
     * @param blindPeriods how often that was; the time before the first snapshot counts, if there is any.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ProductResult(
            String product,
            boolean live,
            double blindSeconds,
            int blindPeriods,
            long levelUpdates,
            long trades,
            int scaleWidenings,
            String position,
            double capital,
            String cash) {}

    /**
     * What no decision depends on, and latencies do.
     *
     * @param idle what it did while nothing came.
     * @param cpu the one that it was bound to; null for none.
     * @param warmUpRecords how many records it was run on before the first that counts.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record TradingThread(String idle, Integer cpu, long warmUpRecords) {}

    /** Where it ran. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Machine(String jvm, String os, int cores, long maxHeapBytes, List<String> collectors) {
        /** This machine, this JVM. */
        public static Machine here() {
            return new Machine(
                    System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                    System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                            + System.getProperty("os.arch"),
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.getRuntime().maxMemory(),
                    java.lang.management.ManagementFactory.getGarbageCollectorMXBeans().stream()
                            .map(java.lang.management.GarbageCollectorMXBean::getName)
                            .toList());
        }
    }

    /** Writes the summary as JSON. */
    public void write(Path file) {
        try {
            Files.writeString(file, Program.toJson(this) + "\n");
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Reads a run's summary. */
    public static RunSummary read(Path file) {
        try {
            return JSON.readValue(file.toFile(), RunSummary.class);
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
