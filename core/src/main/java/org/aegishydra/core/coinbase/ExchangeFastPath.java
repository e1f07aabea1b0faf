package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * Reads messages in exactly the form in which Coinbase sends them. Every byte is checked against that
 * form; a message that differs anywhere is left to the general decoder.
 */
@HotPath
final class ExchangeFastPath {
    /** Where the type's name begins. */
    private static final int NAME_AT = 9;

    private static final Literal TO_PRODUCT = Literal.of("{\"type\":\"l2update\",\"product_id\":\"");
    private static final Literal TO_CHANGES = Literal.of(",\"changes\":[");

    private final StagedMessage staged;
    private final StagedBook book;
    private final RecentSecond second;
    private final ExpectedBytes bytes;
    private final ExchangeChanges changes;
    private final ExchangeEvents events;

    ExchangeFastPath(StagedMessage staged, StagedBook book, Timestamps timestamps) {
        this.staged = staged;
        this.book = book;
        second = new RecentSecond(timestamps);
        bytes = new ExpectedBytes(staged.products(), timestamps);
        changes = new ExchangeChanges(bytes, book);
        events = new ExchangeEvents(bytes, staged, second);
    }

    /** What the message is if it had the expected form, else null; it is staged as a whole then, and in part otherwise. */
    MessageKind parse(DirectBuffer buffer, int offset, int length) {
        bytes.wrap(buffer, offset, length);
        if (length <= NAME_AT) {
            return null;
        }
        return switch (bytes.ahead(NAME_AT)) {
            case 'l' -> update() && bytes.atEnd() && book.end() ? MessageKind.L2_UPDATE : null;
            case 't' -> events.ticker() && bytes.atEnd() ? MessageKind.TICKER : null;
            case 'm' -> events.match() && bytes.atEnd() ? MessageKind.MATCH : null;
            default -> null;
        };
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
