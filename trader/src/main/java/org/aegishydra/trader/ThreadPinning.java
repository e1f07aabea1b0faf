package org.aegishydra.trader;

import java.util.BitSet;
import java.util.stream.Collectors;
import net.openhft.affinity.Affinity;
import org.aegishydra.core.command.UsageException;

/**
 * The CPU that the trading thread has for itself, as far as this process can see to it: all threads that are started
 * between {@link #keepOff} and {@link #pin} stay off it, since a thread begins on the CPUs of the one that started it.
 * The JVM's own threads (compiler, collector) and other processes do not ask; a CPU that the kernel isolates has
 * neither. Called by the trading thread.
 */
final class ThreadPinning {
    private final BitSet own;
    private final BitSet others;

    private ThreadPinning(BitSet own, BitSet others) {
        this.own = own;
        this.others = others;
    }

    /**
     * The pinning to a CPU.
     *
     * @param cpu its number, as {@code /proc/cpuinfo} has it.
     * @throws UsageException if this process may not run on it, or if this system cannot bind a thread.
     */
    static ThreadPinning to(int cpu) {
        final BitSet allowed = Affinity.getAffinity();
        if (allowed.isEmpty()) {
            throw new UsageException("--cpu " + cpu + ": this system cannot bind a thread to a CPU; leave it out");
        }
        if (cpu < 0 || !allowed.get(cpu)) {
            throw new UsageException("--cpu " + cpu + ": this process may run on the CPUs " + text(allowed));
        }
        final BitSet own = new BitSet();
        own.set(cpu);
        final BitSet others = (BitSet) allowed.clone();
        others.clear(cpu);
        final ThreadPinning pinning = new ThreadPinning(own, others);
        try {
            bind(own);
            bind(allowed);
        } catch (final IllegalStateException e) {
            throw new UsageException("--cpu " + cpu + ": the system refuses to bind a thread to it: " + e.getMessage());
        }
        return pinning;
    }

    private static String text(BitSet cpus) {
        return cpus.stream().mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    private static void bind(BitSet cpus) {
        Affinity.setAffinity(cpus);
        final BitSet bound = Affinity.getAffinity();
        if (!bound.equals(cpus)) {
            throw new IllegalStateException("it is on the CPUs " + text(bound) + " afterwards");
        }
    }

    /** This thread, and those that it starts, leave the CPU to the trading. Nothing where there is no other. */
    void keepOff() {
        if (!others.isEmpty()) {
            bind(others);
        }
    }

    /** This thread has the CPU from now on. */
    void pin() {
        bind(own);
    }

    /** This thread, and those that it starts, run on any CPU again. */
    void release() {
        final BitSet all = (BitSet) others.clone();
        all.or(own);
        bind(all);
    }

    int cpu() {
        return own.nextSetBit(0);
    }
}
