package org.aegishydra.replayer.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Whom a message is for: its channel or type, the first product that it names, and where its sequence number is. Reads no
 * further than it must. Reused; used by one thread.
 */
final class MessageAddress {
    private final JsonFactory json = new JsonFactory();
    private String channel;
    private String product;
    private int sequenceOffset;
    private int sequenceLength;

    /**
     * Reads a message of whatever key order.
     *
     * @param wantsSequence whether the message's dialect has sequence numbers of the connection.
     * @return false if it is no JSON object or has neither a channel nor a type.
     */
    boolean read(byte[] utf8, int length, boolean wantsSequence) {
        channel = null;
        product = "";
        sequenceOffset = OutgoingMessage.NO_SEQUENCE;
        sequenceLength = 0;
        try (JsonParser parser = json.createParser(utf8, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            int depth = 1;
            while (depth > 0 && !isComplete(wantsSequence)) {
                final JsonToken token = parser.nextToken();
                if (token == null) {
                    return false;
                }
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token.isScalarValue()) {
                    field(parser, token, depth);
                }
            }
        } catch (final IOException e) {
            return false;
        }
        return channel != null;
    }

    private boolean isComplete(boolean wantsSequence) {
        return channel != null
                && !product.isEmpty()
                && (!wantsSequence || sequenceOffset != OutgoingMessage.NO_SEQUENCE);
    }

    private void field(JsonParser parser, JsonToken token, int depth) throws IOException {
        final String name = parser.currentName();
        if (depth == 1 && token == JsonToken.VALUE_NUMBER_INT && "sequence_num".equals(name)) {
            sequenceOffset = (int) parser.currentTokenLocation().getByteOffset();
            sequenceLength = parser.getTextLength();
        } else if (token == JsonToken.VALUE_STRING) {
            if (depth == 1 && ("channel".equals(name) || (channel == null && "type".equals(name)))) {
                channel = parser.getText();
            } else if (product.isEmpty() && "product_id".equals(name)) {
                product = parser.getText();
            }
        }
    }

    /** The channel (Advanced Trade) or the type (Exchange). */
    String channel() {
        return channel;
    }

    /** The first product that the message names; empty if none. */
    String product() {
        return product;
    }

    OutgoingMessage outgoing(byte[] utf8) {
        return new OutgoingMessage(utf8, sequenceOffset, sequenceLength);
    }
}
