package org.aegishydra.replayer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageAddressTest {
    private final MessageAddress address = new MessageAddress();

    private String renumbered(String message) {
        final byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
        assertTrue(address.read(utf8, utf8.length, true));
        return address.outgoing(utf8).text(123);
    }

    @Test
    void shouldFindChannelProductAndNumberInWhateverOrder() {
        assertEquals(
                "{\"channel\":\"ticker\",\"sequence_num\":123,\"events\":[{\"product_id\":\"A-B\"}]}",
                renumbered("{\"channel\":\"ticker\",\"sequence_num\":7,\"events\":[{\"product_id\":\"A-B\"}]}"));
        assertEquals("ticker", address.channel());
        assertEquals("A-B", address.product());
        assertEquals(
                "{ \"x\" : \"ä€😀\", \"events\" : [ { \"type\":\"update\", \"sequence_num\":5, \"product_id\" : \"C-D\" } ] , \"sequence_num\" : 123 , \"channel\":\"l2_data\" }",
                renumbered(
                        "{ \"x\" : \"ä€😀\", \"events\" : [ { \"type\":\"update\", \"sequence_num\":5, \"product_id\" : \"C-D\" } ] , \"sequence_num\" : 99999 , \"channel\":\"l2_data\" }"));
        assertEquals("l2_data", address.channel());
        assertEquals("C-D", address.product());
        assertEquals("{\"channel\":\"heartbeats\"}", renumbered("{\"channel\":\"heartbeats\"}"));
        assertEquals("", address.product());
    }

    @Test
    void shouldSayWhatIsNoMessage() {
        for (final String text : new String[] {"", "{", "[]", "7", "{\"a\":1}", "{\"channel\":7}", "{\"events\":[}"}) {
            final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            assertFalse(address.read(utf8, utf8.length, true), text);
        }
    }
}
