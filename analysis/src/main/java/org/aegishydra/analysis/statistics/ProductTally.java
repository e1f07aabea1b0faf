package org.aegishydra.analysis.statistics;

import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.coinbase.Side;

/** What a product's messages did to its book, counted. Used by one thread. */
final class ProductTally {
    private static final double NS_PER_SECOND = 1e9;
    private static final double BPS = 1e4;

    /** Histograms hold whole numbers: steps of a ten-thousandth of a basis point, below any product's tick. */
    private static final double STEPS_PER_BPS = 1e4;

    private static final double NS_PER_MS = 1e6;

    private final Distribution levelsPerUpdate = new Distribution();
    private final Distribution distance = new Distribution();
    private final Distribution spreadTicks = new Distribution();
    private final Distribution spread = new Distribution();
    private final Distribution updateGapNs = new Distribution();
    private long snapshots;
    private long snapshotBytes;
    private long snapshotLevels;
    private long lastUpdateNs = Long.MIN_VALUE;
    private long changes;
    private long added;
    private long resized;
    private long unchanged;
    private long removed;
    private long removedAbsent;
    private long atTouch;
    private long insideSpread;
    private long touchMoves;
    private long trades;
    private double lowestMid = Double.POSITIVE_INFINITY;
    private double highestMid = Double.NEGATIVE_INFINITY;

    void onTrade() {
        trades++;
    }

    /** The present record changed the product's book. */
    void onBook(ProductBook product, WatchedBook book, long timeNs, int messageBytes) {
        if (book.isRestarted()) {
            snapshots++;
            snapshotBytes = Math.max(snapshotBytes, messageBytes);
            snapshotLevels = Math.max(snapshotLevels, book.levels(Side.BID) + (long) book.levels(Side.ASK));
        } else {
            levelsPerUpdate.add(book.changes());
            if (lastUpdateNs != Long.MIN_VALUE) {
                updateGapNs.add(timeNs - lastUpdateNs);
            }
            lastUpdateNs = timeNs;
            touchMoves += book.isTouchMoved() ? 1 : 0;
            for (int i = 0; i < book.changes(); i++) {
                onChange(book.sizeBefore(i), book.sizeAfter(i), book.distance(i));
            }
        }
        if (book.levels(Side.BID) > 0 && book.levels(Side.ASK) > 0) {
            onTouch(
                    book.bestPrice(Side.BID),
                    book.bestPrice(Side.ASK),
                    product.product().priceScale());
        }
    }

    private void onChange(long before, long after, double distanceOfTouch) {
        changes++;
        if (after == 0) {
            if (before == 0) {
                removedAbsent++;
            } else {
                removed++;
            }
        } else if (before == 0) {
            added++;
        } else if (before == after) {
            unchanged++;
        } else {
            resized++;
        }
        if (distanceOfTouch == 0) {
            atTouch++;
        } else if (distanceOfTouch < 0) {
            insideSpread++;
        }
        if (!Double.isNaN(distanceOfTouch)) {
            distance.add(Math.round(Math.max(0, distanceOfTouch) * BPS * STEPS_PER_BPS));
        }
    }

    private void onTouch(long bid, long ask, int priceScale) {
        final double mid = (bid + (double) ask) / 2;
        // A crossed book has no spread.
        spreadTicks.add(Math.max(0, ask - bid));
        spread.add(Math.round(Math.max(0, ask - bid) / mid * BPS * STEPS_PER_BPS));
        final double price = mid / Math.pow(10, priceScale);
        lowestMid = Math.min(lowestMid, price);
        highestMid = Math.max(highestMid, price);
    }

    /** Whether anything was told of the product. */
    boolean isEmpty() {
        return levelsPerUpdate.count() + snapshots + trades == 0;
    }

    ProductFigures figures(double durationNs) {
        final double seconds = durationNs / NS_PER_SECOND;
        return new ProductFigures(
                levelsPerUpdate.count() / seconds,
                changes / seconds,
                trades / seconds,
                levelsPerUpdate.quantiles(1),
                updateGapNs.quantiles(NS_PER_MS),
                distance.quantiles(STEPS_PER_BPS),
                share(atTouch),
                share(insideSpread),
                share(added),
                share(resized),
                share(unchanged),
                share(removed),
                share(removedAbsent),
                spreadTicks.quantiles(1),
                spread.quantiles(STEPS_PER_BPS),
                touchMoves / seconds,
                highestMid > 0 ? (highestMid / lowestMid - 1) * BPS : 0,
                snapshots,
                snapshotLevels,
                snapshotBytes);
    }

    private double share(long part) {
        return changes == 0 ? 0 : part / (double) changes;
    }
}
