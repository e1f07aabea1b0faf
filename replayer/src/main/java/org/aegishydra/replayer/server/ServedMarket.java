package org.aegishydra.replayer.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.MessageDecoder;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.DirectBuffer;

/**
 * A recorded market as one client sees it, who is connected all the time while the recorder's connections come and go.
 *
 * <p>A recorded message goes out as it is, but for its number, if all that it says is to be told: it is of the connection
 * with authority, about products that the client subscribed to, and follows on what the client was told before. Else what
 * it changes is told in the server's own words: a book that another connection's snapshot or a takeover replaced as one
 * update of the levels that differ, trades as one update of those that count. A book that is not live is told no further
 * until it is again, since what is missing cannot be told. So the client's books are the market's whenever those are live,
 * and its trades are those that count, each once.
 *
 * <p>Used by one thread.
 */
final class ServedMarket {
    /** Trades that may come to count later: as many as a market remembers of a product. */
    static final int MOST_WAITING_TRADES = 1_024;

    private static final int NO_CONNECTION = 0;

    private record CountedTrade(String product, long tradeId) {}

    private final Dialect dialect;
    private final FeedProtocol protocol;
    private final MarketText text;
    private final Subscriptions subscriptions;
    private final Consumer<OutgoingMessage> client;
    private final Consumer<String> log;
    private final MessageDecoder decoder;
    private final Market market;
    private final MessageAddress address = new MessageAddress();
    private final MentionedBooks mentioned = new MentionedBooks();
    private final Map<String, ProductBook> books = new TreeMap<>();
    private final Map<String, ToldBook> toldBooks = new TreeMap<>();
    private final Map<String, ServedProduct> products = new TreeMap<>();
    private final List<CountedTrade> counted = new ArrayList<>();
    private String lastStatus;
    private boolean open;
    private long timeNs;

    /**
     * A market before its first record.
     *
     * @param subscriptions what the client is subscribed to at any time; {@link #subscribed} tells of changes.
     * @param client receives the messages for the client, in their order.
     * @param log receives lines for people.
     */
    ServedMarket(Dialect dialect, Subscriptions subscriptions, Consumer<OutgoingMessage> client, Consumer<String> log) {
        this.dialect = dialect;
        this.subscriptions = subscriptions;
        this.client = client;
        this.log = log;
        protocol = FeedProtocol.of(dialect);
        text = MarketText.of(dialect);
        final ProductTable table = new ProductTable();
        decoder = Decoders.of(table).apply(dialect);
        market = new Market(
                table,
                other -> other == dialect ? decoder : Decoders.of(table).apply(other),
                LadderOrderBook::new,
                (book, tradeId, price, size, makerSide, madeNs) ->
                        counted.add(new CountedTrade(book.product().id(), tradeId)));
    }

    /** From here on the client is told what happens; first of all, how everything is that it subscribed to before. */
    void open() {
        open = true;
        subscribed(subscriptions.productsByChannel());
    }

    /**
     * The client's subscriptions have changed.
     *
     * @param added products by channel that it asked for, whether it had them or not: what they begin with is told.
     */
    void subscribed(Map<String, Set<String>> added) {
        toldBooks.keySet().removeIf(product -> !wantsLevels(product));
        products.values().forEach(product -> product.begun.removeIf(channel -> !wants(channel, product.id)));
        if (!open) {
            return;
        }
        added.forEach((channel, names) -> {
            final String messageChannel = protocol.messageChannel(channel);
            if (messageChannel.equals(protocol.statusChannel()) && lastStatus != null) {
                client.accept(text.status(lastStatus, timeNs));
            }
            names.forEach(product -> begin(messageChannel, product));
        });
    }

    private void begin(String channel, String product) {
        if (protocol.tellsLevels(channel)) {
            toldBooks.remove(product);
            catchUp(product);
            return;
        }
        final ServedProduct served = product(product);
        final ProductBook book = books.get(product);
        final long last = text.tellsTrades(channel) ? (book == null ? 0 : book.lastTradeId()) : Long.MAX_VALUE;
        final var items = served.kept(channel, text).upTo(last, MarketText.MOST_FIRST_ITEMS);
        if (!items.isEmpty()) {
            client.accept(text.first(items, timeNs));
            served.begun.add(channel);
        }
    }

