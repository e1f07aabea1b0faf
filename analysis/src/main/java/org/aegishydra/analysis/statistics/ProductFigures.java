package org.aegishydra.analysis.statistics;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How a product's book behaves. Rates are per second of the journal's messages; shares are of all levels in updates.
 *
 * @param distanceBps of an updated level from the touch on its side as it was before the update; 0 inside the spread.
 * @param updateGapMs receive times between two updates of the product.
 * @param removedAbsentShare removals of levels that were not there.
 * @param unchangedShare levels set to the size that they had.
 * @param spreadTicks in steps of the product's last decimal, after each update.
 * @param touchMovesPerSecond updates that moved the best bid or ask.
 * @param midRangeBps from the lowest to the highest mid price.
 * @param snapshotLevels of the largest snapshot, both sides together.
 * @param snapshotBytes likewise.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ProductFigures(
        double updatesPerSecond,
        double levelsPerSecond,
        double tradesPerSecond,
        Quantiles levelsPerUpdate,
        Quantiles updateGapMs,
        Quantiles distanceBps,
        double atTouchShare,
        double insideSpreadShare,
        double addedShare,
        double resizedShare,
        double unchangedShare,
        double removedShare,
        double removedAbsentShare,
        Quantiles spreadTicks,
        Quantiles spreadBps,
        double touchMovesPerSecond,
        double midRangeBps,
        long snapshots,
        long snapshotLevels,
        long snapshotBytes) {}
