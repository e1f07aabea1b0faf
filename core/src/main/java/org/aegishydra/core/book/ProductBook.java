package org.aegishydra.core.book;

import java.util.function.Supplier;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;

/**
 * What a {@link Market} knows of one product: its book, whether the book can be trusted, and its last trade; and, while
 * another connection than the authoritative one tells the same product, that one's book, the shadow, for the moment at
 * which it takes over. A shadow is live or there is none. Used by the market's thread; readers on it must not keep what
 * the book returns, nor the book, across records.
 */
@HotPath
public final class ProductBook {
    /** No connection is authoritative. */
    static final int NO_CONNECTION = 0;

    private final Product product;
    private final Supplier<OrderBook> bookFactory;
    private final PendingTrades pending = new PendingTrades();
    private ConnectionBook authoritative;

    /** The live book of another connection, or null. */
    private ConnectionBook shadow;

    /** A book for the next shadow, or null before the first one was used up. */
    private ConnectionBook spare;

    private long lastTradeId = Long.MIN_VALUE;
    private long lastTradePrice;
    private long trades;
    private long levelUpdatesBefore;
    private long snapshotsBefore;

    /** Whether the book was live, and since when it was not, as {@link #noteLiveness} saw it last. */
    private boolean wasLive;

    private long blindSinceNs;
    private long blindNs;
    private int blindPeriods;

    ProductBook(Product product, Supplier<OrderBook> bookFactory, long appearedNs) {
        this.product = product;
        this.blindSinceNs = appearedNs;
        this.bookFactory = bookFactory;
        this.authoritative = new ConnectionBook(bookFactory.get());
    }

    public Product product() {
        return product;
    }

    /** The book; another one after a takeover. */
    public OrderBook book() {
        return authoritative.book();
    }

    /** The fingerprint of the book, see {@link BookDigest}. */
    public long digest() {
        return authoritative.digest();
    }

    /**
     * Whether the book is what the exchange's was: it had a snapshot and missed nothing since. A strategy may not trade
     * on a book that is not live.
     */
    public boolean isLive() {
        return authoritative.isLive();
    }

    /**
     * Whether the levels of a side down to a price may have changed since {@link #forgetChanges}: a level was set there, or
     * the book is another one or anew. Most updates land far from the touch, and who looks at the best levels only need not
     * look again.
     *
     * @param price a level's, or that of the {@link #wholeSide}.
     */
    public boolean isChangedFrom(Side side, long price) {
        return authoritative.isChangedFrom(side, price);
    }

    /** A price that is worse than that of any level. */
    public static long wholeSide(Side side) {
        return side == Side.BID ? Long.MIN_VALUE + 1 : Long.MAX_VALUE - 1;
    }

    /** For the one who follows the changes: all that there were so far is known. */
    public void forgetChanges() {
        authoritative.forgetChanges();
    }

    /** The connection whose messages are applied; 0 if the next snapshot, on any connection, decides. */
    public int connectionId() {
        return authoritative.connectionId();
    }

    /** The price of the last trade; 0 before the first. */
    public long lastTradePrice() {
        return lastTradePrice;
    }

    /** The highest id of a trade that counted or was history on a connection that counts; the least id before the first. */
    public long lastTradeId() {
        return lastTradeId;
    }

    /** Levels set in the book since the start, those that changed nothing included. */
    public long levelUpdates() {
        return levelUpdatesBefore + authoritative.levelUpdates();
    }

    /** Trades seen since the start, each once. */
    public long trades() {
        return trades;
    }

    /**
     * Trades that a connection without authority brought and that were forgotten before it took over, since more than
     * 1,024 waited. They are lost where the authoritative connection did not bring them either.
     */
    public long forgottenTrades() {
        return pending.forgotten();
    }

    /** Snapshots applied since the start. */
    public long snapshots() {
        return snapshotsBefore + authoritative.snapshots();
    }

    /**
     * For how long the book was not live, from the product's first appearance on; where a recorder was killed, from the
     * last record that it wrote.
     *
     * @param eventTimeNs now, in ns since the epoch.
     * @return nanoseconds of event time.
     */
    public long blindNs(long eventTimeNs) {
        return wasLive ? blindNs : blindNs + eventTimeNs - blindSinceNs;
    }

    /** How often the book was not live for longer than a moment; before its first snapshot, and now, are such times. */
    public int blindPeriods() {
        return wasLive ? blindPeriods : blindPeriods + 1;
    }

    /** The book may have become live, or blind, at this event time. */
    void noteLiveness(long eventTimeNs) {
        if (isLive() == wasLive) {
            return;
        }
        wasLive = !wasLive;
        if (wasLive) {
            blindNs += eventTimeNs - blindSinceNs;
            blindPeriods += eventTimeNs > blindSinceNs ? 1 : 0;
        } else {
            blindSinceNs = eventTimeNs;
        }
    }

    ConnectionBook authoritative() {
        return authoritative;
    }

    /** The book that a connection's changes go to, or null if they are nobody's. */
    ConnectionBook changedBy(int connection) {
        return authoritative.connectionId() == connection ? authoritative : changedByAnother(connection);
    }

