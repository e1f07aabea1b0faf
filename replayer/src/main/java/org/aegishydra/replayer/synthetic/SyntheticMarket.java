package org.aegishydra.replayer.synthetic;

import java.util.ArrayList;
import java.util.List;

/**
 * A seeded market that speaks Coinbase's Advanced Trade dialect. It opens with the products' increments and, for each
 * product, the last trades, a ticker and the whole book; then come updates, trades, tickers and, every second, a
 * heartbeat. The same settings give the same bytes on every JVM; there is no clock in it, its own event time drives all.
 *
 * <p>Messages are numbered from 0 over all channels. A trade's update follows its message, its ticker follows both.
 * Used by one thread.
 */
public final class SyntheticMarket {
    static final int BOOKS = 1;
    static final int ARRIVALS = 2;
    static final int CONNECTION = 3;
    static final int LATENCY = 4;
    static final int FAULTS = 5;

    /** The channels that begin with a message for each product, in the order in which the market opens. */
    static final List<String> CHANNELS_WITH_SNAPSHOTS =
            List.of(MessageWriter.MARKET_TRADES, MessageWriter.TICKER, MessageWriter.L2_DATA);

    private static final long NS_PER_SECOND = 1_000_000_000L;

    /** A ticker also comes with some updates that trade nothing. */
    private static final double IDLE_TICKER_PROBABILITY = 0.15;

    /** Messages for one update: itself, about 0.08 trades and, with a trade or without, 0.2 tickers. */
    private static final double MESSAGES_PER_UPDATE = 1.27;

    private static final int OPENING_MESSAGES_PER_PRODUCT = 3;

    private final SyntheticSettings settings;
    private final List<ProductMarket> markets = new ArrayList<>();
    private final List<ArrivalProcess> arrivals = new ArrayList<>();
    private final Draws connection;
    private final MessageWriter writer = new MessageWriter();
    private final MarketMessage message = new MarketMessage();
    private final MarketMessage snapshot = new MarketMessage();
    private final long upSinceNs;
    private long sequence;
    private int opened;
    private ProductMarket active;
    private boolean tradesPending;
    private boolean updatePending;
    private boolean tickerPending;
    private long nextHeartbeatNs;
    private long heartbeatCounter;
    private long eventTimeNs;

    public SyntheticMarket(SyntheticSettings settings) {
        this.settings = settings;
        final int products = settings.products().size();
        final double updatesPerSecond = (settings.messagesPerSecond() - 1) / MESSAGES_PER_UPDATE / products;
        for (int i = 0; i < products; i++) {
            markets.add(
                    new ProductMarket(settings.products().get(i), settings, Draws.stream(settings.seed(), BOOKS, i)));
            arrivals.add(new ArrivalProcess(
                    Draws.stream(settings.seed(), ARRIVALS, i), updatesPerSecond, settings.startNs()));
        }
        connection = Draws.stream(settings.seed(), CONNECTION, 0);
        heartbeatCounter = 10_000L + connection.below(90_000);
        upSinceNs = settings.startNs() - heartbeatCounter * NS_PER_SECOND - connection.below(1_000_000_000);
        eventTimeNs = settings.startNs() - 1;
        nextHeartbeatNs = settings.startNs() + NS_PER_SECOND;
    }

    /**
     * Goes on to the next message.
     *
     * @return false if the market's duration is over; {@link #message()} then still is the last one.
     */
    public boolean next() {
        if (opened < openingMessages()) {
            open(opened++);
            sequence++;
            return true;
        }
        if (active == null && !happens()) {
            return false;
        }
        if (active == null) {
            heartbeat();
        } else {
            writePending();
        }
        sequence++;
        return true;
    }

    /** Whether the books show nothing but what messages have told: between the messages of one update they are ahead. */
    boolean isAtRest() {
        return active == null && opened == openingMessages();
    }

    /** How many messages {@link #next()} opens with before the first update. */
    public int openingMessages() {
        return 1 + OPENING_MESSAGES_PER_PRODUCT * markets.size();
    }

