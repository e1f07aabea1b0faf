package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * Reads messages in exactly the form in which Coinbase sends them, one event a message. Every byte is checked against that
 * form; a message that differs anywhere is left to the general decoder.
 */
@HotPath
final class AdvancedTradeFastPath {
    /** Where the channel's name begins. */
    private static final int NAME_AT = 12;

    private static final Literal L2_DATA = Literal.of("{\"channel\":\"l2_data\",\"timestamp\":\"");
    private static final Literal TICKER = Literal.of("{\"channel\":\"ticker\",\"timestamp\":\"");
    private static final Literal MARKET_TRADES = Literal.of("{\"channel\":\"market_trades\",\"timestamp\":\"");
    private static final Literal HEARTBEATS = Literal.of("{\"channel\":\"heartbeats\",\"timestamp\":\"");
    private static final Literal TO_SEQUENCE = Literal.of(",\"sequence_num\":");
    private static final Literal TO_EVENTS = Literal.of(",\"events\":[");
    private static final Literal TO_UPDATE = Literal.of(",\"events\":[{\"type\":\"update\",\"product_id\":\"");
    private static final Literal TO_SNAPSHOT = Literal.of(",\"events\":[{\"type\":\"snapshot\",\"product_id\":\"");
    private static final Literal TO_LEVELS = Literal.of(",\"updates\":[");

    private final StagedMessage staged;
    private final StagedBook book;
    private final RecentSecond second;
    private final ExpectedBytes bytes;
    private final AdvancedTradeLevels levels;
    private final AdvancedTradeEvents events;

    AdvancedTradeFastPath(StagedMessage staged, StagedBook book, Timestamps timestamps) {
        this.staged = staged;
        this.book = book;
        second = new RecentSecond(timestamps);
        bytes = new ExpectedBytes(staged.products(), timestamps);
        levels = new AdvancedTradeLevels(bytes, book);
        events = new AdvancedTradeEvents(bytes, staged, timestamps);
    }

    /** What the message is if it had the expected form, else null; it is staged as a whole then, and in part otherwise. */
    MessageKind parse(DirectBuffer buffer, int offset, int length) {
        bytes.wrap(buffer, offset, length);
        if (length <= NAME_AT) {
            return null;
        }
        return switch (bytes.ahead(NAME_AT)) {
            case 'l' -> books() ? MessageKind.L2_DATA : null;
            case 't' -> tickers() ? MessageKind.TICKER : null;
            case 'm' -> trades() ? MessageKind.MARKET_TRADES : null;
            case 'h' -> heartbeats() ? MessageKind.HEARTBEATS : null;
            default -> null;
        };
    }

    private boolean books() {
        return bytes.literal(L2_DATA) && stamped() && book() && levels.read() && bytes.atEnd() && book.end();
    }

    private boolean tickers() {
        return bytes.literal(TICKER) && stamped() && bytes.literal(TO_EVENTS) && events.tickers() && bytes.atEnd();
    }

    private boolean trades() {
        return bytes.literal(MARKET_TRADES)
                && stamped()
                && bytes.literal(TO_EVENTS)
                && events.trades()
                && bytes.atEnd();
    }

    private boolean heartbeats() {
        return bytes.literal(HEARTBEATS)
                && stamped()
                && bytes.literal(TO_EVENTS)
                && events.heartbeat()
                && bytes.atEnd();
    }

    /** The envelope from the stamp on. */
    private boolean stamped() {
        if (!bytes.time(second) || !bytes.literal(TO_SEQUENCE) || !bytes.integer()) {
            return false;
        }
        staged.exchangeTimeNs(bytes.timeNs());
        staged.sequenceNumber(bytes.mantissa());
        return true;
    }

    private boolean book() {
        final boolean update = bytes.literal(TO_UPDATE);
        if ((!update && !bytes.literal(TO_SNAPSHOT)) || !bytes.productName()) {
            return false;
        }
        book.start(bytes, !update);
        return bytes.literal(TO_LEVELS);
    }
}