    private ConnectionBook changedByAnother(int connection) {
        if (authoritative.connectionId() == NO_CONNECTION) {
            return authoritative;
        }
        return isShadowOf(connection) ? shadow : null;
    }

    private boolean isShadowOf(int connection) {
        return shadow != null && shadow.connectionId() == connection;
    }

    /** Starts the book of a connection anew: the book, if it has authority or nobody has, else the shadow. */
    ConnectionBook startSnapshot(int connection) {
        ConnectionBook started = authoritative;
        if (started.connectionId() != connection && started.connectionId() != NO_CONNECTION) {
            if (shadow == null) {
                shadow = spare == null ? new ConnectionBook(bookFactory.get()) : spare;
                spare = null;
            }
            started = shadow;
            started.startCounting();
        }
        started.startSnapshot(connection);
        return started;
    }

    void rescale(long priceFactor, long sizeFactor) {
        authoritative.rescale(priceFactor, sizeFactor);
        if (shadow != null) {
            shadow.rescale(priceFactor, sizeFactor);
        }
        pending.rescale(priceFactor, sizeFactor);
        lastTradePrice *= priceFactor;
    }

    /** Whether a connection's trades count as they come. */
    boolean countsTradesOf(int connection) {
        return authoritative.connectionId() == connection || authoritative.connectionId() == NO_CONNECTION;
    }

    /** Whether trades wait that {@link #releaseTrades} may bring. */
    boolean hasPendingTrades() {
        return !pending.isEmpty();
    }

    /** The trade counts unless it is history or was seen before. */
    boolean acceptTrade(long tradeId, long price, boolean history) {
        if (tradeId <= lastTradeId) {
            return false;
        }
        lastTradeId = tradeId;
        lastTradePrice = price;
        if (history) {
            return false;
        }
        trades++;
        return true;
    }

    /** Remembers a trade of a connection without authority. */
    void rememberTrade(
            int connection, long tradeId, long price, long size, Side makerSide, long timeNs, boolean history) {
        if (tradeId > lastTradeId) {
            pending.add(connection, tradeId, price, size, makerSide, timeNs, history);
        }
    }

    /** Counts the remembered trades up to an id that are still new. Returns whether there were any. */
    boolean releaseTrades(long lastId, TradeHandler handler) {
        return pending.release(lastId, this, handler);
    }

    /** A connection missed something of this product: its book waits for the next snapshot. */
    void missedBy(int connection) {
        if (authoritative.connectionId() == connection) {
            authoritative.blind();
        } else if (isShadowOf(connection)) {
            dropShadow();
        }
    }

    private void dropShadow() {
        spare = shadow;
        shadow = null;
    }

    /** A connection is gone. If it had authority, a shadow has it from here on, since nobody else is left to have it. */
    void disconnected(int connection, TradeHandler handler) {
        if (authoritative.connectionId() != connection) {
            missedBy(connection);
        } else if (shadow != null) {
            promoteShadow(handler);
        } else {
            giveAuthority(NO_CONNECTION, handler);
        }
    }

    /** All connections are gone. */
    void allDisconnected(TradeHandler handler) {
        if (shadow != null) {
            dropShadow();
        }
        giveAuthority(NO_CONNECTION, handler);
    }

    void takenOverBy(int connection, TradeHandler handler) {
        if (isShadowOf(connection)) {
            promoteShadow(handler);
        } else if (authoritative.connectionId() != connection) {
            giveAuthority(connection, handler);
        }
    }

    private void promoteShadow(TradeHandler handler) {
        levelUpdatesBefore += authoritative.levelUpdates();
        snapshotsBefore += authoritative.snapshots();
        spare = authoritative;
        authoritative = shadow;
        shadow = null;
        releaseTradesOf(connectionId(), handler);
    }

    private void giveAuthority(int connection, TradeHandler handler) {
        authoritative.awaitSnapshotOf(connection);
        releaseTradesOf(connection, handler);
    }

    /** A third connection may have brought later trades: those wait, since this one is still to bring what is between. */
    private void releaseTradesOf(int connection, TradeHandler handler) {
        releaseTrades(connection == NO_CONNECTION ? Long.MAX_VALUE : pending.lastOf(connection), handler);
    }

    void writeState(StateOutput output) {
        authoritative.writeState(output);
        output.putBoolean(shadow != null);
        if (shadow != null) {
            shadow.writeState(output);
        }
        pending.writeState(output);
        output.putLong(lastTradeId);
        output.putLong(lastTradePrice);
        output.putLong(trades);
        output.putLong(levelUpdatesBefore);
        output.putLong(snapshotsBefore);
        output.putBoolean(wasLive);
        output.putLong(blindSinceNs);
        output.putLong(blindNs);
        output.putInt(blindPeriods);
    }

    void readState(StateInput input) {
        authoritative.readState(input);
        if (input.getBoolean()) {
            shadow = new ConnectionBook(bookFactory.get());
            shadow.readState(input);
        }
        pending.readState(input);
        lastTradeId = input.getLong();
        lastTradePrice = input.getLong();
        trades = input.getLong();
        levelUpdatesBefore = input.getLong();
        snapshotsBefore = input.getLong();
        wasLive = input.getBoolean();
        blindSinceNs = input.getLong();
        blindNs = input.getLong();
        blindPeriods = input.getInt();
    }
}
