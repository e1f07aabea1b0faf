package org.aegishydra.replayer.synthetic;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductMarketTest {
    private static final long STEP_NS = 20_000_000L;

    @ParameterizedTest
    @CsvSource({"BTC-USD, 50, 0", "BTC-USD, 200, 0", "ETH-USD, 200, 0", "DOGE-USD, 100, 300", "BTC-USD, 300, -500"})
    void shouldKeepABookOfAboutItsDepthUncrossed(String name, int levels, double driftBpsPerMinute) {
        final SyntheticProduct product = SyntheticProduct.parse(name);
        for (int seed = 0; seed < 20; seed++) {
            final SyntheticSettings settings = new SyntheticSettings(
                    seed, List.of(product), 0, SyntheticSettings.UNENDING, 100, levels, driftBpsPerMinute);
            final ProductMarket market = new ProductMarket(product, settings, Draws.stream(seed, 1, 0));
            for (int step = 1; step <= 10_000; step++) {
                market.step(step * STEP_NS);
                assertTrue(
                        market.bids().bestPrice() < market.asks().bestPrice(),
                        "crossed with seed " + seed + " at step " + step);
            }
            for (final RestingSide side : List.of(market.bids(), market.asks())) {
                assertTrue(side.count() > levels / 2 && side.count() < levels * 2, "levels: " + side.count());
            }
        }
    }
}
