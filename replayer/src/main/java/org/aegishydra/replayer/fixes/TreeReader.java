package org.aegishydra.replayer.fixes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.coinbase.StagedMessage;
import org.aegishydra.core.coinbase.Timestamps;
import org.aegishydra.core.journal.Dialect;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads messages from Jackson's trees, by way of objects for everything: what fix 8 before does with every message, and
 * seed with those about books. It takes and refuses what the production decoder does, with three exceptions that no feed sends: a bare
 * {@code -0}, which is 0 to Jackson; an exponent of more digits than Jackson reads; and bytes that are no UTF-8. Time stamps
 * are read as the production decoder reads them, since fix 8 is not about those. Used by one thread.
 */
abstract class TreeReader {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final byte NOT_ASCII = -1;

    final StagedMessage staged;

    private final String kindField;
    private final Map<String, MessageKind> kinds = new LinkedHashMap<>();
    private final Timestamps timestamps = new Timestamps();
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[0]);
    private MessageKind expectedKind = MessageKind.UNKNOWN;
    private boolean concernsBooks;
    private Product soleBook;

    /**
     * A reader of one dialect.
     *
     * @param kindField the field that tells what a message is.
     */
    TreeReader(ProductTable products, String kindField, MessageKind... kinds) {
        this.staged = new StagedMessage(products);
        this.kindField = kindField;
        for (final MessageKind kind : kinds) {
            this.kinds.put(kind.wireName(), kind);
        }
    }

    /** Makes the decoders of both dialects, given how one is made over its dialect's reader. */
    static <D> Function<Dialect, D> forEachDialect(ProductTable products, Function<TreeReader, D> decoder) {
        return dialect -> switch (dialect) {
            case ADVANCED_TRADE -> decoder.apply(new AdvancedTradeTreeReader(products));
            case EXCHANGE -> decoder.apply(new ExchangeTreeReader(products));
            case NONE -> throw new IllegalArgumentException("a run's records are no feed's messages");
        };
    }

    /** The patterns by which this dialect's tickers are read without a tree. */
    abstract TickerPatterns tickerPatterns();

    /** Stages what a message says, and returns what it is. */
    abstract MessageKind readRoot(JsonNode root);

    final String kindField() {
        return kindField;
    }

    /** What this dialect's messages can be, by their names. */
    final Map<String, MessageKind> kinds() {
        return kinds;
    }

    /** What a message of this name is. */
    final MessageKind kind(String name) {
        return name.equals(expectedKind.wireName()) ? expectedKind : kinds.getOrDefault(name, MessageKind.UNKNOWN);
    }

    /**
     * Begins a new message.
     *
     * @param expected what it has been matched to be; the tree has the last word.
     */
    final void begin(MessageKind expected) {
        expectedKind = expected;
        staged.clear();
        concernsBooks = true;
        soleBook = null;
    }

    final MessageKind read(String message) {
        try {
            return readTree(JSON.readTree(message));
        } catch (final JsonProcessingException | NumberFormatException e) {
            throw new UnusableMessageException(e.getMessage());
        }
    }

    final MessageKind read(byte[] message) {
        try {
            return readTree(JSON.readTree(message));
        } catch (final IOException | NumberFormatException e) {
            throw new UnusableMessageException(e.getMessage());
        }
    }

    private MessageKind readTree(JsonNode root) {
        final MessageKind kind = readRoot(object(root));
        scaleNumbers();
        return kind;
    }

    final void scaleNumbers() {
        if (!staged.scaleNumbers()) {
            throw new UnusableMessageException("a number that does not fit");
        }
    }

    /** Hands over what is known of a message that could not be used. */
    final void deliverLoss(MarketDataListener listener) {
        staged.deliverLoss(listener, concernsBooks, soleBook);
    }

    final void concernsBooks(boolean concerns) {
        concernsBooks = concerns;
    }

    /** From here on the message is known to be about one product's book; null: about several. */
    final void soleBook(Product product) {
        soleBook = product;
    }

    static JsonNode object(JsonNode node) {
        if (!node.isObject()) {
            throw new UnusableMessageException("not an object");
        }
        return node;
    }

    static JsonNode array(JsonNode node) {
        if (!node.isArray()) {
            throw new UnusableMessageException("not an array");
        }
        return node;
    }

    static String text(JsonNode node) {
        if (!node.isTextual()) {
            throw new UnusableMessageException("not a text");
        }
        return node.textValue();
    }

    final Product product(JsonNode node) {
        return product(text(node));
    }

    final Product product(String name) {
        wrap(name);
        final Product product = staged.product(text, 0, text.capacity());
        if (product == null) {
            throw new UnusableMessageException("not a product");
        }
        return product;
    }

    final long time(JsonNode node) {
        return node.isTextual() ? time(node.textValue()) : MarketDataListener.NO_TIME;
    }

    final long time(String stamp) {
        wrap(stamp);
        return timestamps.parse(text, 0, text.capacity());
    }

    /** What is not ASCII is in no name and no time, so it may be any byte that is not ASCII either. */
    private void wrap(String characters) {
        final byte[] bytes = new byte[characters.length()];
        for (int i = 0; i < bytes.length; i++) {
            final char c = characters.charAt(i);
            bytes[i] = c < 0x80 ? (byte) c : NOT_ASCII;
        }
        text.wrap(bytes);
    }

    static long wholeNumber(JsonNode node) {
        final BigDecimal number = MessageDecimals.of(node);
        if (number.scale() != 0) {
            throw new UnusableMessageException("not a whole number");
        }
        return number.unscaledValue().longValueExact();
    }

    static Side side(JsonNode node) {
        return switch (text(node)) {
            case "bid", "buy", "BUY" -> Side.BID;
            case "offer", "ask", "sell", "SELL" -> Side.ASK;
            default -> throw new UnusableMessageException("not a side");
        };
    }

    final void numbers(Side side, JsonNode price, JsonNode size) {
        final BigDecimal exactPrice = MessageDecimals.of(price);
        final BigDecimal exactSize = MessageDecimals.of(size);
        staged.addNumbers(
                side,
                MessageDecimals.mantissa(exactPrice),
                exactPrice.scale(),
                MessageDecimals.mantissa(exactSize),
                exactSize.scale());
    }

    /** Either may be absent. */
    final void optional(JsonNode price, JsonNode size) {
        optional(MessageDecimals.optional(price), MessageDecimals.optional(size));
    }

    /** Either may be null. */
    final void optional(BigDecimal price, BigDecimal size) {
        staged.addOptional(
                price == null ? 0 : MessageDecimals.mantissa(price),
                price == null ? -1 : price.scale(),
                size == null ? 0 : MessageDecimals.mantissa(size),
                size == null ? -1 : size.scale());
    }

    final void trade(JsonNode trade, boolean history) {
        staged.startTrade(
                product(trade.path("product_id")),
                wholeNumber(trade.path("trade_id")),
                time(trade.path("time")),
                history);
        numbers(side(trade.path("side")), trade.path("price"), trade.path("size"));
    }

    final void ticker(JsonNode ticker, String bidSize, String askSize) {
        staged.startTicker(product(ticker.path("product_id")));
        if (!ticker.has("price")) {
            throw new UnusableMessageException("a ticker without a price");
        }
        optional(MessageDecimals.optional(ticker.path("price")), null);
        optional(ticker.path("best_bid"), ticker.path(bidSize));
        optional(ticker.path("best_ask"), ticker.path(askSize));
    }

    final void increments(JsonNode products) {
        for (final JsonNode product : array(products)) {
            staged.startIncrements(product(object(product).path("id")));
            optional(product.path("quote_increment"), product.path("base_increment"));
        }
    }
}
