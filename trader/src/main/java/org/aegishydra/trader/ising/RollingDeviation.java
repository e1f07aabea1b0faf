package org.aegishydra.trader.ising;

import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.latency.HotPath;

/**
 * The standard deviation of the last values of a series of whole numbers. Sums are exact, so that it is the same after
 * a million values as if it had been made anew. Used by one thread.
 */
@HotPath
public final class RollingDeviation implements Checkpointed {
    /** The longest window. */
    public static final int MAX_WINDOW = 10_000;

    /** The largest value: then no sum of any window, times its length, is beyond a long. */
    public static final int MAX_VALUE = IsingLattice.SPINS;

    private final long[] values;
    private int next;
    private int count;
    private long sum;
    private long sumOfSquares;

    /**
     * An empty series.
     *
     * @param window how many of the last values count, 1 to {@value #MAX_WINDOW}.
     */
    public RollingDeviation(int window) {
        if (window < 1 || window > MAX_WINDOW) {
            throw new IllegalArgumentException("window " + window + ": must be from 1 to " + MAX_WINDOW);
        }
        values = new long[window];
    }

    /**
     * Adds a value; the oldest one goes where the window is full.
     *
     * @param value at most {@value #MAX_VALUE} from 0.
     */
    public void add(long value) {
        if (Math.abs(value) > MAX_VALUE) {
            throw new IllegalArgumentException("a value beyond the largest one");
        }
        final long oldest = values[next];
        values[next] = value;
        next = next + 1 == values.length ? 0 : next + 1;
        count = Math.min(count + 1, values.length);
        // Until the window is full, the place of the oldest holds 0.
        sum += value - oldest;
        sumOfSquares += value * value - oldest * oldest;
    }

    /** The standard deviation of the values in the window about their mean; 0 for fewer than two. */
    public double value() {
        return count < 2 ? 0 : Math.sqrt((double) (count * sumOfSquares - sum * sum)) / count;
    }

    @Override
    public void writeState(StateOutput output) {
        output.putLongs(values, values.length);
        output.putInt(next);
        output.putInt(count);
        output.putLong(sum);
        output.putLong(sumOfSquares);
    }

    @Override
    public void readState(StateInput input) {
        input.getLongs(values, values.length);
        next = input.getInt();
        count = input.getInt();
        sum = input.getLong();
        sumOfSquares = input.getLong();
    }
}
