package org.aegishydra.analysis.doctor;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Whether there is enough processor, and whether it runs at its speed. Stateless. */
final class CpuChecks {
    private static final String CPUS = "/sys/devices/system/cpu";
    private static final int ENOUGH_CORES = 4;
    private static final int TOO_FEW_CORES = 2;

    private CpuChecks() {}

    static List<Check> of(Host host, int availableProcessors) {
        return List.of(governor(host), cores(availableProcessors), containerCpu(host), numa(host), isolated(host));
    }

    static Check governor(Host host) {
        final String name = "cpu_governor";
        final TreeSet<String> governors = new TreeSet<>();
        for (final String cpu : host.names(CPUS, "cpu[0-9]*")) {
            host.text(CPUS + "/" + cpu + "/cpufreq/scaling_governor").ifPresent(governors::add);
        }
        if (governors.isEmpty()) {
            return Check.unknown(name, "cannot tell: no cpufreq, as in most virtual machines", "look at the host");
        }
        return governors.equals(new TreeSet<>(List.of("performance")))
                ? Check.ok(name, "performance")
                : Check.warning(
                        name,
                        String.join(", ", governors) + ": clocked down when idle, slow at the next message",
                        "cpupower frequency-set -g performance");
    }

    static Check cores(int availableProcessors) {
        final String name = "cores";
        final String found = availableProcessors + " for this JVM";
        if (availableProcessors < TOO_FEW_CORES) {
            return Check.warning(name, found + ": recorder, trader and collector share one", "give it " + ENOUGH_CORES);
        }
        return availableProcessors < ENOUGH_CORES
                ? Check.note(name, found, ENOUGH_CORES + " let recorder and trader have one each")
                : Check.ok(name, found);
    }

    /** Control groups, version 2 and 1; where they are not in sight is no limit that this process could tell of. */
    static Check containerCpu(Host host) {
        final String name = "container_cpu";
        final Optional<String> max = host.text("/sys/fs/cgroup/cpu.max");
        final long quotaUs;
        final long periodUs;
        if (max.isPresent() && max.get().matches("(max|\\d{1,18}) \\d{1,18}")) {
            final String[] parts = max.get().split(" ", -1);
            quotaUs = parts[0].equals("max") ? -1 : Long.parseLong(parts[0]);
            periodUs = Long.parseLong(parts[1]);
        } else {
            quotaUs = host.number("/sys/fs/cgroup/cpu/cpu.cfs_quota_us").orElse(0);
            periodUs = host.number("/sys/fs/cgroup/cpu/cpu.cfs_period_us").orElse(0);
        }
        if (quotaUs < 0) {
            return Check.ok(name, "no limit");
        }
        if (quotaUs == 0 || periodUs == 0) {
            return host.exists("/sys/fs/cgroup/cgroup.controllers")
                    ? Check.ok(name, "no limit: not in a limited control group")
                    : Check.unknown(name, "cannot tell: no control group's limit is in sight", "");
        }
        return Check.warning(
                name,
                quotaUs + " µs of " + periodUs + " µs: what needs more is stopped until the period ends",
                "run without a quota (no --cpus); pin with cpusets instead");
    }

    static Check numa(Host host) {
        final String name = "numa";
        final int nodes = host.names("/sys/devices/system/node", "node[0-9]*").size();
        if (nodes == 0) {
            return Check.unknown(name, "cannot tell: no /sys/devices/system/node", "");
        }
        return nodes == 1
                ? Check.ok(name, "1 node")
                : Check.note(
                        name,
                        nodes + " nodes: memory of another one is slower",
                        "start with numactl --cpunodebind=0 --membind=0");
    }

    static Check isolated(Host host) {
        final String name = "isolated_cpus";
        final Optional<String> isolated = host.text(CPUS + "/isolated");
        if (isolated.isEmpty()) {
            return Check.unknown(name, "cannot tell: no " + CPUS + "/isolated", "");
        }
        return isolated.get().isEmpty()
                ? Check.note(
                        name, "none", "isolcpus keeps other work off a trader's core; only for the last microseconds")
                : Check.ok(name, isolated.get());
    }
}
