package org.aegishydra.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ControlRecordTest {
    @ParameterizedTest
    @EnumSource(ControlRecord.Type.class)
    void shouldComeBackAsItWasWritten(ControlRecord.Type type) {
        for (final String text : new String[] {"", "caught up", "{\"a\":\"ä €\"}"}) {
            final ControlRecord control = new ControlRecord(type, 123_456_789_012L, text);
            final DirectBuffer payload = control.encode();
            final UnsafeBuffer journal = new UnsafeBuffer(new byte[payload.capacity() + 20]);
            journal.setMemory(0, journal.capacity(), (byte) 'x');
            journal.putBytes(13, payload, 0, payload.capacity());
            assertEquals(control, ControlRecord.decode(journal, 13, payload.capacity()));
        }
    }
}
