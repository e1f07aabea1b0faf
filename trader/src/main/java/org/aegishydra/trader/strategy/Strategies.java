package org.aegishydra.trader.strategy;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.aegishydra.core.command.UsageException;

/** Finds strategies by their names, or by their class names. Stateless. */
public final class Strategies {
    private Strategies() {}

    /**
     * A new instance, started.
     *
     * @param name a strategy's {@link Strategy#name()}, or the name of a class that implements {@link Strategy}.
     * @throws UsageException if there is none of that name, or if a setting cannot be used.
     */
    public static Strategy start(String name, Map<String, String> values, long seed) {
        final Strategy strategy = find(name);
        final StrategySettings settings = new StrategySettings(name, values);
        strategy.start(settings, seed);
        settings.refuseUnknown();
        return strategy;
    }

    private static Strategy find(String name) {
        final TreeSet<String> names = new TreeSet<>();
        for (final Strategy strategy : ServiceLoader.load(Strategy.class)) {
            if (strategy.name().equals(name)) {
                return strategy;
            }
            names.add(strategy.name());
        }
        try {
            return Class.forName(name)
                    .asSubclass(Strategy.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (final ClassNotFoundException e) {
            throw new UsageException("--strategy " + name + ": there are " + String.join(", ", names)
                    + ", or name a class on the class path");
        } catch (final InvocationTargetException e) {
            throw new UsageException("--strategy " + name + ": its constructor failed: " + e.getCause());
        } catch (final ReflectiveOperationException | ClassCastException e) {
            throw new UsageException("--strategy " + name + ": the class must implement " + Strategy.class.getName()
                    + " and have a public constructor without arguments (" + e + ")");
        }
    }
}
