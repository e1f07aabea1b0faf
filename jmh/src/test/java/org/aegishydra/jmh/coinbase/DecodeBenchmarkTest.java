package org.aegishydra.jmh.coinbase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.aegishydra.jmh.journal.RecordedMarket;
import org.aegishydra.jmh.journal.ReplayedMessages;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Peers are compared only once they say the same. */
class DecodeBenchmarkTest {
    @ParameterizedTest
    @CsvSource({"advanced-trade, 3000", "exchange, 12000"})
    void shouldTellTheSameLevels(String feed, int messages) throws IOException {
        final RecordedMarket market = new RecordedMarket();
        market.feed = feed;
        market.messages = messages;
        market.open();
        try {
            final DecodeBenchmark benchmark = new DecodeBenchmark();
            final DecodeBenchmark.LevelSum levels = benchmark.decodeOnly(market, new ReplayedMessages());
            final DecodeBenchmark.LevelSum bytewise = benchmark.decodeBytewise(market, new ReplayedMessages());
            assertTrue(levels.levels() > messages / 2, () -> "levels: " + levels.levels());
            assertEquals(levels.levels(), bytewise.levels());
            assertEquals(levels.sum(), bytewise.sum());
        } finally {
            market.close();
        }
    }
}
