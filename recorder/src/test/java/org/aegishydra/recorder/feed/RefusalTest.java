package org.aegishydra.recorder.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalTest {
    private static final FeedSubscription SUBSCRIPTION =
            new FeedSubscription(List.of("BTC-USD", "BTC-USDC", "XYZ-USD"), List.of("level2", "status"));

    @Test
    void shouldFindTheProductThatIsUnknown() {
        assertEquals(
                List.of("XYZ-USD"),
                Refusal.unknownNames(
                        "{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":\"XYZ-USD is not a valid product\"}",
                        SUBSCRIPTION));
        assertEquals(List.of("BTC-USD"), Refusal.unknownNames("product not found: BTC-USD", SUBSCRIPTION));
    }

    @Test
    void shouldFindTheChannelThatIsUnknown() {
        assertEquals(List.of("level2"), Refusal.unknownNames("level2 is not a valid channel", SUBSCRIPTION));
        assertEquals(List.of(), Refusal.unknownNames("invalid status", SUBSCRIPTION));
    }

    @Test
    void shouldGiveUpNothingForLoadOrLimits() {
        assertEquals(List.of(), Refusal.unknownNames("too many requests for BTC-USD", SUBSCRIPTION));
        assertEquals(List.of(), Refusal.unknownNames("authentication failure: BTC-USD", SUBSCRIPTION));
        assertEquals(List.of(), Refusal.unknownNames("ABTC-USD is not a valid product", SUBSCRIPTION));
    }
}
