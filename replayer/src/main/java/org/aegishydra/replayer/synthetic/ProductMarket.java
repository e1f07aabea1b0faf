package org.aegishydra.replayer.synthetic;

import java.util.Arrays;
import org.apache.commons.rng.sampling.distribution.AliasMethodDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;

/**
 * One product's book and what happens to it. Quotes follow a {@link FairPrice}: those that it has passed are traded
 * away or withdrawn, new ones come near it; the rest of the changes fall near the touch with a heavy tail. The book is
 * never crossed after a step. Used by one thread.
 */
final class ProductMarket {
    private static final double SWEEP_PROBABILITY = 0.15;
    private static final double TOUCH_REMOVAL_PROBABILITY = 0.3;

    // What a change is, as a running sum; what is left adds a level or removes one.
    private static final double ABSENT_REMOVAL_PROBABILITY = 0.015;
    private static final double UNCHANGED_PROBABILITY = 0.025;
    private static final double RESIZE_PROBABILITY = 0.52;
    private static final int MAX_FILLS = 12;

    private static final double FEW_CHANGES_DECAY = 0.5;
    private static final double CHANGES_SHAPE = 3;
    private static final double MANY_CHANGES_SHARE = 0.005;

    /** Changes at the book's far end, where it goes unnoticed, while it is about as deep as it should be. */
    private static final double FAR_END_PROBABILITY = 0.001;

    /** Deeper or less deep by this part, it is corrected the more often, the further it is off. */
    private static final double DEPTH_TOLERANCE = 0.05;

    private static final double CORRECTION_PER_PART = 4;

    /** A side is never emptied: fewer levels than this are neither taken nor withdrawn. */
    private static final int MIN_LEVELS = 20;

    private final SyntheticProduct product;
    private final ProductTraits traits;
    private final int bidLevels;
    private final int askLevels;
    private final Draws draws;
    private final FairPrice fairPrice;
    private final DepthProfile depth;
    private final OrderSizes sizes;
    private final SharedStateDiscreteSampler changesPerUpdate;
    private final RestingSide bids;
    private final RestingSide asks;
    private final LevelChanges bidChanges;
    private final LevelChanges askChanges;
    private final TradeTape tape;
    private final DayFigures day;
    private long steppedNs;
    private int newTrades;

    ProductMarket(SyntheticProduct product, SyntheticSettings settings, Draws draws) {
        this.product = product;
        this.draws = draws;
        traits = ProductTraits.of(product);
        final boolean full = settings.levelsPerSide() == SyntheticSettings.FULL_DEPTH;
        bidLevels = full ? traits.bidLevels() : settings.levelsPerSide();
        askLevels = full ? traits.askLevels() : settings.levelsPerSide();
        steppedNs = settings.startNs();
        final double money = product.startPrice().doubleValue();
        fairPrice = new FairPrice(draws, product.startTicks(), settings.driftBpsPerMinute(), traits.stickinessBps());
        depth = new DepthProfile(traits, product.startTicks());
        sizes = new OrderSizes(draws, 1 / (money * product.baseIncrement().doubleValue()));
        changesPerUpdate = AliasMethodDiscreteSampler.of(draws.random(), changeCounts(traits));
        bids = new RestingSide(true, bidLevels + bidLevels / 4);
        asks = new RestingSide(false, askLevels + askLevels / 4);
        bidChanges = new LevelChanges(bids);
        askChanges = new LevelChanges(asks);
        final long touch = bidTarget();
        fill(bids, touch);
        fill(asks, touch + product.spreadTicks());
        tape = new TradeTape(100_000_000L + draws.below(900_000_000));
        day = new DayFigures(product.startTicks(), sizes.taking() * 20_000);
        fillTape(settings.startNs());
    }

    /** How likely an update has 1, 2, … changes: few as a rule, else about the usual number, now and then very many. */
    private static double[] changeCounts(ProductTraits traits) {
        final double[] few = new double[LevelChanges.CAPACITY + 1];
        final double[] usual = new double[few.length];
        for (int n = 1; n < few.length; n++) {
            few[n] = StrictMath.pow(FEW_CHANGES_DECAY, n);
            final double scaled = CHANGES_SHAPE * n / traits.changes();
            usual[n] = StrictMath.pow(scaled, CHANGES_SHAPE - 1) * StrictMath.exp(-scaled);
        }
        final double[] weights = new double[few.length];
        final double fewScale = traits.fewChangesShare() / Arrays.stream(few).sum();
        final double usualScale =
                (1 - traits.fewChangesShare()) / Arrays.stream(usual).sum();
        for (int n = 1; n < weights.length; n++) {
            weights[n] = few[n] * fewScale + usual[n] * usualScale + MANY_CHANGES_SHARE / LevelChanges.CAPACITY;
        }
        return weights;
    }

