package org.aegishydra.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The machine that figures were taken on; without it a figure says nothing. */
public record Machine(int cores, String cpu, String os, String jdk) {
    public static Machine thisOne() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                cpuModel(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    }

    private static String cpuModel() {
        final String architecture = System.getProperty("os.arch");
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(architecture);
        } catch (final IOException notLinux) {
            return architecture;
        }
    }

    @Override
    public String toString() {
        return cores + " cores, " + cpu + ", " + os + ", " + jdk;
    }
}