    /** The next record. */
    void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        timeNs = header.eventTimeNs();
        counted.clear();
        if (header.kind() != RecordKind.MESSAGE) {
            onFact(header, buffer, offset, length);
        } else if (header.dialect() == dialect) {
            onMessage(header, buffer, offset, length);
        }
    }

    private void onFact(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        market.applyFact(header, buffer, offset, length);
        final boolean all = header.kind() == RecordKind.RECORDER_STARTED;
        if (all || header.kind() == RecordKind.DISCONNECTED) {
            for (final ServedProduct product : products.values()) {
                product.heard = all || product.heard == header.connectionId() ? NO_CONNECTION : product.heard;
            }
        }
        tell(countedItems());
        for (final String product : books.keySet()) {
            final ToldBook told = toldBooks.get(product);
            final ProductBook book = books.get(product);
            if (told == null || !book.isLive() || told.connectionId() != book.connectionId()) {
                catchUp(product);
            }
        }
    }

    private void onMessage(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        final byte[] utf8 = new byte[length];
        buffer.getBytes(offset, utf8);
        final boolean usable = market.decode(header, buffer, offset, length) != MessageKind.MALFORMED
                && address.read(utf8, length, protocol.numbersMessages());
        if (!usable || protocol.tellsLevels(address.channel())) {
            market.apply(header);
            findNewBooks();
            if (usable) {
                onLevels(header.connectionId(), utf8);
            }
            return;
        }
        final String recorded = new String(utf8, StandardCharsets.UTF_8);
        final JsonNode message = FeedProtocol.read(recorded);
        final List<FeedItem> items = text.items(address.channel(), recorded, message);
        for (final FeedItem item : items) {
            if (text.tellsTrades(item.channel())) {
                product(item.product()).kept(item.channel(), text).put(item);
            }
        }
        market.apply(header);
        findNewBooks();
        if (address.channel().equals(protocol.statusChannel())) {
            lastStatus = recorded;
            if (wants(address.channel(), "")) {
                client.accept(address.outgoing(utf8));
            }
            return;
        }
        noteSequence(message);
        // A heartbeat's counter is of a connection, as a sequence number is: the client gets its own.
        if (!address.channel().equals(protocol.heartbeatChannel())) {
            onItems(header.connectionId(), items, utf8);
        }
    }

    private void findNewBooks() {
        for (int i = books.size(); i < market.bookCount(); i++) {
            books.put(market.book(i).product().id(), market.book(i));
        }
    }

    /** Messages that tell a book. */
    private void onLevels(int connection, byte[] utf8) {
        mentioned.clear();
        decoder.deliver(mentioned);
        boolean asItIs = !mentioned.mentions().isEmpty();
        for (final MentionedBooks.Mention mention : mentioned.mentions()) {
            asItIs &= followsOn(connection, mention);
        }
        if (asItIs) {
            client.accept(address.outgoing(utf8));
            decoder.deliver(new Told());
            return;
        }
        for (final MentionedBooks.Mention mention : mentioned.mentions()) {
            final ProductBook book = books.get(mention.product());
            if (book.connectionId() == connection) {
                catchUp(mention.product());
            }
        }
    }

    /** Whether a client that is told this part of a message as it is has the market's book then. */
    private boolean followsOn(int connection, MentionedBooks.Mention mention) {
        final ProductBook book = books.get(mention.product());
        if (!wantsLevels(mention.product()) || !book.isLive() || book.connectionId() != connection) {
            return false;
        }
        final ToldBook told = toldBooks.get(mention.product());
        return mention.snapshot() ? told == null && mentioned.mentions().size() == 1 : told != null;
    }

    /** Keeps what the client is told by a message that is passed on. */
    private final class Told implements MarketDataListener {
        private ToldBook book;

        @Override
        public void onSnapshotStart(Product product) {
            toldBooks.put(product.id(), new ToldBook(books.get(product.id())));
            book = null;
        }

        @Override
        public void onUpdateStart(Product product) {
            book = toldBooks.get(product.id());
        }

        @Override
        public void onLevel(Product product, Side side, long price, long size) {
            if (book != null) {
                book.set(product, side, price, size);
            }
        }
    }

    /** Tells what makes the client's book the market's, if the client wants it and the market's can be trusted. */
    private void catchUp(String product) {
        final ProductBook book = books.get(product);
        if (book == null || !wantsLevels(product)) {
            return;
        }
        final ServedProduct served = product(product);
        if (!book.isLive()) {
            if (!served.waits && toldBooks.containsKey(product)) {
                log.accept("the book of " + product + " has a hole in the recording at " + MarketText.instant(timeNs)
                        + ": it goes on with the next recorded snapshot");
            }
            served.waits = true;
            return;
        }
        served.waits = false;
        final ToldBook told = toldBooks.get(product);
        if (told == null) {
            client.accept(text.levels(true, book.product(), LevelList.of(book.book()), timeNs));
            toldBooks.put(product, new ToldBook(book));
            return;
        }
        final LevelList changes = told.catchUp(book);
        if (changes.count() > 0) {
            client.accept(text.levels(false, book.product(), changes, timeNs));
        }
    }

    /** Messages that tell trades, tickers and the like. */
    private void onItems(int connection, List<FeedItem> items, byte[] utf8) {
        final List<FeedItem> due = countedItems();
        boolean asItIs = !items.isEmpty();
        int dueOfMessage = 0;
        for (final FeedItem item : items) {
            final boolean leads = leads(connection, item.product());
            final boolean trade = text.tellsTrades(item.channel());
            if (leads && !trade) {
                product(item.product()).kept(item.channel(), text).put(item);
            }
            final boolean counts = trade && !item.repeats();
            final boolean isDue = counts
                    ? due.contains(item)
                    : leads
                            && wants(item.channel(), item.product())
                            && !(item.repeats() && product(item.product()).begun.contains(item.channel()));
            asItIs &= isDue;
            dueOfMessage += isDue ? 1 : 0;
            if (isDue && !counts) {
                due.add(item);
            }
        }
        if (asItIs && dueOfMessage == due.size()) {
            due.forEach(this::begun);
            client.accept(address.outgoing(utf8));
        } else {
            tell(due);
        }
    }

    private void begun(FeedItem item) {
        product(item.product()).begun.add(item.channel());
    }

    /** The trades that count by the present record, as far as the client wants them. */
    private List<FeedItem> countedItems() {
        final List<FeedItem> items = new ArrayList<>();
        for (final CountedTrade trade : counted) {
            final String channel = protocol.tradesChannel();
            if (wants(channel, trade.product)) {
                final FeedItem item = product(trade.product).kept(channel, text).get(trade.tradeId);
                if (item == null) {
                    throw new IllegalStateException("trade " + trade.tradeId + " of " + trade.product
                            + " counts and was never seen in a message");
                }
                items.add(item);
            }
        }
        return items;
    }

    /** Tells items in the server's own words, product by product. */
    private void tell(List<FeedItem> items) {
        final Map<String, List<FeedItem>> first = new TreeMap<>();
        final Map<String, List<FeedItem>> updates = new TreeMap<>();
        items.sort(Comparator.comparingLong(FeedItem::number));
        for (final FeedItem item : items) {
            (item.repeats() ? first : updates)
                    .computeIfAbsent(item.product(), none -> new ArrayList<>())
                    .add(item);
            begun(item);
        }
        first.values().forEach(ofProduct -> client.accept(text.first(ofProduct, timeNs)));
        updates.values().forEach(ofProduct -> text.updates(ofProduct, timeNs).forEach(client));
    }

    /** The heartbeats of a second, if the client wants any. */
    void heartbeat(long heartbeatNs, long counter) {
        final String channel = protocol.heartbeatChannel();
        final Set<String> names = subscriptions.productsByChannel().get(channel);
        if (names == null) {
            return;
        }
        if (names.isEmpty()) {
            client.accept(text.heartbeat("", counter, 0, heartbeatNs));
        }
        for (final String product : names) {
            final ProductBook book = books.get(product);
            final long lastTradeId = book == null ? 0 : Math.max(0, book.lastTradeId());
            client.accept(text.heartbeat(product, product(product).sequence, lastTradeId, heartbeatNs));
        }
    }

    private void noteSequence(JsonNode message) {
        if (!protocol.numbersMessages() && message.has("sequence")) {
            final ServedProduct product = product(message.path("product_id").asText());
            product.sequence =
                    Math.max(product.sequence, message.path("sequence").asLong());
        }
    }

    /** Whether a connection's messages about a product are told: it has authority, or none has and it was there first. */
    private boolean leads(int connection, String product) {
        final ProductBook book = books.get(product);
        if (book != null && book.connectionId() != NO_CONNECTION) {
            return book.connectionId() == connection;
        }
        final ServedProduct served = product(product);
        served.heard = served.heard == NO_CONNECTION ? connection : served.heard;
        return served.heard == connection;
    }

    private boolean wantsLevels(String product) {
        return wants(protocol.levelsChannel(), product);
    }

    private boolean wants(String channel, String product) {
        return open && protocol.wants(subscriptions, channel, product);
    }

    private ServedProduct product(String id) {
        return products.computeIfAbsent(id, ServedProduct::new);
    }
}
