package org.aegishydra.jmh.hop;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** Histograms by name, in nanoseconds, added up over the rounds of a measurement. Used by one thread. */
final class HopHistograms {
    private static final long MAX_NS = TimeUnit.MINUTES.toNanos(10);

    private final Map<String, Histogram> byName = new LinkedHashMap<>();

    void add(String name, Histogram histogram) {
        byName.computeIfAbsent(name, each -> new Histogram(MAX_NS, 3)).add(histogram);
    }

    /** Adds those of a log, each under the name that is given for its tag; others are left out. */
    void addLog(Path log, Map<String, String> nameOfTag) {
        try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
            for (var found = reader.nextIntervalHistogram(); found != null; found = reader.nextIntervalHistogram()) {
                if (found instanceof Histogram histogram && nameOfTag.containsKey(histogram.getTag())) {
                    add(nameOfTag.get(histogram.getTag()), histogram);
                }
            }
        } catch (final FileNotFoundException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    Map<String, Histogram> byName() {
        return byName;
    }
}
