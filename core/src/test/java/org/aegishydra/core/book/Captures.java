package org.aegishydra.core.book;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.aegishydra.core.journal.Dialect;

/**
 * Real messages of both feeds, kept beside the project: in {@code ../shared/data}, or where {@code -Daegis.data=…} says.
 * A test that needs them is skipped where they are absent. Stateless.
 */
public final class Captures {
    public static final String ADVANCED_TRADE = "advanced-trade-2026-08-09.jsonl.gz";
    public static final String EXCHANGE = "exchange-2021-04-17.cryptofeed.gz";
    public static final String ADVANCED_TRADE_FIXTURES = "fixtures-advanced-trade.jsonl";
    public static final String EXCHANGE_FIXTURES = "fixtures-exchange.jsonl";
    public static final String EXPECTED_BOOKS = "expected-books.json";

    private Captures() {}

    /** The path of a file of the folder; skips the test if it is absent. */
    public static Path path(String file) {
        final String folder = System.getProperty("aegis.data");
        final Path path = folder == null
                ? Path.of(System.getProperty("aegis.home", ".."), "..", "shared", "data", file)
                : Path.of(folder, file);
        assumeTrue(Files.exists(path), () -> "real captures are absent: " + path.normalize());
        return path;
    }

    /** Which dialect a file's messages are in. */
    public static Dialect dialect(String file) {
        return file.contains("advanced-trade") ? Dialect.ADVANCED_TRADE : Dialect.EXCHANGE;
    }

    /** The messages of a file, their bytes unchanged. Skips the test if the file is absent. */
    public static List<byte[]> messages(String file) throws IOException {
        final Path path = path(file);
        final List<byte[]> messages = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(path);
                InputStream in =
                        new BufferedInputStream(file.endsWith(".gz") ? new GZIPInputStream(raw) : raw, 1 << 16)) {
            final ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    addMessage(line.toByteArray(), file.contains(".cryptofeed"), messages);
                    line.reset();
                } else {
                    line.write(b);
                }
            }
            addMessage(line.toByteArray(), file.contains(".cryptofeed"), messages);
        }
        return messages;
    }

    /** cryptofeed puts {@code <receive seconds>: } before a message, and writes other lines of its own. */
    private static void addMessage(byte[] line, boolean cryptofeed, List<byte[]> messages) {
        int from = 0;
        if (cryptofeed) {
            while (from < line.length && (line[from] == '.' || (line[from] >= '0' && line[from] <= '9'))) {
                from++;
            }
            if (from == 0 || from + 1 >= line.length || line[from] != ':' || line[from + 1] != ' ') {
                return;
            }
            from += 2;
        }
        if (line.length > from) {
            final byte[] message = new byte[line.length - from];
            System.arraycopy(line, from, message, 0, message.length);
            messages.add(message);
        }
    }
}
