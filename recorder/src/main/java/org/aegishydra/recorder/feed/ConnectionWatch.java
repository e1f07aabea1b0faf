package org.aegishydra.recorder.feed;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aegishydra.core.coinbase.AdvancedTradeDecoder;
import org.aegishydra.core.coinbase.ExchangeDecoder;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.MessageDecoder;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.Side;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Looks into the messages of one connection, after they were recorded, for what the recorder itself has to know: what is
 * missing, which books have their snapshots, how far the exchange's time has come, what the server refuses.
 *
 * <p>Advanced Trade numbers all messages of a connection, so its envelope is enough; only until all books have their
 * snapshots are its messages decoded. Exchange numbers nothing but trades: its messages are decoded, for the trade ids and
 * for the heartbeats, which tell the id of the last trade. Fed by one thread; what it found may be asked from any.
 */
final class ConnectionWatch implements MarketDataListener {
    /** What it finds. Called on the feeding thread. */
    interface Findings {
        /** Messages are missing: the fields of the fact. */
        void onGap(Map<String, Object> fields);

        /** The server refuses something: its words. */
        void onRefusal(String message);
    }

    /** A snapshot that has not come by then will not be looked for any more. */
    private static final long MAX_DECODED_MESSAGES = 100_000;

    private static final int MAX_ERROR_BYTES = 1 << 16;
    private static final long NONE = NO_VALUE;

    private final Feed feed;
    private final Set<String> products;
    private final boolean tradesAreExpected;
    private final Findings findings;
    private final EnvelopeScan envelope = new EnvelopeScan();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final Set<String> snapshots = ConcurrentHashMap.newKeySet();
    private MessageDecoder decoder;
    private long decodedMessages;
    private long expectedSequence;
    private long[] lastTradeIds = {};
    private long[] announcedTradeIds = {};
    private long receivedNs;
    private volatile long heartbeatNs = NONE;
    private volatile long exchangeTimeNs = NO_TIME;

    /**
     * A watch over a new connection.
     *
     * @param products whose snapshots are awaited.
     * @param channels the subscribed ones.
     */
    ConnectionWatch(Feed feed, List<String> products, List<String> channels, Findings findings) {
        this.feed = feed;
        this.products = Set.copyOf(products);
        this.tradesAreExpected = channels.contains("matches");
        this.findings = findings;
        final ProductTable table = new ProductTable();
        decoder = feed == Feed.EXCHANGE ? new ExchangeDecoder(table) : new AdvancedTradeDecoder(table);
        if (feed == Feed.ADVANCED_TRADE && !feed.hasBooks(channels)) {
            decoder = null;
        }
    }

    /** A message that was recorded. */
    void onMessage(byte[] message, long nowNs) {
        receivedNs = nowNs;
        envelope.scan(message);
        if (feed == Feed.ADVANCED_TRADE) {
            checkSequence();
            if (envelope.isHeartbeat()) {
                heartbeatNs = nowNs;
            }
            final long timestampNs = envelope.timestampNs();
            if (timestampNs != NO_TIME) {
                exchangeTimeNs = timestampNs;
            }
        }
        if (decoder != null) {
            decode(message);
        }
        if (message.length < MAX_ERROR_BYTES && envelope.isError()) {
            findings.onRefusal(new String(message, java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private void checkSequence() {
        final long got = envelope.sequenceNumber();
        if (got == EnvelopeScan.NO_NUMBER) {
            return;
        }
        final long expected = expectedSequence;
        expectedSequence = got + 1;
        if (got != expected) {
            findings.onGap(gap(envelope.channel(), expected, got));
        }
    }

    private static Map<String, Object> gap(String channel, long expected, long got) {
        final Map<String, Object> gap = new LinkedHashMap<>();
        gap.put("channel", channel);
        gap.put("expected", expected);
        gap.put("got", got);
        return gap;
    }

    private void decode(byte[] message) {
        view.wrap(message);
        decoder.parse(view, 0, message.length);
        decoder.deliver(this);
        decodedMessages++;
        if (feed == Feed.ADVANCED_TRADE && (hasSnapshotsOf(products) || decodedMessages >= MAX_DECODED_MESSAGES)) {
            decoder = null;
        }
    }

    @Override
    public void onMessage(long timeNs, long sequenceNumber) {
        if (timeNs != NO_TIME) {
            exchangeTimeNs = timeNs;
        }
    }

    @Override
    public void onSnapshotStart(Product product) {
        snapshots.add(product.id());
    }

    @Override
    public void onTrade(
            Product product, long tradeId, long price, long size, Side makerSide, long timeNs, boolean history) {
        if (feed != Feed.EXCHANGE) {
            return;
        }
        final int index = product.index();
        makeRoomFor(index);
        final long last = lastTradeIds[index];
        if (!history && last != NONE && tradeId > last + 1) {
            productGap("matches", product, last + 1, tradeId);
        }
        lastTradeIds[index] = Math.max(last, tradeId);
    }

    /** A trade that one heartbeat tells of and that has still not come at the next is lost. */
    @Override
    public void onHeartbeat(Product product, long counter, long lastTradeId) {
        heartbeatNs = receivedNs;
        if (feed != Feed.EXCHANGE || !tradesAreExpected || product == null || lastTradeId == NO_VALUE) {
            return;
        }
        final int index = product.index();
        makeRoomFor(index);
        final long last = lastTradeIds[index];
        final long announced = announcedTradeIds[index];
        announcedTradeIds[index] = lastTradeId;
        if (last == NONE && announced != NONE && lastTradeId > announced) {
            // The subscription to trades itself does not act.
            productGap("heartbeat", product, lastTradeId, announced);
            lastTradeIds[index] = lastTradeId;
        } else if (last != NONE && announced != NONE && announced > last) {
            productGap("heartbeat", product, announced, last);
            lastTradeIds[index] = announced;
        }
    }

    private void productGap(String channel, Product product, long expected, long got) {
        final Map<String, Object> gap = gap(channel, expected, got);
        gap.put("product", product.id());
        findings.onGap(gap);
    }

    private void makeRoomFor(int index) {
        if (index >= lastTradeIds.length) {
            final int before = lastTradeIds.length;
            lastTradeIds = Arrays.copyOf(lastTradeIds, Math.max(16, index * 2));
            announcedTradeIds = Arrays.copyOf(announcedTradeIds, lastTradeIds.length);
            Arrays.fill(lastTradeIds, before, lastTradeIds.length, NONE);
            Arrays.fill(announcedTradeIds, before, lastTradeIds.length, NONE);
        }
    }

    /** The products whose books had a snapshot on this connection, as the messages call them. */
    Set<String> snapshots() {
        return snapshots;
    }

    /** Whether the books of all these products had a snapshot; a {@code -USDC} product's stream is called {@code -USD}. */
    boolean hasSnapshotsOf(Set<String> wanted) {
        for (final String product : wanted) {
            final boolean found = snapshots.contains(product)
                    || (product.endsWith("-USDC") && snapshots.contains(product.substring(0, product.length() - 1)));
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /** {@link System#nanoTime()} of the last heartbeat; {@link MarketDataListener#NO_VALUE} if there was none. */
    long heartbeatNs() {
        return heartbeatNs;
    }

    /** The exchange's latest stamp, ns since the epoch; {@link MarketDataListener#NO_TIME} if there was none. */
    long exchangeTimeNs() {
        return exchangeTimeNs;
    }
}
