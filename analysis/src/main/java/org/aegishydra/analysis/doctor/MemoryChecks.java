package org.aegishydra.analysis.doctor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aegishydra.analysis.text.Quantities;

/** Whether memory stays where it is, and mapped files are written back calmly. Stateless. */
final class MemoryChecks {
    private static final long KB = 1024;
    private static final long LEAST_MAPS = 65_530;
    private static final long MOST_SWAPPINESS = 10;
    private static final long MOST_DIRTY_BYTES = 4_000_000_000L;
    private static final long LEAST_CONTAINER_BYTES = 2_000_000_000L;
    private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");

    private MemoryChecks() {}

    static List<Check> of(Host host) {
        return List.of(hugePages(host), swap(host), swappiness(host), dirty(host), maps(host), containerMemory(host));
    }

    static Check hugePages(Host host) {
        final String name = "transparent_huge_pages";
        final Matcher chosen = CHOSEN.matcher(
                host.text("/sys/kernel/mm/transparent_hugepage/enabled").orElse(""));
        if (!chosen.find()) {
            return Check.unknown(name, "cannot tell: no /sys/kernel/mm/transparent_hugepage/enabled", "");
        }
        return chosen.group(1).equals("always")
                ? Check.warning(
                        name,
                        "always: the kernel stops threads to compact memory",
                        "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled")
                : Check.ok(name, chosen.group(1));
    }

    static Check swap(Host host) {
        final String name = "swap";
        final OptionalLong total = host.number("/proc/meminfo", "SwapTotal:");
        final OptionalLong free = host.number("/proc/meminfo", "SwapFree:");
        if (total.isEmpty() || free.isEmpty()) {
            return Check.unknown(name, "cannot tell: /proc/meminfo does not say", "");
        }
        final long usedBytes = (total.getAsLong() - free.getAsLong()) * KB;
        if (usedBytes > 0) {
            return Check.warning(
                    name,
                    Quantities.bytes(usedBytes) + " of " + Quantities.bytes(total.getAsLong() * KB) + " in use",
                    "free memory, then `swapoff -a`: a page that comes back from the disk costs milliseconds");
        }
        return total.getAsLong() == 0
                ? Check.ok(name, "none")
                : Check.note(name, Quantities.bytes(total.getAsLong() * KB) + ", none in use", "");
    }

    static Check swappiness(Host host) {
        final String name = "swappiness";
        final OptionalLong swappiness = host.number("/proc/sys/vm/swappiness");
        if (swappiness.isEmpty()) {
            return Check.unknown(name, "cannot tell: no /proc/sys/vm/swappiness", "");
        }
        final boolean noSwap = host.number("/proc/meminfo", "SwapTotal:").orElse(1) == 0;
        final String found = Long.toString(swappiness.getAsLong());
        if (swappiness.getAsLong() <= MOST_SWAPPINESS || noSwap) {
            return Check.ok(name, noSwap ? found + ", without swap of no account" : found);
        }
        return Check.warning(
                name, found + ": the kernel swaps out programs to cache the journal's files", "sysctl vm.swappiness=1");
    }

    static Check dirty(Host host) {
        final String name = "dirty_pages";
        final OptionalLong bytes = host.number("/proc/sys/vm/dirty_bytes");
        final OptionalLong ratio = host.number("/proc/sys/vm/dirty_ratio");
        final OptionalLong totalKb = host.number("/proc/meminfo", "MemTotal:");
        final long limit;
        if (bytes.orElse(0) > 0) {
            limit = bytes.getAsLong();
        } else if (ratio.isPresent() && totalKb.isPresent()) {
            limit = totalKb.getAsLong() * KB / 100 * ratio.getAsLong();
        } else {
            return Check.unknown(name, "cannot tell: no /proc/sys/vm/dirty_ratio or no memory size", "");
        }
        final String found = "writers are held up at " + Quantities.bytes(limit) + " not yet on disk";
        return limit <= MOST_DIRTY_BYTES
                ? Check.ok(name, found)
                : Check.note(
                        name,
                        found + ": a power cut loses up to that, and writing it back at once stalls",
                        "sysctl vm.dirty_background_bytes=268435456 vm.dirty_bytes=2147483648");
    }

    static Check maps(Host host) {
        final String name = "max_map_count";
        final OptionalLong maps = host.number("/proc/sys/vm/max_map_count");
        if (maps.isEmpty()) {
            return Check.unknown(name, "cannot tell: no /proc/sys/vm/max_map_count", "");
        }
        return maps.getAsLong() >= LEAST_MAPS
                ? Check.ok(name, Quantities.count(maps.getAsLong()))
                : Check.bad(
                        name,
                        Quantities.count(maps.getAsLong()) + ": mapping a journal's file may fail",
                        "sysctl vm.max_map_count=" + LEAST_MAPS);
    }

    static Check containerMemory(Host host) {
        final String name = "container_memory";
        final Optional<String> limit = host.text("/sys/fs/cgroup/memory.max")
                .or(() -> host.text("/sys/fs/cgroup/memory/memory.limit_in_bytes"));
        if (limit.isEmpty()) {
            return host.exists("/sys/fs/cgroup/cgroup.controllers")
                    ? Check.ok(name, "no limit: not in a limited control group")
                    : Check.unknown(name, "cannot tell: no control group's limit is in sight", "");
        }
        // Version 1 says "no limit" by a number of almost 2^63.
        if (!limit.get().matches("\\d{1,15}")) {
            return Check.ok(name, "no limit");
        }
        final long bytes = Long.parseLong(limit.get());
        final String found = Quantities.bytes(bytes) + ", which the pages of mapped files count against";
        return bytes >= LEAST_CONTAINER_BYTES
                ? Check.note(name, found, "")
                : Check.warning(name, found, "allow " + Quantities.bytes(LEAST_CONTAINER_BYTES) + " or more");
    }
}
