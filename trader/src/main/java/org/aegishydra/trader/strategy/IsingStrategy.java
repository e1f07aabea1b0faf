package org.aegishydra.trader.strategy;

import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;
import org.aegishydra.trader.ising.IsingLattice;
import org.aegishydra.trader.ising.RollingDeviation;

/**
 * Reads the market's mood from an Ising model near its critical point: the book is its field ({@link MarketField}), and
 * it is swept once a step, or once for each {@code sweep-ms} of event time. It goes with the magnetization M when that
 * crosses {@code entry} + {@code entry-sigmas}·σ, with σ the standard deviation of M over the last {@code window}
 * steps, and leaves when M is back within {@code exit}, after {@code hold-ms} of event time at the earliest. A crossing
 * leads to one order: to none while there is a position, then to one if M is still beyond when that is closed.
 *
 * <p>A book that cannot be traded leaves the lattice as it is.
 */
@HotPath
public final class IsingStrategy implements Strategy, Checkpointed {
    private static final long NS_PER_MS = 1_000_000L;

    private IsingLattice lattice;
    private MarketField field;
    private RollingDeviation deviation;
    private double entry;
    private double entrySigmas;
    private double exit;
    private double orderValue;
    private long holdNs;
    private long sweepIntervalNs;
    private long lastSweepNs;
    private long enteredNs;
    private boolean mayGoLong;
    private boolean mayGoShort;
    private double magnetization;

    @Override
    public String name() {
        return "ising";
    }

    @Override
    public void start(StrategySettings settings, long seed) {
        lattice = new IsingLattice(settings.number("temperature", 2.27, 0.1, 100), seed);
        field = new MarketField(settings);
        deviation = new RollingDeviation(settings.wholeNumber("window", 1_000, 2, RollingDeviation.MAX_WINDOW));
        entry = settings.number("entry", 0.60, 0, 1);
        entrySigmas = settings.number("entry-sigmas", 0.5, 0, 100);
        exit = settings.number("exit", Math.min(0.40, entry), 0, entry);
        orderValue = settings.number("order-value", 50, 0, 1e12);
        holdNs = settings.wholeNumber("hold-ms", 1_000, 0, Integer.MAX_VALUE) * NS_PER_MS;
        sweepIntervalNs = settings.wholeNumber("sweep-ms", 0, 0, Integer.MAX_VALUE) * NS_PER_MS;
        lastSweepNs = Long.MIN_VALUE;
        magnetization = lattice.magnetization();
    }

    @Override
    public void onScaleChange(long priceFactor, long sizeFactor) {
        field.rescale(sizeFactor);
    }

    @Override
    public void onStep(StepContext step, OrderRequests orders) {
        if (!step.isTradable()) {
            field.interrupt();
            return;
        }
        final double h = field.in(step);
        if (isSweepDue(step.eventTimeNs())) {
            lattice.sweep(h);
            lastSweepNs = step.eventTimeNs();
            magnetization = lattice.magnetization();
        }
        deviation.add(lattice.sumOfSpins());
        final double beyond = entry + entrySigmas * deviation.value() / IsingLattice.SPINS;
        mayGoLong |= magnetization <= beyond;
        mayGoShort |= magnetization >= -beyond;
        final long position = step.position();
        if (position == 0) {
            enter(step, orders, beyond);
        } else if (step.eventTimeNs() - enteredNs >= holdNs) {
            leave(step, orders, position);
        }
    }

    private boolean isSweepDue(long eventTimeNs) {
        return lastSweepNs == Long.MIN_VALUE || eventTimeNs - lastSweepNs >= sweepIntervalNs;
    }

    private void enter(StepContext step, OrderRequests orders, double beyond) {
        if (mayGoLong && magnetization > beyond) {
            mayGoLong = false;
            enter(step, orders, Side.BID);
        } else if (mayGoShort && magnetization < -beyond) {
            mayGoShort = false;
            enter(step, orders, Side.ASK);
        }
    }

    private void enter(StepContext step, OrderRequests orders, Side side) {
        orders.enter(side, step.sizeOf(orderValue), step.limitPrice(side));
        enteredNs = step.eventTimeNs();
    }

    private void leave(StepContext step, OrderRequests orders, long position) {
        final boolean isLong = position > 0;
        final double inFavour = isLong ? magnetization : -magnetization;
        if (inFavour < exit) {
            final Side side = isLong ? Side.ASK : Side.BID;
            orders.exit(side, Math.abs(position), step.limitPrice(side));
        }
    }

    /** The magnetization, -1 to 1. */
    @Override
    public double signal() {
        return magnetization;
    }

    @Override
    public void writeState(StateOutput output) {
        lattice.writeState(output);
        field.writeState(output);
        deviation.writeState(output);
        output.putLong(lastSweepNs);
        output.putLong(enteredNs);
        output.putBoolean(mayGoLong);
        output.putBoolean(mayGoShort);
        output.putDouble(magnetization);
    }

    @Override
    public void readState(StateInput input) {
        lattice.readState(input);
        field.readState(input);
        deviation.readState(input);
        lastSweepNs = input.getLong();
        enteredNs = input.getLong();
        mayGoLong = input.getBoolean();
        mayGoShort = input.getBoolean();
        magnetization = input.getDouble();
    }
}
