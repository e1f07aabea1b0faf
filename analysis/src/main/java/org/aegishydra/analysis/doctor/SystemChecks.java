package org.aegishydra.analysis.doctor;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aegishydra.analysis.text.Quantities;

/** The kernel, its limits for this process, and the JVM. Stateless. */
final class SystemChecks {
    private static final Pattern RELEASE = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*", Pattern.DOTALL);
    private static final int KERNEL = 5;
    private static final int MINOR = 14;
    private static final int LEAST_JAVA = 17;
    private static final long LEAST_FILES = 4096;
    private static final long TOO_FEW_FILES = 512;
    private static final List<String> NEEDED_FLAGS = List.of(
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

    private SystemChecks() {}

    static List<Check> of(Host host, int javaFeature, String javaVersion, List<String> jvmFlags) {
        return List.of(
                kernel(host), openFiles(host), lockedMemory(host), java(javaFeature, javaVersion), flags(jvmFlags));
    }

    static Check kernel(Host host) {
        final String name = "kernel";
        final Optional<String> release = host.text("/proc/sys/kernel/osrelease");
        final Matcher version = RELEASE.matcher(release.orElse(""));
        if (!version.matches()) {
            return Check.unknown(name, "cannot tell: no /proc/sys/kernel/osrelease", "");
        }
        final int major = Integer.parseInt(version.group(1));
        final int minor = Integer.parseInt(version.group(2));
        return major > KERNEL || (major == KERNEL && minor >= MINOR)
                ? Check.ok(name, release.get())
                : Check.warning(
                        name,
                        release.get() + " cannot populate a file's pages ahead: appends wait for page faults",
                        "use Linux " + KERNEL + "." + MINOR + " or later");
    }

    static Check openFiles(Host host) {
        final String name = "open_files";
        final Optional<String> limit = limit(host, "Max open files");
        if (limit.isEmpty()) {
            return Check.unknown(name, "cannot tell: no /proc/self/limits", "");
        }
        final long files = number(limit.get());
        final String found = limit.get() + " for a process";
        final String remedy = "ulimit -n " + 65_536 + ", or LimitNOFILE in the service";
        if (files < TOO_FEW_FILES) {
            return Check.bad(name, found, remedy);
        }
        return files < LEAST_FILES ? Check.warning(name, found, remedy) : Check.ok(name, found);
    }

    static Check lockedMemory(Host host) {
        final String name = "locked_memory";
        final Optional<String> limit = limit(host, "Max locked memory");
        if (limit.isEmpty()) {
            return Check.unknown(name, "cannot tell: no /proc/self/limits", "");
        }
        return limit.get().equals("unlimited")
                ? Check.ok(name, "unlimited")
                : Check.note(name, Quantities.bytes(number(limit.get())), "nothing of Aegis locks memory");
    }

    private static Optional<String> limit(Host host, String label) {
        final Matcher line = Pattern.compile("(?m)^" + label + "\\s+(unlimited|\\d{1,18})\\s")
                .matcher(host.text("/proc/self/limits").orElse(""));
        return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }

    private static long number(String limit) {
        return limit.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(limit);
    }

    static Check java(int feature, String version) {
        final String name = "java";
        return feature >= LEAST_JAVA
                ? Check.ok(name, version)
                : Check.bad(name, version, "use Java " + LEAST_JAVA + " or later");
    }

    static Check flags(List<String> jvmFlags) {
        final String name = "jvm_flags";
        final List<String> missing =
                NEEDED_FLAGS.stream().filter(flag -> !jvmFlags.contains(flag)).toList();
        return missing.isEmpty()
                ? Check.ok(name, "those of jvm.flags")
                : Check.bad(name, "missing " + String.join(" ", missing), "start through ./aegis, or java @jvm.flags");
    }
}
