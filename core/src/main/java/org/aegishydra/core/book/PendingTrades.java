package org.aegishydra.core.book;

import java.util.Arrays;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;

/**
 * Trades of one product that connections without authority brought, and the authoritative one has not brought yet, in the
 * order of their ids. Grows to {@link #CAPACITY}; beyond, the oldest is forgotten, and counted. Used by the market's thread.
 */
@HotPath
final class PendingTrades {
    /** The most trades remembered: minutes of a busy product, and a second's overlap is usual. */
    static final int CAPACITY = 1024;

    private static final int FIRST_CAPACITY = 16;

    private long[] ids = {};
    private long[] prices = {};
    private long[] sizes = {};
    private long[] times = {};
    private Side[] makerSides = {};

    /** The connection that brought it last. */
    private int[] connections = {};

    /** Made before the subscription of every connection that brought it. */
    private boolean[] history = {};

    private int count;
    private long forgotten;

    boolean isEmpty() {
        return count == 0;
    }

    /** The trades that were forgotten because there were too many, history aside. */
    long forgotten() {
        return forgotten;
    }

    /** Remembers a trade; one that is known already is new if any connection brought it as new. */
    void add(int connection, long id, long price, long size, Side makerSide, long timeNs, boolean isHistory) {
        int at = count;
        while (at > 0 && ids[at - 1] > id) {
            at--;
        }
        if (at > 0 && ids[at - 1] == id) {
            history[at - 1] &= isHistory;
            connections[at - 1] = connection;
            return;
        }
        if (count == CAPACITY) {
            if (at == 0) {
                forgotten += isHistory ? 0 : 1;
                return;
            }
            forgotten += history[0] ? 0 : 1;
            removeFirst(1);
            at--;
        }
        makeRoom(at);
        ids[at] = id;
        prices[at] = price;
        sizes[at] = size;
        times[at] = timeNs;
        makerSides[at] = makerSide;
        connections[at] = connection;
        history[at] = isHistory;
    }

    private void makeRoom(int at) {
        if (count == ids.length) {
            grow();
        }
        move(at, at + 1);
        count++;
    }

    private void grow() {
        final int capacity = Math.min(Math.max(count * 2, FIRST_CAPACITY), CAPACITY);
        ids = Arrays.copyOf(ids, capacity);
        prices = Arrays.copyOf(prices, capacity);
        sizes = Arrays.copyOf(sizes, capacity);
        times = Arrays.copyOf(times, capacity);
        makerSides = Arrays.copyOf(makerSides, capacity);
        connections = Arrays.copyOf(connections, capacity);
        history = Arrays.copyOf(history, capacity);
    }

    private void move(int from, int to) {
        final int moved = count - from;
        System.arraycopy(ids, from, ids, to, moved);
        System.arraycopy(prices, from, prices, to, moved);
        System.arraycopy(sizes, from, sizes, to, moved);
        System.arraycopy(times, from, times, to, moved);
        System.arraycopy(makerSides, from, makerSides, to, moved);
        System.arraycopy(connections, from, connections, to, moved);
        System.arraycopy(history, from, history, to, moved);
    }

    private void removeFirst(int removed) {
        move(removed, 0);
        count -= removed;
    }

    /** The newest trade that a connection brought, as far as no other one brought it again; the least id if there is none. */
    long lastOf(int connection) {
        int at = count - 1;
        while (at >= 0 && connections[at] != connection) {
            at--;
        }
        return at < 0 ? Long.MIN_VALUE : ids[at];
    }

    /**
     * Takes the trades up to an id out, and counts those that are new to the product.
     *
     * @return whether any was.
     */
    boolean release(long lastId, ProductBook product, TradeHandler handler) {
        boolean released = false;
        int next = 0;
        while (next < count && ids[next] <= lastId) {
            if (product.acceptTrade(ids[next], prices[next], history[next])) {
                handler.onTrade(product, ids[next], prices[next], sizes[next], makerSides[next], times[next]);
                released = true;
            }
            next++;
        }
        removeFirst(next);
        return released;
    }

    void rescale(long priceFactor, long sizeFactor) {
        for (int i = 0; i < count; i++) {
            prices[i] *= priceFactor;
            sizes[i] *= sizeFactor;
        }
    }

    void writeState(StateOutput output) {
        output.putInt(count);
        output.putLong(forgotten);
        for (int i = 0; i < count; i++) {
            output.putInt(connections[i]);
            output.putLong(ids[i]);
            output.putLong(prices[i]);
            output.putLong(sizes[i]);
            output.putBoolean(makerSides[i] == Side.BID);
            output.putLong(times[i]);
            output.putBoolean(history[i]);
        }
    }

    void readState(StateInput input) {
        final int trades = input.getCount(CAPACITY);
        final long forgottenBefore = input.getLong();
        count = 0;
        for (int i = 0; i < trades; i++) {
            add(
                    input.getInt(),
                    input.getLong(),
                    input.getLong(),
                    input.getLong(),
                    input.getBoolean() ? Side.BID : Side.ASK,
                    input.getLong(),
                    input.getBoolean());
        }
        forgotten = forgottenBefore;
    }
}
