package org.aegishydra.recorder.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordKind;

/**
 * Writes captures into a journal, message by message as they were received, once or several times over. One import at a
 * time, on one thread.
 */
public final class CaptureImport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ImportSettings settings;
    private final BooleanSupplier stop;
    private final UnaryOperator<InputStream> counted;
    private final ImportWriter writer;
    private final Repetition repetition = new Repetition();
    private final MessageSurvey survey = new MessageSurvey();
    private final List<SourceReport> sources = new ArrayList<>();
    private final Map<Path, Dialect> feeds = new HashMap<>();

    /**
     * @param version of this program, for the journal.
     * @param stop asked after each line; true ends the import with what was written so far.
     * @param counted wraps a file's stream of bytes, so that progress can be shown.
     */
    public CaptureImport(
            ImportSettings settings, String version, BooleanSupplier stop, UnaryOperator<InputStream> counted) {
        this.settings = settings;
        this.stop = stop;
        this.counted = counted;
        final Map<String, Object> started = new LinkedHashMap<>();
        started.put("version", version);
        started.put("program", "import");
        started.put("settings", settings.toFact());
        writer = new ImportWriter(settings.journal(), started);
    }

    /**
     * Imports all files.
     *
     * @throws IOException if a file cannot be read.
     * @throws UsageException if the feed of a file cannot be told, or a pass would lie too far in the future.
     * @throws org.aegishydra.core.journal.JournalException if the journal cannot be written.
     */
    public ImportReport run() throws IOException {
        String reason = "failed";
        try {
            for (final Path file : settings.files()) {
                importFirst(file);
            }
            if (settings.repeat() > 1) {
                requireRoomForPasses();
            }
            for (int pass = 1; pass < settings.repeat() && !stop.getAsBoolean(); pass++) {
                importAgain(pass);
            }
            reason = stop.getAsBoolean() ? "interrupted" : "end of import";
        } finally {
            try (writer) {
                writer.stop(reason, refused());
            }
        }
        return report();
    }

    private long refused() {
        return sources.stream().mapToLong(source -> source.refused).sum();
    }

    private ImportReport report() {
        return new ImportReport(
                settings.journal().toString(),
                sources.stream().allMatch(source -> source.problems.isEmpty()) && !stop.getAsBoolean(),
                stop.getAsBoolean(),
                settings.repeat(),
                sources.stream().mapToLong(source -> source.lines).sum(),
                sources.stream().mapToLong(source -> source.imported).sum(),
                refused(),
                writer.messages(),
                writer.messageBytes(),
                writer.firstRecord(),
                writer.lastRecord(),
                sources);
    }

    private void importFirst(Path file) throws IOException {
        if (stop.getAsBoolean()) {
            return;
        }
        final SourceReport source = new SourceReport(file.getFileName().toString());
        final Dialect feedBefore = writer.dialect();
        sources.add(source);
        writer.startFile(settings.feed());
        new CaptureReader(file, settings.format(), new FirstPass(feedBefore), source).read(counted, stop);
        if (source.imported == 0 && !stop.getAsBoolean()) {
            source.problems.add(source.lines == 0 ? "is empty" : "holds no message");
        }
        writer.endFile(Files.getLastModifiedTime(file).toMillis() * 1_000_000L);
        if (writer.dialect() != null) {
            source.feed = writer.dialect().optionName();
            feeds.put(file, writer.dialect());
        }
    }

    private void requireRoomForPasses() {
        final int possible = repetition.possiblePasses();
        if (settings.repeat() - 1 > possible) {
            throw new UsageException("--repeat is " + settings.repeat() + ": give at most " + (possible + 1)
                    + ", since a further pass would lie beyond the year 2255");
        }
    }

    private void importAgain(int pass) throws IOException {
        repetition.startPass(pass);
        final LaterPass again = new LaterPass();
        for (final Path file : settings.files()) {
            final Dialect feed = feeds.get(file);
            if (feed != null) {
                writer.startFile(feed);
                new CaptureReader(file, settings.format(), again, new SourceReport("")).read(counted, stop);
            }
        }
    }

    /** Writes every message as it is. */
    private final class FirstPass implements CaptureHandler {
        private final Dialect feedBefore;
        private boolean started;

        FirstPass(Dialect feedBefore) {
            this.feedBefore = feedBefore;
        }

        @Override
        public String onMessage(String connection, long receiveTimeNs, byte[] buffer, int offset, int length) {
            final String refusal = survey.parse(buffer, offset, length, settings.repeat() > 1);
            if (refusal != null) {
                return refusal;
            }
            final long timeNs = receiveTimeNs != Timestamps.NO_TIME ? receiveTimeNs : survey.ownTimeNs();
            if (!started && feedBefore != null && isNewConnection()) {
                writer.reconnected(connection, timeNs);
            }
            started = true;
            if (settings.repeat() > 1) {
                repetition.learn(connection, timeNs, survey);
            }
            writer.message(connection, survey.dialect(), timeNs, buffer, offset, length);
            return null;
        }

        /** A rotated capture goes on in its next file; a connection of its own starts at 0. */
        private boolean isNewConnection() {
            return survey.sequenceNumber() == 0 || (survey.dialect() != null && survey.dialect() != feedBefore);
        }

        @Override
        public void onConnected(String connection, long timeNs, String url) {
            writer.connected(connection, timeNs, url);
        }

        @Override
        public void onSent(String connection, long timeNs, String message) {
            final JsonNode sent;
            try {
                sent = JSON.readTree(message);
            } catch (final IOException e) {
                return;
            }
            if (sent != null && sent.path("type").asText().equals("subscribe")) {
                writer.fact(RecordKind.SUBSCRIBED, connection, timeNs, subscription(sent));
            }
        }

        /** Products and channels only: the message may hold a signature. */
        private Map<String, Object> subscription(JsonNode sent) {
            final List<String> products = new ArrayList<>();
            final List<String> channels = new ArrayList<>();
            sent.path("product_ids").forEach(product -> products.add(product.asText()));
            sent.path("channels")
                    .forEach(channel -> channels.add(
                            channel.isObject() ? channel.path("name").asText() : channel.asText()));
            if (sent.path("channel").isTextual()) {
                channels.add(sent.path("channel").asText());
            }
            final Map<String, Object> fact = new LinkedHashMap<>();
            fact.put("products", products);
            fact.put("channels", channels);
            return fact;
        }
    }

    /** Writes what is to be repeated, moved on. */
    private final class LaterPass implements CaptureHandler {
        private long lastTimeNs = Timestamps.NO_TIME;

        @Override
        public String onMessage(String connection, long receiveTimeNs, byte[] buffer, int offset, int length) {
            final String refusal = survey.parse(buffer, offset, length, true);
            if (refusal != null) {
                return refusal;
            }
            final long ownTimeNs = receiveTimeNs != Timestamps.NO_TIME ? receiveTimeNs : survey.ownTimeNs();
            lastTimeNs = ownTimeNs != Timestamps.NO_TIME ? ownTimeNs : lastTimeNs;
            final byte[] moved = repetition.rewrite(connection, survey, buffer, offset, length);
            if (moved != null) {
                final long movedNs =
                        lastTimeNs == Timestamps.NO_TIME ? Timestamps.NO_TIME : repetition.move(lastTimeNs);
                writer.message(connection, survey.dialect(), movedNs, moved, 0, moved.length);
            }
            return null;
        }
    }
}
