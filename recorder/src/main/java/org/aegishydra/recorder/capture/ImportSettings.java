package org.aegishydra.recorder.capture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Dialect;

/**
 * What an import does.
 *
 * @param files the captures, in the order of their time.
 * @param journal the directory to write to.
 * @param feed the feed that the messages come from, or null to tell it from the first ones of each file.
 * @param format the layout of the files, or null to tell it from each file.
 * @param repeat how often the whole is written.
 */
public record ImportSettings(List<Path> files, Path journal, Dialect feed, CaptureFormat format, int repeat) {
    /** The most passes that one import writes. */
    public static final int MAX_REPEAT = 1_000_000;

    public ImportSettings {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new UsageException("FILE is missing: name one capture or more");
        }
        for (final Path file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new UsageException("cannot read capture " + file + ": name a readable file");
            }
        }
        if (repeat < 1 || repeat > MAX_REPEAT) {
            throw new UsageException("--repeat is " + repeat + ": give a number from 1 to " + MAX_REPEAT);
        }
    }

    /** The settings as a journal keeps them; directories stay private. */
    Map<String, Object> toFact() {
        final Map<String, Object> fact = new LinkedHashMap<>();
        fact.put(
                "files",
                files.stream().map(file -> file.getFileName().toString()).toList());
        fact.put("feed", feed == null ? "detected" : feed.optionName());
        fact.put("format", format == null ? "detected" : format.optionName());
        fact.put("repeat", repeat);
        return fact;
    }
}
