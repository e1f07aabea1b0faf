package org.aegishydra.core.command;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The machine that figures were taken on, and its Java; without it a figure says nothing.
 *
 * @param cpu its model, or its architecture where the platform does not tell.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Machine(int processors, String cpu, String os, String jvm, long memoryBytes) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** This one. */
    public static Machine thisOne() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                cpuModel(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize());
    }

    private static String cpuModel() {
        final String architecture = System.getProperty("os.arch");
        try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(architecture);
        } catch (final IOException notLinux) {
            return architecture;
        }
    }

    /** Whether figures of the two can be compared. */
    public boolean isLike(Machine other) {
        return processors == other.processors && cpu.equals(other.cpu) && os.equals(other.os) && jvm.equals(other.jvm);
    }

    @Override
    public String toString() {
        return processors + " cores, " + cpu + ", " + os + ", " + jvm;
    }
}