    private int targetLevels(RestingSide side) {
        return side == bids ? bidLevels : askLevels;
    }

    private void fill(RestingSide side, long touch) {
        long price = touch;
        for (int rank = 0; rank < targetLevels(side) && price > 0; rank++) {
            side.set(price, sizes.resting(rank, support(side)));
            price = side.worse(price, depth.drawGap(draws, rank));
        }
    }

    private void fillTape(long startNs) {
        for (int i = TradeTape.CAPACITY; i > 0; i--) {
            final boolean makerBuys = draws.chance(0.5);
            tape.add(
                    (makerBuys ? bids : asks).bestPrice(),
                    sizes.taking(),
                    makerBuys,
                    toMicros(startNs - i * 700_000_000L));
        }
    }

    private static long toMicros(long timeNs) {
        return timeNs / 1_000 * 1_000;
    }

    private long bidTarget() {
        return (long) StrictMath.floor(fairPrice.ticks() - (product.spreadTicks() - 1) / 2.0);
    }

    /** The pressure as a side feels it. */
    private double support(RestingSide side) {
        return side == bids ? fairPrice.pressure() : -fairPrice.pressure();
    }

    /** Lets one update of the book happen, with a trade or without. */
    void step(long timeNs) {
        fairPrice.advance(timeNs - steppedNs);
        steppedNs = timeNs;
        bidChanges.clear();
        askChanges.clear();
        newTrades = 0;
        maybeTrade(toMicros(timeNs));
        withdrawPassed(bids, bidChanges);
        withdrawPassed(asks, askChanges);
        quote(bids, bidChanges, bidTarget());
        quote(asks, askChanges, bidTarget() + product.spreadTicks());
        final int changes = changesPerUpdate.sample();
        for (int i = bidChanges.count() + askChanges.count(); i < changes; i++) {
            change();
        }
        if (bidChanges.count() + askChanges.count() == 0) {
            resize(bids, bidChanges, 0);
        }
    }

    private boolean isPassed(RestingSide side) {
        return side == bids ? side.bestPrice() > fairPrice.ticks() : side.bestPrice() < fairPrice.ticks();
    }

    private void maybeTrade(long timeNs) {
        if (isPassed(asks) && draws.chance(SWEEP_PROBABILITY)) {
            take(asks, askChanges, Long.MAX_VALUE, timeNs);
        } else if (isPassed(bids) && draws.chance(SWEEP_PROBABILITY)) {
            take(bids, bidChanges, Long.MAX_VALUE, timeNs);
        } else if (draws.chance(traits.tradeProbability())) {
            final double pressure = fairPrice.pressure();
            final boolean buys = draws.chance(0.5 + 0.4 * pressure / (1 + StrictMath.abs(pressure)));
            take(buys ? asks : bids, buys ? askChanges : bidChanges, sizes.taking(), timeNs);
        }
    }

    /** A taker takes from the best levels; one without a size takes what the fair price has passed. */
    private void take(RestingSide side, LevelChanges changes, long wanted, long timeNs) {
        final boolean sweep = wanted == Long.MAX_VALUE;
        long left = wanted;
        for (int fills = 0; fills < MAX_FILLS && left > 0 && side.count() > MIN_LEVELS; fills++) {
            final long price = side.bestPrice();
            final long resting = side.size(0);
            final boolean last = sweep && !isPassed(side);
            if (last && fills > 0) {
                return;
            }
            final long taken = Math.min(left, resting);
            tape.add(price, taken, side == bids, timeNs);
            day.traded(price, taken);
            newTrades++;
            set(side, changes, price, resting - taken);
            left -= taken;
        }
    }

    private void withdrawPassed(RestingSide side, LevelChanges changes) {
        while (isPassed(side) && side.count() > MIN_LEVELS && changes.room() > 0) {
            set(side, changes, side.bestPrice(), 0);
        }
    }

