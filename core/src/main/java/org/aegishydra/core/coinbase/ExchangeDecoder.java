package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * Decodes the Exchange dialect: flat messages with a {@code type}. Right on any valid JSON; a book update in Coinbase's
 * own field order takes {@link ExchangeFastPath}.
 */
@HotPath
public final class ExchangeDecoder extends StagingDecoder {
    private static final int TYPE = 0;
    private static final int PRODUCT_ID = 1;
    private static final int TIME = 2;
    private static final int BIDS = 3;
    private static final int ASKS = 4;
    private static final int CHANGES = 5;
    private static final int SEQUENCE = 6;
    private static final int TRADE_ID = 7;
    private static final int SIDE = 8;
    private static final int PRICE = 9;
    private static final int SIZE = 10;
    private static final int BEST_BID = 11;
    private static final int BEST_BID_SIZE = 12;
    private static final int BEST_ASK = 13;
    private static final int BEST_ASK_SIZE = 14;
    private static final int LAST_TRADE_ID = 15;
    private static final int PRODUCTS = 16;
    private static final FieldNames MESSAGE = new FieldNames(
            "type",
            "product_id",
            "time",
            "bids",
            "asks",
            "changes",
            "sequence",
            "trade_id",
            "side",
            "price",
            "size",
            "best_bid",
            "best_bid_size",
            "best_ask",
            "best_ask_size",
            "last_trade_id",
            "products");
    private static final FieldNames PRODUCT = new FieldNames("id", "quote_increment", "base_increment");

    private static final MessageKind[] KINDS = {
        MessageKind.L2_UPDATE,
        MessageKind.MATCH,
        MessageKind.TICKER,
        MessageKind.HEARTBEAT,
        MessageKind.SNAPSHOT,
        MessageKind.LAST_MATCH,
        MessageKind.SUBSCRIPTIONS,
        MessageKind.STATUS,
        MessageKind.ERROR,
        MessageKind.RECEIVED,
        MessageKind.OPEN,
        MessageKind.DONE,
        MessageKind.CHANGE,
        MessageKind.ACTIVATE
    };
    private static final FieldNames TYPES = MessageFields.wireNames(KINDS);

    private final ExchangeFastPath fastPath;
    private final int[] at = new int[MESSAGE.size()];
    private final int[] item = new int[PRODUCT.size()];

    /** A decoder that finds its products in a table, which other decoders of the same thread may share. */
    public ExchangeDecoder(ProductTable products) {
        super(products);
        fastPath = new ExchangeFastPath(staged, book, read.timestamps());
    }

    @Override
    MessageKind parseExpectedForm(DirectBuffer buffer, int offset, int length) {
        return fastPath.parse(buffer, offset, length);
    }

    @Override
    MessageKind parseAnyForm() {
        json.object(MESSAGE, at);
        json.expectEnd();
        if (at[TYPE] < 0) {
            return MessageKind.UNKNOWN;
        }
        final int type = read.nameAt(at[TYPE], TYPES);
        if (type < 0) {
            return MessageKind.UNKNOWN;
        }
        final MessageKind kind = KINDS[type];
        concernsBooks = kind == MessageKind.L2_UPDATE || kind == MessageKind.SNAPSHOT;
        if (!kind.isNeeded()) {
            return kind;
        }
        staged.exchangeTimeNs(read.timeAt(at[TIME]));
        switch (kind) {
            case L2_UPDATE -> update();
            case SNAPSHOT -> snapshot();
            case MATCH -> trade(false);
            case LAST_MATCH -> trade(true);
            case TICKER -> ticker();
            case HEARTBEAT -> heartbeat();
            case STATUS -> status();
            default -> {
                // Subscriptions and errors hold no market data.
            }
        }
        return kind;
    }

    private void update() {
        startBook(false);
        read.required(at[CHANGES], "changes");
        json.position(at[CHANGES]);
        if (json.firstElement()) {
            do {
                levelArray(null);
            } while (json.nextElement());
        }
    }

    private void startBook(boolean snapshot) {
        soleBook = read.productAt(at[PRODUCT_ID]);
        staged.startBook(soleBook, snapshot);
    }

    private void snapshot() {
        startBook(true);
        levels(at[BIDS], "bids", Side.BID);
        levels(at[ASKS], "asks", Side.ASK);
    }

    private void levels(int from, String field, Side side) {
        read.required(from, field);
        json.position(from);
        if (json.firstElement()) {
            do {
                levelArray(side);
            } while (json.nextElement());
        }
    }

    /** {@code [price, size, …]}, or {@code [side, price, size, …]} where no side is given; more elements are passed over. */
    private void levelArray(Side givenSide) {
        boolean more = json.firstElement();
        Side side = givenSide;
        if (side == null && more) {
            side = read.sideAt(json.position());
            more = json.nextElement();
        }
        if (!more) {
            throw json.malformed("a level without a price");
        }
        json.decimal();
        final long price = json.mantissa();
        final int priceScale = json.scale();
        if (!json.nextElement()) {
            throw json.malformed("a level without a size");
        }
        json.decimal();
        staged.addNumbers(side, price, priceScale, json.mantissa(), json.scale());
        while (json.nextElement()) {
            json.skipValue();
        }
    }

    private void trade(boolean history) {
        staged.startTrade(read.productAt(at[PRODUCT_ID]), read.integerAt(at[TRADE_ID]), read.timeAt(at[TIME]), history);
        read.level(at[SIDE], at[PRICE], at[SIZE]);
    }

    private void ticker() {
        staged.startTicker(read.productAt(at[PRODUCT_ID]));
        read.required(at[PRICE], "price");
        read.optional(at[PRICE], -1);
        read.optional(at[BEST_BID], at[BEST_BID_SIZE]);
        read.optional(at[BEST_ASK], at[BEST_ASK_SIZE]);
    }

    private void heartbeat() {
        staged.addHeartbeat(
                read.productAt(at[PRODUCT_ID]), read.integerAt(at[SEQUENCE]), read.integerAt(at[LAST_TRADE_ID]));
    }

    private void status() {
        if (at[PRODUCTS] < 0) {
            return;
        }
        json.position(at[PRODUCTS]);
        if (json.firstElement()) {
            do {
                json.object(PRODUCT, item);
                final int end = json.position();
                staged.startIncrements(read.productAt(item[0]));
                read.optional(item[1], item[2]);
                json.position(end);
            } while (json.nextElement());
        }
    }
}
