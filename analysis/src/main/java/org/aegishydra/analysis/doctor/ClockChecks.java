package org.aegishydra.analysis.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether receive times can be trusted. Stateless. */
final class ClockChecks {
    private static final String SYNC = "clock_synchronisation";
    private static final String SOURCE = "clock_source";
    private static final String CURRENT = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
    private static final String INSTALL = "install and start chrony: receive times are compared with the exchange's";
    private static final double LARGEST_OFFSET_S = 0.010;

    /** In {@code chronyc -c tracking}: seconds that the clock is off, and the leap status. */
    private static final int CHRONY_OFFSET = 4;

    private static final int CHRONY_LEAP = 13;

    private ClockChecks() {}

    static List<Check> of(Host host) {
        return List.of(synchronisation(host), source(host));
    }

    static Check synchronisation(Host host) {
        final Optional<Check> chrony = host.ask("chronyc", "-c", "tracking").flatMap(ClockChecks::chrony);
        if (chrony.isPresent()) {
            return chrony.get();
        }
        final Optional<String> kernel = host.ask("timedatectl", "show", "--property=NTPSynchronized", "--value");
        if (kernel.isPresent() && kernel.get().equals("yes")) {
            return Check.ok(SYNC, "synchronised, as timedatectl says; how well is not told");
        }
        if (kernel.isPresent() && kernel.get().equals("no")) {
            return Check.bad(SYNC, "NOT synchronised, as timedatectl says", INSTALL);
        }
        if (host.exists("/run/systemd/timesync/synchronized")) {
            return Check.note(SYNC, "systemd-timesyncd has synchronised at least once since the start", INSTALL);
        }
        return Check.unknown(
                SYNC,
                "cannot tell: neither chronyc nor timedatectl answers",
                "look at the host, if this is a container; " + INSTALL);
    }

    private static Optional<Check> chrony(String tracking) {
        final String[] fields = tracking.split(",", -1);
        if (fields.length <= CHRONY_LEAP) {
            return Optional.empty();
        }
        if (fields[CHRONY_LEAP].equals("Not synchronised")) {
            return Optional.of(Check.bad(SYNC, "chrony is running and NOT synchronised", "see `chronyc sources`"));
        }
        final double offsetS;
        try {
            offsetS = Math.abs(Double.parseDouble(fields[CHRONY_OFFSET]));
        } catch (final NumberFormatException e) {
            return Optional.empty();
        }
        final String found = String.format(Locale.ROOT, "chrony: synchronised, %.3f ms off", offsetS * 1000);
        return Optional.of(
                offsetS <= LARGEST_OFFSET_S
                        ? Check.ok(SYNC, found)
                        : Check.warning(SYNC, found, "wait until it has settled; see `chronyc tracking`"));
    }

    static Check source(Host host) {
        final Optional<String> source = host.text(CURRENT);
        if (source.isEmpty()) {
            return Check.unknown(SOURCE, "cannot tell: no " + CURRENT, "");
        }
        return switch (source.get()) {
            case "tsc", "arch_sys_counter" -> Check.ok(SOURCE, source.get());
            case "kvm-clock", "hyperv_clocksource_tsc_page" ->
                Check.note(SOURCE, source.get() + ", a little slower to read than tsc", "");
            default ->
                Check.warning(
                        SOURCE,
                        source.get() + ", slow to read: each time stamp costs about a microsecond",
                        "boot with clocksource=tsc if the processor's counter is stable");
        };
    }
}
