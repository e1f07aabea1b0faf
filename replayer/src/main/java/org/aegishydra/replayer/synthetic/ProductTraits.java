package org.aegishydra.replayer.synthetic;

/**
 * How a product's book is made and changes, as measured with {@code aegis inspect --statistics} over a recording of
 * Coinbase's BTC-USD and ETH-USD of August 2026. Other products are taken to be like ETH-USD.
 *
 * @param bidLevels levels of a full-depth book.
 * @param askLevels likewise.
 * @param nearGapBps mean distance of neighbouring levels near the touch.
 * @param farGapBps likewise behind.
 * @param stickinessBps how far the fair price goes before the touch follows it.
 * @param quoteProbability that an update brings a side's touch back to where it belongs, or near.
 * @param quoteSlack how far from there it comes, in increments; 0 for not at all.
 * @param fewChangesShare of updates that change one or two levels.
 * @param changes the usual number of changed levels in the others.
 * @param touchShare of changes that fall on the first few levels.
 * @param rankMedian distance of the other changes from the touch, in levels; log-normal.
 * @param rankSigma its spread.
 * @param tradeProbability that an update has a trade of somebody's own will.
 */
record ProductTraits(
        int bidLevels,
        int askLevels,
        double nearGapBps,
        double farGapBps,
        double stickinessBps,
        double quoteProbability,
        double quoteSlack,
        double fewChangesShare,
        double changes,
        double touchShare,
        double rankMedian,
        double rankSigma,
        double tradeProbability) {
    private static final ProductTraits BITCOIN =
            new ProductTraits(18_764, 27_236, 0.055, 0.16, 0.5, 1, 0, 0.5, 7.5, 0.02, 226, 1.5, 0.07);

    private static final ProductTraits ETHER =
            new ProductTraits(6_935, 16_399, 0.1, 0.4, 0.1, 0.7, 2, 0.3, 10, 0.12, 105, 1.3, 0.04);

    static ProductTraits of(SyntheticProduct product) {
        return product.id().equals("BTC-USD") ? BITCOIN : ETHER;
    }
}
