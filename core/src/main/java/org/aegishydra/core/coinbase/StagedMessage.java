package org.aegishydra.core.coinbase;

import java.util.Arrays;
import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * What a message says, while it is still being checked: sections (a book's snapshot or update, a trade, a ticker …) over
 * a common list of numbers. Numbers are kept as they were sent until {@link #scaleNumbers()} brings them to their
 * product's scales; nothing outside changes before {@link #deliver}. Grows to the largest message seen.
 * Used by one thread.
 *
 * <p>Whoever writes another {@link MessageDecoder} stages its messages here, so that scales and the order of trades are
 * the same whoever reads: {@link #clear()}, what the message says, {@link #scaleNumbers()}, and {@link #deliver} if that
 * was true; {@link #deliverLoss} if it was not, or the message could not be read.
 */
@HotPath
public final class StagedMessage {
    private static final byte ABSENT = -1;

    /** What a section is. */
    private enum SectionType {
        SNAPSHOT,
        UPDATE,
        TRADE,
        TICKER,
        INCREMENTS,
        HEARTBEAT
    }

    private final ProductTable products;

    private long exchangeTimeNs;
    private long sequenceNumber;

    private int sections;
    private SectionType[] types = new SectionType[16];
    private Product[] sectionProducts = new Product[16];
    private int[] firstNumbers = new int[17];
    private byte[] priceScales = new byte[16];
    private byte[] sizeScales = new byte[16];

    /** A trade's id or a heartbeat's counter; a trade's time or a heartbeat's last trade id. */
    private long[] ids = new long[16];

    private long[] times = new long[16];
    private boolean[] history = new boolean[16];

    private int numbers;
    private Side[] sides = new Side[256];
    private long[] prices = new long[256];
    private long[] sizes = new long[256];
    private byte[] pricesSentScale = new byte[256];
    private byte[] sizesSentScale = new byte[256];

    private boolean misfit;

    /** A message about products of a table, which the decoders of the same thread share. */
    public StagedMessage(ProductTable products) {
        this.products = products;
        clear();
    }

    /** Begins a new message: nothing is staged. */
    public void clear() {
        sections = 0;
        numbers = 0;
        misfit = false;
        exchangeTimeNs = MarketDataListener.NO_TIME;
        sequenceNumber = MarketDataListener.NO_VALUE;
    }

    ProductTable products() {
        return products;
    }

    long exchangeTimeNs() {
        return exchangeTimeNs;
    }

    long sequenceNumber() {
        return sequenceNumber;
    }

    /** Sets the exchange's own stamp, ns since the epoch. */
    public void exchangeTimeNs(long timeNs) {
        exchangeTimeNs = timeNs;
    }

    /** Sets the connection's sequence number. */
    public void sequenceNumber(long number) {
        sequenceNumber = number;
    }

    /** The product whose name is at an offset, made if it is new; null if that is no name. */
    public Product product(DirectBuffer buffer, int offset, int length) {
        return products.find(buffer, offset, length);
    }

    /** A book's snapshot or update; its levels follow by {@link #addNumbers}. */
    public void startBook(Product product, boolean snapshot) {
        startSection(snapshot ? SectionType.SNAPSHOT : SectionType.UPDATE, product);
    }

    /**
     * A trade; its price and size follow by {@link #addNumbers}, with the side of the resting order.
     *
     * @param timeNs ns since the epoch, or {@link MarketDataListener#NO_TIME}.
     * @param isHistory whether it was made before the subscription.
     */
    public void startTrade(Product product, long tradeId, long timeNs, boolean isHistory) {
        startSection(SectionType.TRADE, product);
        ids[sections - 1] = tradeId;
        times[sections - 1] = timeNs;
        history[sections - 1] = isHistory;
    }

    /** Three numbers follow by {@link #addOptional}: the last price, the best bid and the best ask. */
    public void startTicker(Product product) {
        startSection(SectionType.TICKER, product);
    }

    /** One number follows by {@link #addOptional}: the increments of price and size. */
    public void startIncrements(Product product) {
        startSection(SectionType.INCREMENTS, product);
    }

    /** A heartbeat: see {@link MarketDataListener#onHeartbeat}. */
    public void addHeartbeat(Product product, long counter, long lastTradeId) {
        startSection(SectionType.HEARTBEAT, product);
        ids[sections - 1] = counter;
        times[sections - 1] = lastTradeId;
    }

    private void startSection(SectionType type, Product product) {
        if (sections == types.length) {
            growSections();
        }
        types[sections] = type;
        sectionProducts[sections] = product;
        firstNumbers[sections] = numbers;
        sections++;
        firstNumbers[sections] = numbers;
    }

    private void growSections() {
        final int capacity = sections * 2;
        types = Arrays.copyOf(types, capacity);
        sectionProducts = Arrays.copyOf(sectionProducts, capacity);
        firstNumbers = Arrays.copyOf(firstNumbers, capacity + 1);
        priceScales = Arrays.copyOf(priceScales, capacity);
        sizeScales = Arrays.copyOf(sizeScales, capacity);
        ids = Arrays.copyOf(ids, capacity);
        times = Arrays.copyOf(times, capacity);
        history = Arrays.copyOf(history, capacity);
    }

    /** Adds a price and a size, mantissas with their decimals, to the section that was started last. */
    public void addNumbers(Side side, long price, int priceScale, long size, int sizeScale) {
        if (numbers == sides.length) {
            growNumbers();
        }
        sides[numbers] = side;
        prices[numbers] = price;
        pricesSentScale[numbers] = (byte) priceScale;
        sizes[numbers] = size;
        sizesSentScale[numbers] = (byte) sizeScale;
        numbers++;
        firstNumbers[sections] = numbers;
    }

    /** Adds a price and a size of which either may be absent, which a scale below zero says. */
    public void addOptional(long price, int priceScale, long size, int sizeScale) {
        addNumbers(
                null,
                priceScale < 0 ? MarketDataListener.NO_VALUE : price,
                priceScale < 0 ? ABSENT : priceScale,
                sizeScale < 0 ? MarketDataListener.NO_VALUE : size,
                sizeScale < 0 ? ABSENT : sizeScale);
    }

    private void growNumbers() {
        final int capacity = numbers * 2;
        sides = Arrays.copyOf(sides, capacity);
        prices = Arrays.copyOf(prices, capacity);
        sizes = Arrays.copyOf(sizes, capacity);
        pricesSentScale = Arrays.copyOf(pricesSentScale, capacity);
        sizesSentScale = Arrays.copyOf(sizesSentScale, capacity);
    }

    /**
     * Hands over what is known of a message that cannot be used.
     *
     * @param concernsBooks whether it may have been about books.
     * @param book whose, or null if that cannot be told.
     */
    public void deliverLoss(MarketDataListener listener, boolean concernsBooks, Product book) {
        listener.onMessage(exchangeTimeNs, sequenceNumber);
        if (concernsBooks) {
            listener.onBookLost(book);
        }
    }

    /**
     * Brings all numbers to the scales that their products will have when they are delivered.
     *
     * @return false if a number does not fit a {@code long} there.
     */
    public boolean scaleNumbers() {
        for (int section = 0; section < sections; section++) {
            if (sectionProducts[section] != null) {
                sectionProducts[section].startStaging();
            }
        }
        for (int section = 0; section < sections; section++) {
            if (sectionProducts[section] != null && !stageScales(section, sectionProducts[section])) {
                return false;
            }
        }
        for (int section = 0; section < sections; section++) {
            final Product product = sectionProducts[section];
            if (product != null) {
                scaleSection(section, product.stagedPriceScale(), product.stagedSizeScale());
            }
        }
        return !misfit;
    }

    /** All sections of a product get the same scales, since trades are not delivered in the order of the message. */
    private boolean stageScales(int section, Product product) {
        int priceScale = 0;
        int sizeScale = 0;
        final int end = firstNumbers[section + 1];
        for (int i = firstNumbers[section]; i < end; i++) {
            priceScale = Math.max(priceScale, pricesSentScale[i]);
            sizeScale = Math.max(sizeScale, sizesSentScale[i]);
        }
        return product.stageScales(priceScale, sizeScale);
    }

    private void scaleSection(int section, int priceScale, int sizeScale) {
        priceScales[section] = (byte) priceScale;
        sizeScales[section] = (byte) sizeScale;
        final int end = firstNumbers[section + 1];
        for (int i = firstNumbers[section]; i < end; i++) {
            prices[i] = scaled(prices[i], pricesSentScale[i], priceScale);
            sizes[i] = scaled(sizes[i], sizesSentScale[i], sizeScale);
        }
    }

    private long scaled(long value, int sentScale, int scale) {
        if (sentScale == scale || sentScale == ABSENT) {
            return value;
        }
        misfit |= !Decimals.fits(value, scale - sentScale);
        return value * Decimals.powerOfTen(scale - sentScale);
    }

    /** Hands over what was staged, in the message's order but for trades, which come oldest first. */
    public void deliver(MarketDataListener listener) {
        listener.onMessage(exchangeTimeNs, sequenceNumber);
        for (int section = 0; section < sections; ) {
            if (types[section] == SectionType.TRADE) {
                section = deliverTrades(section, listener);
            } else {
                deliverSection(section++, listener);
            }
        }
    }

    /** Oldest first: Coinbase sends the newest first within a message, its documentation's examples do not. */
    private int deliverTrades(int first, MarketDataListener listener) {
        int end = first;
        while (end < sections && types[end] == SectionType.TRADE) {
            sectionProducts[end++].startStaging();
        }
        boolean ascending = false;
        for (int i = first; i < end; i++) {
            ascending |= sectionProducts[i].stageTrade(ids[i]);
        }
        for (int i = first; i < end; i++) {
            deliverSection(ascending ? i : end - 1 - (i - first), listener);
        }
        return end;
    }

    private void deliverSection(int section, MarketDataListener listener) {
        final Product product = sectionProducts[section];
        final int first = firstNumbers[section];
        if (product != null) {
            product.widen(priceScales[section], sizeScales[section], listener);
            noteLargest(section, product);
        }
        switch (types[section]) {
            case SNAPSHOT, UPDATE -> deliverBook(section, product, listener);
            case TRADE ->
                listener.onTrade(
                        product,
                        ids[section],
                        prices[first],
                        sizes[first],
                        sides[first],
                        times[section],
                        history[section]);
            case TICKER ->
                listener.onTicker(
                        product,
                        prices[first],
                        prices[first + 1],
                        sizes[first + 1],
                        prices[first + 2],
                        sizes[first + 2]);
            case HEARTBEAT -> listener.onHeartbeat(product, ids[section], times[section]);
            default -> {
                // Increments: the scales, widened above, are all that a status message is read for.
            }
        }
    }

    /** Whoever listens may keep a number and multiply it when the scales change. */
    private void noteLargest(int section, Product product) {
        final int end = firstNumbers[section + 1];
        for (int i = firstNumbers[section]; i < end; i++) {
            product.seen(prices[i], sizes[i]);
        }
    }

    private void deliverBook(int section, Product product, MarketDataListener listener) {
        if (types[section] == SectionType.SNAPSHOT) {
            product.bookSeen();
            listener.onSnapshotStart(product);
        } else {
            listener.onUpdateStart(product);
        }
        final int end = firstNumbers[section + 1];
        for (int i = firstNumbers[section]; i < end; i++) {
            listener.onLevel(product, sides[i], prices[i], sizes[i]);
        }
        listener.onLevelsEnd(product);
    }
}
