package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * Reads {@code l2_data} messages in exactly the form in which Coinbase sends them, one event a message. Every byte is
 * checked against that form; a message that differs anywhere is left to the general decoder.
 */
@HotPath
final class AdvancedTradeFastPath {
    private static final Literal TO_TIMESTAMP = new Literal("{\"channel\":\"l2_data\",\"timestamp\":\"");
    private static final Literal TO_SEQUENCE = new Literal(",\"sequence_num\":");
    private static final Literal TO_UPDATE = new Literal(",\"events\":[{\"type\":\"update\",\"product_id\":\"");
    private static final Literal TO_SNAPSHOT = new Literal(",\"events\":[{\"type\":\"snapshot\",\"product_id\":\"");
    private static final Literal TO_LEVELS = new Literal(",\"updates\":[");

    private final StagedMessage staged;
    private final StagedBook book;
    private final ExpectedBytes bytes;
    private final AdvancedTradeLevels levels;

    AdvancedTradeFastPath(StagedMessage staged, StagedBook book, Timestamps timestamps) {
        this.staged = staged;
        this.book = book;
        bytes = new ExpectedBytes(staged.products(), timestamps);
        levels = new AdvancedTradeLevels(bytes, book);
    }

    /** Whether the message had the expected form; it is staged as a whole then, and in part otherwise. */
    boolean parse(DirectBuffer buffer, int offset, int length) {
        bytes.wrap(buffer, offset, length);
        return envelope() && levels.read() && bytes.atEnd() && book.end();
    }

    private boolean envelope() {
        if (!bytes.literal(TO_TIMESTAMP) || !bytes.time() || !bytes.literal(TO_SEQUENCE) || !bytes.integer()) {
            return false;
        }
        staged.exchangeTimeNs(bytes.timeNs());
        staged.sequenceNumber(bytes.mantissa());
        final boolean update = bytes.literal(TO_UPDATE);
        if ((!update && !bytes.literal(TO_SNAPSHOT)) || !bytes.productName()) {
            return false;
        }
        book.start(bytes, !update);
        return bytes.literal(TO_LEVELS);
    }
}
