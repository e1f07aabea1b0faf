package org.aegishydra.replayer.diff;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * What {@code aegis diff} says, for a person and as JSON.
 *
 * @param same whether nothing differs.
 * @param lastRecord the last record that both runs have handled.
 * @param sameDecisions decisions and controls that agree, up to the first that does not.
 * @param sameBookMarks marks at which the books agree, up to the first at which they do not.
 * @param first of the runs that were named.
 * @param second of the runs that were named.
 * @param differsAtRecord the record of the market at which the decisions part; null if they do not.
 * @param booksAgreeUpToRecord where the books agree last, if they differ later; else null.
 * @param booksDifferAtRecord where the books are found to differ; null if they do not.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record DiffReport(
        boolean same,
        long lastRecord,
        long sameDecisions,
        long sameBookMarks,
        Side first,
        Side second,
        Long differsAtRecord,
        Long booksAgreeUpToRecord,
        Long booksDifferAtRecord) {

    /**
     * One of the two runs.
     *
     * @param run its folder.
     * @param firstRecord the first record that it handled.
     * @param lastRecord the last one.
     * @param settings a hash of what its decisions depend on.
     * @param decision what it decided where the two part; null if it decided nothing there.
     * @param record the record there, in its own market journal; null if that is not at hand.
     * @param recordText the beginning of that record.
     * @param bookBefore the best levels before it.
     * @param bookAfter the best levels after it.
     * @param lastSteps what it recorded of its last steps up to there.
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Side(
            String run,
            long firstRecord,
            long lastRecord,
            String settings,
            String decision,
            String record,
            String recordText,
            String bookBefore,
            String bookAfter,
            List<String> lastSteps) {
        private String marketText() {
            return record == null
                    ? "  the market is not at hand\n"
                    : "  the record: " + record + '\n' + indented(recordText) + "  the book before:\n"
                            + indented(bookBefore) + "  the book after:\n" + indented(bookAfter);
        }

        private static String indented(String lines) {
            return lines.indent(4);
        }
    }

    /** Several lines, each ended. */
    String toText() {
        final StringBuilder text = new StringBuilder();
        text.append(line(first)).append(line(second));
        if (!first.settings.equals(second.settings)) {
            text.append("the settings differ (")
                    .append(first.settings)
                    .append(" and ")
                    .append(second.settings);
            text.append("), so the decisions may\n");
        }
        if (first.firstRecord != second.firstRecord) {
            text.append("they began at different records, so accounts, steps and order ids may differ\n");
        }
        text.append("up to record ").append(lastRecord).append(": ");
        if (same) {
            return text.append("the same ")
                    .append(sameDecisions)
                    .append(" decisions and controls, and the same books at ")
                    .append(sameBookMarks)
                    .append(" marks\n")
                    .toString();
        }
        text.append(sameDecisions).append(" decisions and controls agree");
        text.append(differsAtRecord == null ? "; none differs\n" : "\n");
        if (booksDifferAtRecord != null) {
            text.append("the books differ at the mark of record ").append(booksDifferAtRecord);
            text.append("; they agree at ").append(sameBookMarks).append(" marks up to record ");
            text.append(booksAgreeUpToRecord).append('\n');
        } else {
            text.append("the books agree at all ").append(sameBookMarks).append(" marks\n");
        }
        if (differsAtRecord != null) {
            text.append("\nthe decisions part at record ")
                    .append(differsAtRecord)
                    .append(":\n");
            decided(text, first);
            decided(text, second);
            final boolean sameMarket = first.marketText().equals(second.marketText());
            text.append(sameMarket ? "\nboth\n" : '\n' + first.run + '\n').append(first.marketText());
            if (!sameMarket) {
                text.append('\n').append(second.run).append('\n').append(second.marketText());
            }
        }
        return text.toString();
    }

    private static String line(Side side) {
        return side.run + ": records " + side.firstRecord + " to " + side.lastRecord + '\n';
    }

    private static void decided(StringBuilder text, Side side) {
        text.append('\n').append(side.run).append('\n');
        text.append("  ")
                .append(side.decision == null ? "decided nothing any more" : side.decision)
                .append('\n');
        side.lastSteps.forEach(step -> text.append("  ").append(step).append('\n'));
    }
}