    private void open(int i) {
        final long timeNs = stamp(eventTimeNs + 1);
        if (i == 0) {
            writer.status(message, settings.products(), timeNs, sequence);
            return;
        }
        final ProductMarket market = markets.get((i - 1) % markets.size());
        switch ((i - 1) / markets.size()) {
            case 0 -> writer.tradesSnapshot(message, market, timeNs, sequence);
            case 1 -> writer.tickerSnapshot(message, market, timeNs, sequence);
            default -> writer.levelsSnapshot(message, market, timeNs, sequence);
        }
    }

    /** Lets the next thing happen: an update, whose messages are then pending, or a heartbeat. */
    private boolean happens() {
        int first = 0;
        for (int i = 1; i < arrivals.size(); i++) {
            if (arrivals.get(i).nextNs() < arrivals.get(first).nextNs()) {
                first = i;
            }
        }
        final long updateNs = arrivals.get(first).nextNs();
        if (Math.min(updateNs, nextHeartbeatNs) - settings.startNs() > settings.durationNs()) {
            return false;
        }
        if (nextHeartbeatNs <= updateNs) {
            return true;
        }
        arrivals.get(first).advance();
        active = markets.get(first);
        active.step(updateNs);
        stamp(updateNs);
        tradesPending = active.newTrades() > 0;
        updatePending = true;
        tickerPending = tradesPending || connection.chance(IDLE_TICKER_PROBABILITY);
        return true;
    }

    private void heartbeat() {
        heartbeatCounter++;
        final long timeNs = stamp(nextHeartbeatNs);
        nextHeartbeatNs += NS_PER_SECOND;
        writer.heartbeat(message, heartbeatCounter, timeNs - upSinceNs, timeNs, sequence);
    }

    private void writePending() {
        if (tradesPending) {
            tradesPending = false;
            writer.tradesUpdate(message, active, eventTimeNs, sequence);
        } else if (updatePending) {
            updatePending = false;
            writer.levelsUpdate(message, active, followUp(), sequence);
        } else {
            tickerPending = false;
            writer.tickerUpdate(message, active, followUp(), sequence);
        }
        if (!updatePending && !tickerPending) {
            active = null;
        }
    }

    /** Event times never step back, whatever is pending when the next thing happens. */
    private long stamp(long timeNs) {
        eventTimeNs = Math.max(eventTimeNs, timeNs);
        return eventTimeNs;
    }

    private long followUp() {
        return stamp(eventTimeNs + 1_000 + connection.below(60_000));
    }

    /** The message that {@link #next()} went to; reused for the next one. */
    public MarketMessage message() {
        return message;
    }

    /** The number of the message that {@link #next()} went to. */
    public long sequence() {
        return sequence - 1;
    }

    public SyntheticSettings settings() {
        return settings;
    }

    /** The channels that the market has, as messages name them. */
    public static List<String> channels() {
        return List.of(
                MessageWriter.L2_DATA,
                MessageWriter.MARKET_TRADES,
                MessageWriter.TICKER,
                MessageWriter.HEARTBEATS,
                MessageWriter.STATUS);
    }

    /**
     * What a late subscriber of a channel gets first, as of the current message and numbered 0: the whole book, the last
     * trades, a ticker, the products' increments. Changes nothing.
     *
     * @param channel as messages name it.
     * @param product the product; not looked at where the channel has none.
     * @return the message, reused by the next call; null if the channel begins with nothing or the product is unknown.
     */
    public MarketMessage snapshot(String channel, String product) {
        if (channel.equals(MessageWriter.STATUS)) {
            writer.status(snapshot, settings.products(), snapshotTimeNs(), 0);
            return snapshot;
        }
        for (final ProductMarket market : markets) {
            if (market.product().id().equals(product)) {
                return snapshot(channel, market);
            }
        }
        return null;
    }

    private MarketMessage snapshot(String channel, ProductMarket market) {
        switch (channel) {
            case MessageWriter.L2_DATA -> writer.levelsSnapshot(snapshot, market, snapshotTimeNs(), 0);
            case MessageWriter.MARKET_TRADES -> writer.tradesSnapshot(snapshot, market, snapshotTimeNs(), 0);
            case MessageWriter.TICKER -> writer.tickerSnapshot(snapshot, market, snapshotTimeNs(), 0);
            default -> {
                return null;
            }
        }
        return snapshot;
    }

    private long snapshotTimeNs() {
        return Math.max(eventTimeNs, settings.startNs());
    }
}
