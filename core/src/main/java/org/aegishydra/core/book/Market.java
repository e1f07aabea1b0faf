package org.aegishydra.core.book;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.MessageDecoder;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * All products' books, from the records of a journal. A message is first decoded and checked as a whole, then applied:
 *
 * <pre>
 *   kind = market.decode(header, buffer, offset, length);
 *   market.apply(header);
 * </pre>
 *
 * <p>A book is live from its snapshot until something that concerns it was missed: a hole or a step back in its
 * connection's sequence, a {@code GAP} or {@code DISCONNECTED} fact, a new recorder, or a message that cannot be used and
 * may have been about it.
 *
 * <p>Each product has one authoritative connection at most, and only that one's messages change its book and touch it: the
 * one whose snapshot came when there was none, until a {@code TAKEOVER} names another. While there is one, a snapshot on
 * another connection starts a shadow: a second book, which that connection's messages keep up to date and which whatever
 * makes a book blind ends. There is one shadow a product; a snapshot of a third connection replaces it, since whoever
 * opens yet another connection has given the one before up. At its {@code TAKEOVER} the shadow becomes the book; without
 * one, the book waits for the new connection's snapshot. If the authoritative connection is gone first, the shadow becomes
 * the book at once: it is what the exchange's is, and nobody else has authority, as at a first snapshot. So a reader that
 * begins between the two connections' snapshots, and takes the new one's for the first, has the same books.
 *
 * <p>Trades are the exchange's, not a connection's: their ids tell which are new. Those of the authoritative connection
 * count as they come, and so do all while there is none. Those of others are remembered, up to {@value
 * PendingTrades#CAPACITY} a product, and count, in the order of their ids, when the authority passes on, or when the
 * authoritative connection goes on behind them and so has missed them. A fact can thus bring trades; it touches no
 * product. Trades before a subscription (history) never count. Used by one thread.
 */
@HotPath
public final class Market implements Checkpointed {
    private final ProductTable products;
    private final MessageDecoder advancedTrade;
    private final MessageDecoder exchange;
    private final Supplier<OrderBook> bookFactory;
    private final TradeHandler trades;
    private final Application application = new Application();
    private final Int2ObjectHashMap<Connection> connections = new Int2ObjectHashMap<>();

    private ProductBook[] books = new ProductBook[16];
    private int bookCount;
    private ProductBook[] touched = new ProductBook[16];
    private int touchedCount;
    private MessageDecoder decoder;
    private MessageKind kind = MessageKind.UNKNOWN;
    private Connection connection = new Connection(0);
    private long exchangeTimeNs;
    private long eventTimeNs;

    /** Whether the message that is being applied started or ended a book's being live. */
    private boolean livenessChanged;

    /** One connection's place in its sequence. */
    private static final class Connection {
        private final int id;
        private long lastSequence = MarketDataListener.NO_VALUE;

        private Connection(int id) {
            this.id = id;
        }
    }

    /**
     * A market without products.
     *
     * @param products where the decoders find their products.
     * @param decoders makes the decoder of a dialect.
     * @param bookFactory makes books: a product's first, and a second one at its first overlap of connections.
     * @param trades receives each trade once.
     */
    public Market(
            ProductTable products,
            Function<Dialect, MessageDecoder> decoders,
            Supplier<OrderBook> bookFactory,
            TradeHandler trades) {
        this.products = products;
        this.advancedTrade = decoders.apply(Dialect.ADVANCED_TRADE);
        this.exchange = decoders.apply(Dialect.EXCHANGE);
        this.decoder = advancedTrade;
        this.bookFactory = bookFactory;
        this.trades = trades;
    }

    /** Checks a message as a whole. Nothing is applied yet. */
    public MessageKind decode(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        decoder = header.dialect() == Dialect.EXCHANGE ? exchange : advancedTrade;
        kind = decoder.parse(buffer, offset, length);
        return kind;
    }

    /** Applies the message that was decoded last. */
    public void apply(RecordHeader header) {
        touchedCount = 0;
        eventTimeNs = header.eventTimeNs();
        if (connection.id != header.connectionId()) {
            connection = connection(header.connectionId());
        }
        decoder.deliver(application);
        if (livenessChanged) {
            noteLiveness(eventTimeNs);
        }
    }

    private void noteLiveness(long sinceNs) {
        livenessChanged = false;
        for (int i = 0; i < bookCount; i++) {
            books[i].noteLiveness(sinceNs);
        }
    }

    private Connection connection(int id) {
        Connection found = connections.get(id);
        if (found == null) {
            found = new Connection(id);
            connections.put(id, found);
        }
        return found;
    }

    /**
     * Applies a fact: what it says of connections makes books wait for their next snapshot, or changes them for the books
     * of another connection. Remembered trades that count from here on are handed over in this call.
     */
    public void applyFact(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        touchedCount = 0;
        final long lastEventTimeNs = eventTimeNs;
        eventTimeNs = header.eventTimeNs();
        final RecordKind fact = header.kind();
        if (fact == RecordKind.RECORDER_STARTED) {
            connections.clear();
            connection = new Connection(0);
        } else if (fact == RecordKind.CONNECTED) {
            connection(header.connectionId()).lastSequence = MarketDataListener.NO_VALUE;
        }
        FactEffect.apply(header, buffer, offset, length, books, bookCount, trades);
        // A recorder that was killed left a book that looks live up to here, and was not since the last record.
        noteLiveness(fact == RecordKind.RECORDER_STARTED ? lastEventTimeNs : eventTimeNs);
    }

    /** Why the message decoded last was malformed; for people. */
    public String malformedReason() {
        return decoder.malformedReason();
    }

    /** How many products' books or trades the last message changed. */
    public int touchedCount() {
        return touchedCount;
    }

    /** One of the products that the last message changed, in the message's order. */
    public ProductBook touched(int index) {
        return touched[index];
    }

    /** How many products have appeared. */
    public int bookCount() {
        return bookCount;
    }

    /** One of the products that have appeared, in order of appearance. */
    public ProductBook book(int index) {
        return books[index];
    }

    /** The exchange's own stamp on the last message, ns since the epoch, or NO_TIME. */
    public long exchangeTimeNs() {
        return exchangeTimeNs;
    }

    /** A fingerprint of all books. */
    public long digest() {
        long sum = 0;
        for (int i = 0; i < bookCount; i++) {
            sum += BookDigest.mix(books[i].digest() + i);
        }
        return sum;
    }

    /** For how long a book was not live, in ns of event time from its product's first appearance to the last record. */
    public long blindNs(ProductBook book) {
        return book.blindNs(eventTimeNs);
    }

    @Override
    public void writeState(StateOutput output) {
        products.writeState(output);
        output.section("books");
        output.putInt(bookCount);
        for (int i = 0; i < bookCount; i++) {
            books[i].writeState(output);
        }
        output.section("connections");
        final int[] ids = connections.keySet().stream()
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        output.putInt(ids.length);
        for (final int id : ids) {
            output.putInt(id);
            output.putLong(connections.get(id).lastSequence);
        }
        output.putInt(connection.id);
        output.putLong(connection.lastSequence);
        output.putLong(exchangeTimeNs);
        output.putLong(eventTimeNs);
    }

    @Override
    public void readState(StateInput input) {
        products.readState(input);
        input.section("books");
        final int count = input.getCount(ProductTable.MAX_PRODUCTS);
        if (count > 0) {
            addBooks(count - 1);
        }
        for (int i = 0; i < count; i++) {
            books[i].readState(input);
        }
        input.section("connections");
        for (int left = input.getCount(Integer.MAX_VALUE); left > 0; left--) {
            connection(input.getInt()).lastSequence = input.getLong();
        }
        final int id = input.getInt();
        // One that no message was numbered on is in no table; the next record on it finds it by its id alone.
        connection = connections.containsKey(id) ? connection(id) : new Connection(id);
        connection.lastSequence = input.getLong();
        exchangeTimeNs = input.getLong();
        eventTimeNs = input.getLong();
    }

    private ProductBook book(Product product) {
        final int index = product.index();
        if (index >= bookCount) {
            addBooks(index);
        }
        return books[index];
    }

    private void addBooks(int index) {
        if (index >= books.length) {
            books = Arrays.copyOf(books, Math.max(index + 1, books.length * 2));
        }
        while (bookCount <= index) {
            books[bookCount] = new ProductBook(products.product(bookCount), bookFactory, eventTimeNs);
            bookCount++;
        }
    }

    private void touch(ProductBook book) {
        for (int i = 0; i < touchedCount; i++) {
            if (touched[i] == book) {
                return;
            }
        }
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, touchedCount * 2);
        }
        touched[touchedCount++] = book;
    }

    /** Applies what the decoder says. */
    private final class Application implements MarketDataListener {
        /** What the levels go to, or null. */
        private ConnectionBook target;

        @Override
        public void onMessage(long timeNs, long sequenceNumber) {
            exchangeTimeNs = timeNs;
            if (sequenceNumber != NO_VALUE) {
                if (connection.lastSequence != NO_VALUE && sequenceNumber != connection.lastSequence + 1) {
                    onBookLost(null);
                }
                connection.lastSequence = sequenceNumber;
            }
        }

        @Override
        public void onScaleChange(Product product, long priceFactor, long sizeFactor) {
            book(product).rescale(priceFactor, sizeFactor);
        }

        @Override
        public void onSnapshotStart(Product product) {
            final ProductBook book = book(product);
            target = book.startSnapshot(connection.id);
            livenessChanged = true;
            touchIfChanged(book);
        }

        @Override
        public void onUpdateStart(Product product) {
            final ProductBook book = book(product);
            target = book.changedBy(connection.id);
            touchIfChanged(book);
        }

        private void touchIfChanged(ProductBook book) {
            if (target == book.authoritative()) {
                touch(book);
            }
        }

        @Override
        public void onLevel(Product product, Side side, long price, long size) {
            if (target != null) {
                target.set(side, price, size);
            }
        }

        @Override
        public void onBookLost(Product product) {
            livenessChanged = true;
            if (product != null) {
                book(product).missedBy(connection.id);
                return;
            }
            for (int i = 0; i < bookCount; i++) {
                books[i].missedBy(connection.id);
            }
        }

        @Override
        public void onTrade(
                Product product, long tradeId, long price, long size, Side makerSide, long timeNs, boolean history) {
            final ProductBook book = book(product);
            if (!book.countsTradesOf(connection.id)) {
                book.rememberTrade(connection.id, tradeId, price, size, makerSide, timeNs, history);
                return;
            }
            if (book.hasPendingTrades() && book.releaseTrades(history ? tradeId : tradeId - 1, trades)) {
                touch(book);
            }
            if (book.acceptTrade(tradeId, price, history)) {
                touch(book);
                trades.onTrade(book, tradeId, price, size, makerSide, timeNs);
            }
        }
    }
}
