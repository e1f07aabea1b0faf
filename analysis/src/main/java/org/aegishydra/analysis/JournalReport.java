package org.aegishydra.analysis;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aegishydra.analysis.FirstFew.Findings;
import org.aegishydra.core.journal.RecordKind;

/**
 * What a journal holds, and whether it is whole: as JSON, an object of these names in snake case.
 *
 * @param whole false if damage was found; true if there is none and all was checked; null if only what reading checks
 *     anyway, the record sequence, was checked.
 * @param reason what is damaged and where; null if nothing is.
 * @param checksumsVerified whether each payload was checked against its CRC-32C.
 * @param books the books at the end; absent if not asked for.
 * @param gaps what is missing; absent if not asked for.
 */
@JsonNaming(SnakeCaseStrategy.class)
record JournalReport(
        String journal,
        Boolean whole,
        String reason,
        boolean checksumsVerified,
        Records records,
        Messages messages,
        Map<String, ProductCounts> products,
        List<CycleFile> cycleFiles,
        @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, BookEnd> books,
        @JsonInclude(JsonInclude.Include.NON_NULL) GapReport gaps) {

    /**
     * All records.
     *
     * @param firstSequence 0 if there are none, and so the last.
     * @param firstTime the first record's receive time, null if there is none.
     * @param lastTime the last record's receive time.
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Records(
            long count,
            long firstSequence,
            long lastSequence,
            String firstTime,
            String lastTime,
            long payloadBytes,
            Map<String, Long> kinds) {}

    /**
     * The messages among them.
     *
     * @param decoded of a kind that the decoder reads.
     * @param notNeeded of a kind that is known, and whose content is not needed.
     * @param unknown valid messages of channels or types that are not known.
     * @param malformed messages that cannot be used.
     * @param kinds the decoded and the not needed ones by the name that they carry.
     * @param dialects all by dialect.
     * @param largestRecordSequence the first record with a payload of that size; 0 if there is no message.
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Messages(
            long count,
            long decoded,
            long notNeeded,
            long unknown,
            long malformed,
            Map<String, Long> kinds,
            Map<String, Long> dialects,
            long payloadBytes,
            long largestBytes,
            long largestRecordSequence,
            Findings<Malformed> malformedMessages) {}

    /** A message that cannot be used, and why. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Malformed(long recordSequence, String time, String dialect, int connectionId, String reason) {}

    /** What was applied to a product's book, and whether it is live behind the last record. */
    @JsonNaming(SnakeCaseStrategy.class)
    record ProductCounts(long levelUpdates, long snapshots, long trades, boolean live) {}

    /**
     * A product's book at the end.
     *
     * @param bestBid price and size as plain decimals; null if the side is empty.
     * @param bestAsk likewise.
     * @param sha256 of the book's canonical text.
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record BookEnd(
            long levelUpdates,
            int bidLevels,
            int askLevels,
            List<String> bestBid,
            List<String> bestAsk,
            String sha256) {}

    /** A record kind's name in reports. */
    static String key(RecordKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
