package org.aegishydra.jmh.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Dialect;

/**
 * The recorded messages that the benchmarks run on, one capture a feed. They are no part of the project: where they are
 * absent, {@link SyntheticMessages} take their place. Stateless.
 */
public final class Captures {
    /** The system property that names the captures' directory. */
    public static final String DIRECTORY_PROPERTY = "aegis.captures";

    private static final String ADVANCED_TRADE_FILE = "advanced-trade-2026-08-09.jsonl.gz";
    private static final String EXCHANGE_FILE = "exchange-2021-04-17.cryptofeed.gz";
    private static final Pattern RECEIVE_TIME = Pattern.compile("[0-9.]+");
    private static final Pattern SNAPSHOT = Pattern.compile("\"type\":\\s*\"snapshot\"");

    /** A snapshot says so in its head; a match further back could be anything. */
    private static final int HEAD_LENGTH = 200;

    private Captures() {}

    /** The directory that {@value #DIRECTORY_PROPERTY} names, else {@code shared/data} beside the project's own. */
    public static Path directory() {
        final String named = System.getProperty(DIRECTORY_PROPERTY);
        return named != null
                ? Path.of(named)
                : Path.of(System.getProperty("aegis.home", ".")).resolve("../shared/data");
    }

    /**
     * A directory of captures that the user named, or the usual one.
     *
     * @param named the value of {@code --captures}, or null.
     */
    public static Path directory(Path named) {
        if (named != null && !Files.isDirectory(named)) {
            throw new UsageException("--captures " + named
                    + ": is no directory; leave it out, and synthetic messages are used where captures are missing");
        }
        return named == null ? directory() : named;
    }

    /** The file of a feed's capture, whether it is there or not. */
    public static Path file(Path directory, Dialect dialect) {
        return directory.resolve(dialect == Dialect.EXCHANGE ? EXCHANGE_FILE : ADVANCED_TRADE_FILE);
    }

    /** A feed's messages: the capture if it is there, else synthetic ones. */
    public static MessageSet load(Path directory, Dialect dialect) {
        final Path file = file(directory, dialect);
        return Files.isReadable(file) ? read(file, dialect) : SyntheticMessages.of(dialect);
    }

    private static MessageSet read(Path file, Dialect dialect) {
        final List<byte[]> first = new ArrayList<>();
        final List<byte[]> later = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final String message = dialect == Dialect.EXCHANGE ? messageOfCryptofeed(line) : line;
                if (message.isEmpty()) {
                    continue;
                }
                final byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
                first.add(bytes);
                if (!isSnapshot(message)) {
                    later.add(bytes);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return new MessageSet(dialect, "capture " + file.getFileName(), first, later);
    }

    /** {@code <receive seconds>: <message>}; other lines are cryptofeed's own, about its connection. */
    private static String messageOfCryptofeed(String line) {
        final int colon = line.indexOf(": ");
        return colon > 0 && RECEIVE_TIME.matcher(line.substring(0, colon)).matches() ? line.substring(colon + 2) : "";
    }

    private static boolean isSnapshot(String message) {
        return SNAPSHOT.matcher(message)
                .region(0, Math.min(message.length(), HEAD_LENGTH))
                .find();
    }
}
