package org.aegishydra.replayer.diff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.RunFolder;
import org.aegishydra.core.run.StepBatch;
import org.aegishydra.core.run.StepRecord;

/** What a run itself has recorded of its last steps before and at a record: a line a step. Stateless. */
final class LastSteps {
    private static final int STEPS = 3;

    private LastSteps() {}

    static List<String> upTo(RunFolder run, long sequence, String productId) {
        if (!run.hasSteps()) {
            return List.of();
        }
        final ArrayDeque<String> last = new ArrayDeque<>();
        final StepRecord view = new StepRecord();
        final Consumer<StepRecord> take = step -> {
            if (step.marketSequence() <= sequence && step.productId().equals(productId)) {
                last.add(toText(step));
                if (last.size() > STEPS) {
                    last.remove();
                }
            }
        };
        try (JournalTailer tailer = run.steps().tailer()) {
            int records;
            do {
                records = tailer.poll(
                        (header, buffer, offset, length) -> {
                            if (header.kind() == RecordKind.STEP) {
                                StepBatch.forEach(buffer, offset, length, view, take);
                            }
                        },
                        1024);
            } while (records > 0);
        }
        return new ArrayList<>(last);
    }

    private static String toText(StepRecord step) {
        return String.format(
                Locale.ROOT,
                "step %d, record %d: bid %s x %s, ask %s x %s, signal %s, position %s",
                step.step(),
                step.marketSequence(),
                price(step.bestBid(), step.priceScale()),
                Decimals.plain(step.bestBidSize(), step.sizeScale()),
                price(step.bestAsk(), step.priceScale()),
                Decimals.plain(step.bestAskSize(), step.sizeScale()),
                step.signal(),
                Decimals.plain(step.position(), step.sizeScale()));
    }

    private static String price(long price, int scale) {
        return price == OrderBook.NO_PRICE ? "none" : Decimals.plain(price, scale);
    }
}
