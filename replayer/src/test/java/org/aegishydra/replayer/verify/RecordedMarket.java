package org.aegishydra.replayer.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.run.FeedWriter;
import org.aegishydra.core.run.SwingingMarket;
import org.aegishydra.replayer.ProgramRun;

/** A recording in which a strategy that may act at once decides something every few messages. */
record RecordedMarket(Path journal) {
    /** A new one in a directory. */
    static RecordedMarket swinging(Path directory, int messages) {
        final Path journal = directory.resolve("market");
        try (FeedWriter feed = new FeedWriter(Journal.create(journal, JournalFormat.MARKET)).connect()) {
            new SwingingMarket(feed, "BTC-USD", 1).snapshot().run(messages);
        }
        return new RecordedMarket(journal);
    }

    /** The same, but for a message in the middle that {@code seed} cannot read, as it has a space after a colon. */
    static RecordedMarket withASpacedMessage(Path directory, int messages) {
        final Path journal = directory.resolve("market");
        try (FeedWriter feed = new FeedWriter(Journal.create(journal, JournalFormat.MARKET)).connect()) {
            final SwingingMarket market =
                    new SwingingMarket(feed, "BTC-USD", 1).snapshot().run(messages / 2);
            // The snapshot was number 0.
            feed.raw(
                            "{\"channel\": \"l2_data\",\"timestamp\":\"2026-08-09T12:00:01.0Z\",\"sequence_num\":"
                                    + (messages / 2 + 1)
                                    + ",\"events\":[{\"type\":\"update\",\"product_id\":\"BTC-USD\",\"updates\":[{\"side\":\"bid\","
                                    + "\"event_time\":\"2026-08-09T12:00:01.0Z\",\"price_level\":\"95\",\"new_quantity\":\"1\"}]}]}")
                    .loseOneMessage();
            market.run(messages - messages / 2);
        }
        return new RecordedMarket(journal);
    }

    /** Options behind those that every program takes. */
    String[] arguments(List<String> options) {
        final List<String> arguments = new ArrayList<>(List.of("--journal", journal.toString(), "--set", "hold-ms=50"));
        arguments.addAll(options);
        return arguments.toArray(String[]::new);
    }

    /** {@code aegis verify}. */
    ProgramRun verify(String... options) {
        return ProgramRun.of(new VerifyMain(), arguments(List.of(options)));
    }
}
