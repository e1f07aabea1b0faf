package org.aegishydra.core.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * The payload of a record that is no message: one JSON object.
 *
 * <pre>
 *   RECORDER_STARTED  version, program, pid, boot_id, settings {…}
 *   RECORDER_STOPPED  reason, messages, bytes, and detail where there is more to say
 *   CONNECTED         url
 *   SUBSCRIBED        products […], channels […]
 *   TAKEOVER          products […], from_record
 *   DISCONNECTED      code, reason, messages recorded of it
 *   GAP               channel, expected, got, and product where the loss concerns one product only;
 *                     or channel and silent_ms, where heartbeats did not come
 *   OVERSIZED         limit_bytes, after_messages, and length_at_least_bytes where that is known
 *   INVALID_TEXT      reason, and of a binary message length_bytes and first_bytes_base64
 * </pre>
 */
public final class Fact {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Fact() {}

    /** A fact's payload. */
    public static byte[] encode(Map<String, ?> fields) {
        try {
            return JSON.writeValueAsBytes(fields);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException("a fact that is no JSON: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a fact's payload.
     *
     * @throws JournalException if it is no JSON object.
     */
    public static JsonNode decode(DirectBuffer buffer, int offset, int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        try {
            return JSON.readTree(bytes);
        } catch (final IOException e) {
            throw new JournalException("a fact that is no JSON: " + e.getMessage(), e);
        }
    }
}
