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
 * @param factsByKind how many facts of loss there are of each kind; the end of a replaced connection is none.
 * @param missingTradesByProduct the sum over each product's trade id holes. For information: the exchange may skip ids.
 * @param forgottenTradesByProduct trades of a connection that had no authority yet, more than a reader remembers until a
 *     takeover: those that the authoritative connection did not bring are counted nowhere.
 * @param longestSilence null in a journal of fewer than two records.
 */
@JsonNaming(SnakeCaseStrategy.class)
record GapReport(
        long missingMessages,
        Findings<SequenceHole> sequenceHoles,
        Findings<SequenceStepBack> sequenceStepsBack,
        Map<String, Long> factsByKind,
        Findings<LossFact> facts,
        Findings<Takeover> takeovers,
        Map<String, Long> missingTradesByProduct,
        Findings<TradeHole> tradeIdHoles,
        Map<String, Long> forgottenTradesByProduct,
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

    /**
     * A connection replaced others on purpose: no gap.
     *
     * @param connectionId the new connection.
     * @param products how many products it took over.
     * @param overlapNs how long it had been recorded beside the old one; 0 if there was none left.
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Takeover(long recordSequence, String time, int connectionId, int products, long overlapNs) {}

    /** A product's trade ids that no connection brought; the first and last missing one are in the hole. */
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
