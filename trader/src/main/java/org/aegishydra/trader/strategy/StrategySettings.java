package org.aegishydra.trader.strategy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.aegishydra.core.command.UsageException;

/** A strategy's own settings, as the user wrote them. Read once, at the start; not in the path. */
public final class StrategySettings {
    private final String strategy;
    private final Map<String, String> values;
    private final Set<String> known = new TreeSet<>();

    /** The settings of a strategy, by name. */
    public StrategySettings(String strategy, Map<String, String> values) {
        this.strategy = strategy;
        this.values = Map.copyOf(values);
    }

    /**
     * A number.
     *
     * @throws UsageException if it is none or out of range.
     */
    public double number(String name, double defaultValue, double min, double max) {
        known.add(name);
        final String text = values.get(name);
        if (text == null) {
            return defaultValue;
        }
        try {
            final double value = Double.parseDouble(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (final NumberFormatException e) {
            throw unusable(name, text, min, max);
        }
        throw unusable(name, text, min, max);
    }

    /** A whole number, likewise. */
    public int wholeNumber(String name, int defaultValue, int min, int max) {
        final double value = number(name, defaultValue, min, max);
        if (value != Math.rint(value)) {
            throw unusable(name, values.get(name), min, max);
        }
        return (int) value;
    }

    private UsageException unusable(String name, String text, double min, double max) {
        return new UsageException("--set " + name + "=" + text + ": the strategy " + strategy + " takes a number from "
                + plain(min) + " to " + plain(max));
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** To be called when all settings were read: one that nobody asked for is the user's mistake. */
    public void refuseUnknown() {
        for (final String name : new TreeSet<>(values.keySet())) {
            if (!known.contains(name)) {
                throw new UsageException("--set " + name + "=" + values.get(name) + ": the strategy " + strategy
                        + " has the settings " + String.join(", ", known));
            }
        }
    }
}
