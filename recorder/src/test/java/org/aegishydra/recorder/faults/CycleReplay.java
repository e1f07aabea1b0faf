package org.aegishydra.recorder.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aegishydra.core.book.BookText;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.DirectBuffer;

/**
 * Whether each cycle file of a journal stands alone: a reader that has nothing but this file comes to the same books at its
 * end as one that read the whole journal.
 */
final class CycleReplay {
    /** The longest back-off and the wait for snapshots, each once. */
    private static final long REPLACED_WITHIN_NS = 60_000_000_000L;

    private final ProductTable products = new ProductTable();
    private final Market market = new Market(
            products, Decoders.of(products), LadderOrderBook::new, (book, tradeId, price, size, side, timeNs) -> {});
    private final Set<Integer> connections = new HashSet<>();
    private long firstTimeNs;
    private long lastTimeNs;
    private long lastSequence;
    private long lastMessage;

    private CycleReplay() {}

    private void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        lastSequence = header.sequence();
        lastTimeNs = header.eventTimeNs();
        firstTimeNs = firstTimeNs == 0 ? lastTimeNs : firstTimeNs;
        if (header.kind() == RecordKind.MESSAGE) {
            lastMessage = lastSequence;
            market.decode(header, buffer, offset, length);
            market.apply(header);
        } else {
            market.applyFact(header, buffer, offset, length);
            if (header.kind() == RecordKind.CONNECTED) {
                connections.add(header.connectionId());
            }
        }
    }

    private boolean isShort() {
        return lastTimeNs - firstTimeNs < REPLACED_WITHIN_NS;
    }

    /** The live books, by product, of these connections; of all if they are null. */
    private Map<String, String> liveBooks(Set<Integer> wanted) {
        final Map<String, String> books = new HashMap<>();
        for (int i = 0; i < market.bookCount(); i++) {
            if (market.book(i).isLive()
                    && (wanted == null || wanted.contains(market.book(i).connectionId()))) {
                books.put(market.book(i).product().id(), BookText.of(market.book(i)));
            }
        }
        return books;
    }

    /** Reads up to a record; one at a time, to stop exactly there. */
    private CycleReplay readTo(JournalTailer tailer, long sequence) {
        while (lastSequence < sequence && tailer.poll(this::onRecord, 1) > 0) {
            // The record is still ahead.
        }
        return this;
    }

    /**
     * Compares all cycle files of a journal, each at its last message: after that there may be the recorder's end. A
     * recorder may have been ended while it still replaced the connections of the cycle before: of a last file that is
     * shorter than that may take, only the books of connections that began in it are compared.
     *
     * @param scratch an empty directory on the journal's file system.
     * @return how many books were compared.
     */
    static int compareAll(Path journal, Path scratch) throws IOException {
        int compared = 0;
        int cycle = 0;
        final CycleReplay whole = new CycleReplay();
        try (JournalTailer tailer = MarketJournals.open(journal).tailer()) {
            final List<Path> files = MarketJournals.cycleFiles(journal);
            for (final Path file : files) {
                final Path own = MarketJournals.alone(file, scratch.resolve("cycle-" + cycle));
                final CycleReplay survey = new CycleReplay();
                try (JournalTailer first = MarketJournals.open(own).tailer().verifyChecksums(true)) {
                    survey.readTo(first, Long.MAX_VALUE);
                }
                try (JournalTailer second = MarketJournals.open(own).tailer()) {
                    compared += compare(
                            cycle,
                            whole.readTo(tailer, survey.lastMessage)
                                    .liveBooks(
                                            cycle + 1 == files.size() && survey.isShort() ? survey.connections : null),
                            new CycleReplay().readTo(second, survey.lastMessage).liveBooks(null));
                }
                cycle++;
            }
        }
        return compared;
    }

    private static int compare(int cycle, Map<String, String> whole, Map<String, String> alone) {
        whole.forEach((product, text) -> {
            if (!text.equals(alone.get(product))) {
                throw new AssertionError("cycle file " + cycle + " alone ends with another book of " + product + ": "
                        + (alone.containsKey(product) ? "other levels" : "none that is live"));
            }
        });
        return whole.size();
    }
}
