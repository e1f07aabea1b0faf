package org.aegishydra.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import org.aegishydra.analysis.FirstFew.Findings;

/**
 * What {@link GapFinder} found.
 *
 * @param missingMessages the sum over all sequence holes.
 * @param factsByKind how many facts of loss there are of each kind.
 * @param missingTradesByProduct the sum over each product's trade id holes. For information: the exchange may skip ids.
 * @param longestSilence null in a journal of fewer than two records.
 */
@JsonNaming(SnakeCaseStrategy.class)
record GapReport(
        long missingMessages,
        Findings<SequenceHole> sequenceHoles,
        Findings<SequenceStepBack> sequenceStepsBack,
        Map<String, Long> factsByKind,
        Findings<LossFact> facts,
        Map<String, Long> missingTradesByProduct,
        Findings<TradeHole> tradeIdHoles,
        Silence longestSilence,
        Findings<ClockStepBack> clockStepsBack) {
    /**
     * A connection's sequence number jumped ahead.
     *
     * @param recordSequence the record behind the hole.
     * @param missing how many numbers were left out.
     * @param malformed how many malformed messages, which have no readable number, stand in the hole: those are not lost.
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record SequenceHole(
            long recordSequence,
            String time,
            int connectionId,
            long expected,
            long got,
            long missing,
            long malformed) {}

    /** A connection's sequence number did not grow, although no new connection was recorded. */
    @JsonNaming(SnakeCaseStrategy.class)
    record SequenceStepBack(long recordSequence, String time, int connectionId, long expected, long got) {}

    /** The recorder itself noted a loss, with what it knew of it. */
    @JsonNaming(SnakeCaseStrategy.class)
    record LossFact(long recordSequence, String time, int connectionId, String kind, JsonNode detail) {}

    /** A product's trade ids jumped ahead; the first and last missing one are in the hole. */
    @JsonNaming(SnakeCaseStrategy.class)
    record TradeHole(
            long recordSequence, String time, String product, long firstMissing, long lastMissing, long missing) {}

    /** The longest event time without a record, which ended with this record. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Silence(long recordSequence, String time, long durationNs) {}

    /** The host's clock stepped back: this record's receive time is earlier than a record's before it. */
    @JsonNaming(SnakeCaseStrategy.class)
    record ClockStepBack(long recordSequence, String time, long stepNs) {}
}
