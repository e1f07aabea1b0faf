package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * Decodes the Advanced Trade dialect: {@code {"channel","timestamp","sequence_num","events":[…]}}. Right on any valid
 * JSON; a book message in Coinbase's own field order takes {@link AdvancedTradeFastPath}.
 */
@HotPath
public final class AdvancedTradeDecoder extends StagingDecoder {
    private static final int CHANNEL = 0;
    private static final int TIMESTAMP = 1;
    private static final int SEQUENCE_NUM = 2;
    private static final int EVENTS = 3;
    private static final int ERROR_TYPE = 4;
    private static final FieldNames ENVELOPE = new FieldNames("channel", "timestamp", "sequence_num", "events", "type");

    private static final int TYPE = 0;
    private static final int PRODUCT_ID = 1;
    private static final int ITEMS = 2;
    private static final FieldNames BOOK_EVENT = new FieldNames("type", "product_id", "updates");
    private static final FieldNames TRADES_EVENT = new FieldNames("type", "", "trades");
    private static final FieldNames TICKER_EVENT = new FieldNames("type", "", "tickers");
    private static final FieldNames STATUS_EVENT = new FieldNames("type", "", "products");
    private static final FieldNames HEARTBEAT_EVENT = new FieldNames("heartbeat_counter");

    private static final FieldNames LEVEL = new FieldNames("side", "price_level", "new_quantity");
    private static final FieldNames TRADE = new FieldNames("product_id", "trade_id", "price", "size", "time", "side");
    private static final FieldNames TICKER =
            new FieldNames("product_id", "price", "best_bid", "best_bid_quantity", "best_ask", "best_ask_quantity");
    private static final FieldNames PRODUCT = new FieldNames("id", "quote_increment", "base_increment");
    private static final FieldNames EVENT_TYPES = new FieldNames("snapshot", "update");

    private static final MessageKind[] KINDS = {
        MessageKind.L2_DATA,
        MessageKind.MARKET_TRADES,
        MessageKind.TICKER,
        MessageKind.HEARTBEATS,
        MessageKind.CANDLES,
        MessageKind.SUBSCRIPTIONS,
        MessageKind.STATUS,
        MessageKind.TICKER_BATCH,
        MessageKind.USER,
        MessageKind.FUTURES_BALANCE_SUMMARY
    };
    private static final FieldNames CHANNELS = MessageFields.wireNames(KINDS);
    private static final FieldNames ERROR = new FieldNames("error");

    private final AdvancedTradeFastPath fastPath;
    private final int[] envelope = new int[ENVELOPE.size()];
    private final int[] event = new int[3];
    private final int[] item = new int[6];

    /** A decoder that finds its products in a table, which other decoders of the same thread may share. */
    public AdvancedTradeDecoder(ProductTable products) {
        super(products);
        fastPath = new AdvancedTradeFastPath(staged, book, read.timestamps());
    }

    @Override
    MessageKind parseExpectedForm(DirectBuffer buffer, int offset, int length) {
        return fastPath.parse(buffer, offset, length);
    }

    @Override
    MessageKind parseAnyForm() {
        json.object(ENVELOPE, envelope);
        json.expectEnd();
        if (envelope[CHANNEL] < 0) {
            final boolean error = envelope[ERROR_TYPE] >= 0 && read.nameAt(envelope[ERROR_TYPE], ERROR) == 0;
            return error ? MessageKind.ERROR : MessageKind.UNKNOWN;
        }
        final int channel = read.nameAt(envelope[CHANNEL], CHANNELS);
        final MessageKind kind = channel < 0 ? MessageKind.UNKNOWN : KINDS[channel];
        staged.exchangeTimeNs(read.timeAt(envelope[TIMESTAMP]));
        if (envelope[SEQUENCE_NUM] >= 0) {
            staged.sequenceNumber(read.integerAt(envelope[SEQUENCE_NUM]));
        }
        concernsBooks = kind == MessageKind.L2_DATA;
        if (kind.isNeeded() && kind != MessageKind.SUBSCRIPTIONS) {
            parseEvents(kind);
        }
        return kind;
    }

    private void parseEvents(MessageKind kind) {
        read.required(envelope[EVENTS], "events");
        json.position(envelope[EVENTS]);
        if (!json.firstElement()) {
            return;
        }
        boolean first = true;
        do {
            switch (kind) {
                case L2_DATA -> bookEvent(first);
                case MARKET_TRADES -> tradesEvent();
                case TICKER, TICKER_BATCH -> tickerEvent();
                case STATUS -> statusEvent();
                default -> heartbeatEvent();
            }
            first = false;
        } while (json.nextElement());
    }

    private void bookEvent(boolean first) {
        json.object(BOOK_EVENT, event);
        final boolean only = first && json.isLastElement();
        final int end = json.position();
        final Product product = read.productAt(event[PRODUCT_ID]);
        soleBook = only ? product : null;
        final int type = read.nameAt(event[TYPE], EVENT_TYPES);
        if (type < 0) {
            throw json.malformed("a book event that is neither snapshot nor update");
        }
        staged.startBook(product, type == 0);
        read.required(event[ITEMS], "updates");
        json.position(event[ITEMS]);
        if (json.firstElement()) {
            do {
                json.object(LEVEL, item);
                final int levelEnd = json.position();
                read.level(item[0], item[1], item[2]);
                json.position(levelEnd);
            } while (json.nextElement());
        }
        json.position(end);
    }

    private void tradesEvent() {
        json.object(TRADES_EVENT, event);
        final int end = json.position();
        final boolean history = event[TYPE] >= 0 && read.nameAt(event[TYPE], EVENT_TYPES) == 0;
        read.required(event[ITEMS], "trades");
        json.position(event[ITEMS]);
        if (json.firstElement()) {
            do {
                json.object(TRADE, item);
                final int tradeEnd = json.position();
                staged.startTrade(read.productAt(item[0]), read.integerAt(item[1]), read.timeAt(item[4]), history);
                read.level(item[5], item[2], item[3]);
                json.position(tradeEnd);
            } while (json.nextElement());
        }
        json.position(end);
    }

    private void tickerEvent() {
        json.object(TICKER_EVENT, event);
        final int end = json.position();
        read.required(event[ITEMS], "tickers");
        json.position(event[ITEMS]);
        if (json.firstElement()) {
            do {
                json.object(TICKER, item);
                final int tickerEnd = json.position();
                staged.startTicker(read.productAt(item[0]));
                read.required(item[1], "price");
                read.optional(item[1], -1);
                read.optional(item[2], item[3]);
                read.optional(item[4], item[5]);
                json.position(tickerEnd);
            } while (json.nextElement());
        }
        json.position(end);
    }

    private void statusEvent() {
        json.object(STATUS_EVENT, event);
        final int end = json.position();
        read.required(event[ITEMS], "products");
        json.position(event[ITEMS]);
        if (json.firstElement()) {
            do {
                json.object(PRODUCT, item);
                final int productEnd = json.position();
                staged.startIncrements(read.productAt(item[0]));
                read.optional(item[1], item[2]);
                json.position(productEnd);
            } while (json.nextElement());
        }
        json.position(end);
    }

    private void heartbeatEvent() {
        json.object(HEARTBEAT_EVENT, event);
        final int end = json.position();
        staged.addHeartbeat(null, read.integerAt(event[0]), MarketDataListener.NO_VALUE);
        json.position(end);
    }
}
