package org.aegishydra.replayer.synthetic;

/** What a ticker says besides the touch: last price, volume and range. Prices in quote increments. Used by one thread. */
final class DayFigures {
    private final long openPrice;
    private final long yearLow;
    private final long yearHigh;
    private long lastPrice;
    private long volume;
    private long low;
    private long high;

    DayFigures(long openPrice, long volume) {
        this.openPrice = openPrice;
        this.volume = volume;
        lastPrice = openPrice;
        low = openPrice - openPrice / 100;
        high = openPrice + openPrice / 100;
        yearLow = openPrice - openPrice / 4;
        yearHigh = openPrice * 2;
    }

    void traded(long price, long size) {
        lastPrice = price;
        volume += size;
        low = Math.min(low, price);
        high = Math.max(high, price);
    }

    long lastPrice() {
        return lastPrice;
    }

    long volume() {
        return volume;
    }

    long low() {
        return low;
    }

    long high() {
        return high;
    }

    long yearLow() {
        return Math.min(yearLow, low);
    }

    long yearHigh() {
        return Math.max(yearHigh, high);
    }

    /** The change since the open in per cent, times ten to the eighth. */
    long changePercentE8() {
        return (long) StrictMath.rint((lastPrice - openPrice) * 1e10 / openPrice);
    }
}
