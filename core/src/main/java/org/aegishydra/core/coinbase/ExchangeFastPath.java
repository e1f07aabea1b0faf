package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * Reads {@code l2update} messages in exactly the form in which Coinbase sends them. Every byte is checked against that
 * form; a message that differs anywhere is left to the general decoder.
 */
@HotPath
final class ExchangeFastPath {
    private static final Literal TO_PRODUCT = new Literal("{\"type\":\"l2update\",\"product_id\":\"");
    private static final Literal TO_CHANGES = new Literal(",\"changes\":[");

    private final StagedMessage staged;
    private final StagedBook book;
    private final RecentSecond second;
    private final ExpectedBytes bytes;
    private final ExchangeChanges changes;

    ExchangeFastPath(StagedMessage staged, StagedBook book, Timestamps timestamps) {
        this.staged = staged;
        this.book = book;
        second = new RecentSecond(timestamps);
        bytes = new ExpectedBytes(staged.products(), timestamps);
        changes = new ExchangeChanges(bytes, book);
    }

    /** What the message is if it had the expected form, else null; it is staged as a whole then, and in part otherwise. */
    MessageKind parse(DirectBuffer buffer, int offset, int length) {
        bytes.wrap(buffer, offset, length);
        return update() && bytes.atEnd() && book.end() ? MessageKind.L2_UPDATE : null;
    }

    private boolean update() {
        if (!bytes.literal(TO_PRODUCT) || !bytes.productName()) {
            return false;
        }
        book.start(bytes, false);
        if (!bytes.literal(TO_CHANGES) || !changes.read() || !bytes.time(second)) {
            return false;
        }
        staged.exchangeTimeNs(bytes.timeNs());
        return bytes.next('}');
    }
}
