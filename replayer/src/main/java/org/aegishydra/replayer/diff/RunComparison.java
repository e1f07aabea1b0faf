package org.aegishydra.replayer.diff;

import java.util.List;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.trader.RecordedRun;

/**
 * Two runs over the range that both have handled.
 *
 * @param first as its journal tells.
 * @param second likewise.
 * @param lastSequence the last record that both have handled.
 * @param sameDecisions how many decisions and controls agree, up to the first that do not.
 * @param sameMarks at how many marks the books agree, up to the first at which they do not.
 * @param decisions where decisions or controls first differ, or null if they do not.
 * @param books where the books first differ, or null if they do not.
 */
public record RunComparison(
        RecordedRun first,
        RecordedRun second,
        long lastSequence,
        long sameDecisions,
        long sameMarks,
        DecisionDifference decisions,
        BookDifference books) {

    /**
     * The first decision that only one run took, or that they took differently.
     *
     * @param first what the first run did, or null if it did nothing before what the second one did.
     * @param second what the second run did, likewise.
     */
    record DecisionDifference(Taken first, Taken second) {
        /** The record of the market at which they part. */
        long marketSequence() {
            return Math.min(
                    first == null ? Long.MAX_VALUE : first.marketSequence(),
                    second == null ? Long.MAX_VALUE : second.marketSequence());
        }

        /** The product that the one which comes first is about; empty for a control. */
        String productId() {
            final Taken earlier = first == null || (second != null && second.marketSequence() < first.marketSequence())
                    ? second
                    : first;
            return earlier.decision() == null ? "" : earlier.decision().productId();
        }
    }

    /**
     * The first mark at which the books differ.
     *
     * @param afterSequence the mark before, at which they agreed; the runs' first record if there is none.
     * @param upToSequence the mark.
     */
    record BookDifference(long afterSequence, long upToSequence) {}

    /**
     * Compares what two folders hold.
     *
     * @throws UsageException if there is no record that both have handled.
     */
    public static RunComparison of(RunFolder first, RunFolder second) {
        final RecordedRun firstRun = RecordedRun.read(first);
        final RecordedRun secondRun = RecordedRun.read(second);
        final long begin = Math.max(firstRun.firstSequence(), secondRun.firstSequence());
        final long last = Math.min(firstRun.lastSequence(), secondRun.lastSequence());
        if (begin > last) {
            throw new UsageException(first.directory() + " and " + second.directory()
                    + " have no record in common: name two runs over the same part of a recording");
        }
        try (DecisionStream firstStream = new DecisionStream(first);
                DecisionStream secondStream = new DecisionStream(second)) {
            long same = 0;
            Taken one = next(firstStream, begin, last);
            Taken other = next(secondStream, begin, last);
            while (one != null && other != null && one.isSameAs(other)) {
                same++;
                one = next(firstStream, begin, last);
                other = next(secondStream, begin, last);
            }
            final boolean isEnd = (one == null && other == null)
                    || isCutOff(firstStream, one, other)
                    || isCutOff(secondStream, other, one);
            final DecisionDifference difference = isEnd ? null : new DecisionDifference(one, other);
            final BookComparison books = BookComparison.of(begin, allMarks(firstStream), allMarks(secondStream));
            return new RunComparison(
                    firstRun, secondRun, last, same, books.sameMarks(), difference, books.difference());
        }
    }

    /** How many marks agree, and where the first one does not. */
    private record BookComparison(long sameMarks, BookDifference difference) {
        static BookComparison of(long begin, List<DecisionStream.Mark> first, List<DecisionStream.Mark> second) {
            long same = 0;
            long before = begin;
            int i = 0;
            int j = 0;
            while (i < first.size() && j < second.size()) {
                final DecisionStream.Mark one = first.get(i);
                final DecisionStream.Mark other = second.get(j);
                // A run that began later has its first mark later.
                i += one.marketSequence() <= other.marketSequence() ? 1 : 0;
                j += other.marketSequence() <= one.marketSequence() ? 1 : 0;
                if (one.marketSequence() == other.marketSequence()) {
                    if (one.bookDigest() != other.bookDigest()) {
                        return new BookComparison(same, new BookDifference(before, one.marketSequence()));
                    }
                    before = one.marketSequence();
                    same++;
                }
            }
            return new BookComparison(same, null);
        }
    }

    /** What comes before the first common record, or later than the last one, is not compared. */
    private static Taken next(DecisionStream stream, long begin, long last) {
        Taken taken = stream.next();
        while (taken != null && taken.isBefore(begin)) {
            taken = stream.next();
        }
        return taken == null || taken.marketSequence() > last ? null : taken;
    }

    /** Whether a run has nothing to set against what the other one decided because it was killed in that very record. */
    private static boolean isCutOff(DecisionStream stream, Taken mine, Taken other) {
        return mine == null && other.decision() != null && stream.unfinishedSequence() == other.marketSequence();
    }

    private static List<DecisionStream.Mark> allMarks(DecisionStream stream) {
        while (stream.next() != null) {
            // The marks are what is wanted.
        }
        return List.copyOf(stream.marks());
    }

    /** Where the two part, on one line; for a person. */
    public String difference() {
        if (decisions != null) {
            return "at record " + decisions.marketSequence() + ": " + text(decisions.first()) + " | "
                    + text(decisions.second());
        }
        return books == null
                ? "none up to record " + lastSequence
                : "the books, between the marks of record " + books.afterSequence() + " and " + books.upToSequence();
    }

    private static String text(Taken taken) {
        return taken == null ? "nothing" : taken.toText();
    }

    /** Whether nothing differs. */
    public boolean isSame() {
        return decisions == null && books == null;
    }
}