    /** Brings the touch back to where the fair price wants it, or near. */
    private void quote(RestingSide side, LevelChanges changes, long target) {
        if (side.betterBy(target, side.bestPrice()) > 0
                && changes.room() > 0
                && draws.chance(traits.quoteProbability())) {
            final long price = side.worse(target, draws.heavyTailedRank(traits.quoteSlack(), 1.5, 20));
            final long opposite = (side == bids ? asks : bids).bestPrice();
            if (price > 0 && side.betterBy(opposite, price) > 0) {
                set(side, changes, price, sizes.resting(0, support(side)));
            }
        }
    }

    private void change() {
        final RestingSide side = draws.chance(0.5) ? bids : asks;
        final LevelChanges changes = side == bids ? bidChanges : askChanges;
        if (changes.room() == 0) {
            return;
        }
        if (draws.chance(farEndProbability(side))) {
            correctDepth(side, changes);
            return;
        }
        final int rank = drawRank(side);
        final double kind = draws.uniform();
        if (kind < ABSENT_REMOVAL_PROBABILITY) {
            removeAbsent(side, changes, rank);
        } else if (kind < UNCHANGED_PROBABILITY) {
            set(side, changes, side.price(rank), side.size(rank));
        } else if (kind < RESIZE_PROBABILITY) {
            resize(side, changes, rank);
        } else if (draws.chance(sparseness(side, rank))) {
            add(side, changes, rank);
        } else if (side.count() > MIN_LEVELS && (rank > 0 || draws.chance(TOUCH_REMOVAL_PROBABILITY))) {
            set(side, changes, side.price(rank), 0);
        }
    }

    /** How far from the touch a level changes, in levels: on the first few, or about where most algorithms quote. */
    private int drawRank(RestingSide side) {
        if (draws.chance(traits.touchShare())) {
            return draws.heavyTailedRank(1, 1.5, side.count());
        }
        final double rank = draws.logNormal(traits.rankMedian(), traits.rankSigma());
        return rank < side.count() ? (int) rank : draws.below(side.count());
    }

    private double farEndProbability(RestingSide side) {
        final int target = targetLevels(side);
        final double off = Math.abs(side.count() - target) / (double) target;
        return FAR_END_PROBABILITY + CORRECTION_PER_PART * Math.max(0, off - DEPTH_TOLERANCE);
    }

    private void removeAbsent(RestingSide side, LevelChanges changes, int rank) {
        final long price = side.worse(side.price(rank), 1);
        if (price > 0 && !side.contains(price)) {
            changes.note(price, 0);
        }
    }

    private void resize(RestingSide side, LevelChanges changes, int rank) {
        set(side, changes, side.price(rank), sizes.resting(rank, support(side)));
    }

    /** Keeps the number of levels while the price wanders. */
    private void correctDepth(RestingSide side, LevelChanges changes) {
        final int last = side.count() - 1;
        if (side.count() > targetLevels(side)) {
            set(side, changes, side.price(last), 0);
        } else {
            final long price = side.worse(side.price(last), depth.drawGap(draws, last));
            if (price > 0) {
                set(side, changes, price, sizes.resting(last, support(side)));
            }
        }
    }

    /** How much further from the touch a level is than it should be: 0.5 if it is where it should be. */
    private double sparseness(RestingSide side, int rank) {
        final double distance = side.betterBy(side.bestPrice(), side.price(rank)) + depth.meanGap(rank);
        return distance / (distance + depth.distance(rank + 1));
    }

    /** A new level about where one of this rank should be; where there is one already it changes its size. */
    private void add(RestingSide side, LevelChanges changes, int rank) {
        final double distance = depth.distance(rank) + depth.meanGap(rank) * 2 * draws.uniform();
        final long price = side.worse(side.bestPrice(), 1 + (long) distance);
        if (price > 0) {
            set(side, changes, price, sizes.resting(rank, support(side)));
        }
    }

    private static void set(RestingSide side, LevelChanges changes, long price, long size) {
        side.set(price, size);
        changes.note(price, size);
    }

    SyntheticProduct product() {
        return product;
    }

    RestingSide bids() {
        return bids;
    }

    RestingSide asks() {
        return asks;
    }

    LevelChanges bidChanges() {
        return bidChanges;
    }

    LevelChanges askChanges() {
        return askChanges;
    }

    TradeTape tape() {
        return tape;
    }

    DayFigures day() {
        return day;
    }

    /** How many trades the last step made. */
    int newTrades() {
        return newTrades;
    }

    /** When the book last changed, to the microsecond, as the feed gives it. */
    long bookTimeNs() {
        return toMicros(steppedNs);
    }
}
