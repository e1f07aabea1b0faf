package org.aegishydra.recorder.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.journal.Dialect;

/**
 * What an import has to know of one message: whether it is one, of which feed, when it was sent, and where in its bytes
 * the numbers and times stand that must move on when a capture is repeated. A message is one JSON object in valid UTF-8.
 *
 * <p>Reused from message to message, by one thread. Offsets are relative to the message's first byte.
 */
final class MessageSurvey {
    /** The message has no such number. */
    static final long NO_NUMBER = Timestamps.NO_TIME;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** An event of an Advanced Trade message. */
    record Event(int start, int end, boolean snapshot) {}

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer characters = CharBuffer.allocate(8192);
    private final List<MovableField> fields = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final ArrayDeque<JsonObject> open = new ArrayDeque<>();
    private boolean movable;
    private String channel;
    private String type;
    private String product;
    private long sequenceNumber;
    private long timestampNs;
    private long timeNs;

    /** An object or array that is being read. */
    private static final class JsonObject {
        final String name;
        final int start;
        final int firstField;
        String product;
        String type;

        JsonObject(String name, int start, int firstField) {
            this.name = name;
            this.start = start;
            this.firstField = firstField;
        }
    }

    /**
     * Looks at a message.
     *
     * @param findMovable whether {@link #fields()} and {@link #events()} are wanted.
     * @return null, or why the bytes are no message.
     */
    String parse(byte[] buffer, int offset, int length, boolean findMovable) {
        movable = findMovable;
        fields.clear();
        events.clear();
        open.clear();
        channel = null;
        type = null;
        product = null;
        sequenceNumber = NO_NUMBER;
        timestampNs = Timestamps.NO_TIME;
        timeNs = Timestamps.NO_TIME;

        final int invalidAt = firstInvalidByte(buffer, offset, length);
        if (invalidAt >= 0) {
            return "no valid UTF-8 at byte " + (invalidAt + 1);
        }
        try (JsonParser parser = JSON.createParser(buffer, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "no JSON object";
            }
            readObject(parser, buffer, offset);
            return parser.nextToken() == null ? null : "more than one JSON object";
        } catch (final JsonProcessingException e) {
            return "no JSON object: " + e.getOriginalMessage().replaceAll("\\s+", " ");
        } catch (final IOException e) {
            return "no JSON object: " + e.getMessage();
        }
    }

    private int firstInvalidByte(byte[] buffer, int offset, int length) {
        final ByteBuffer bytes = ByteBuffer.wrap(buffer, offset, length);
        utf8.reset();
        while (true) {
            characters.clear();
            final CoderResult result = utf8.decode(bytes, characters, true);
            if (result.isError()) {
                return bytes.position() - offset;
            }
            if (result.isUnderflow()) {
                return -1;
            }
        }
    }

    private void readObject(JsonParser parser, byte[] buffer, int offset) throws IOException {
        open.push(new JsonObject("", 0, 0));
        String name = "";
        while (!open.isEmpty()) {
            final JsonToken token = parser.nextToken();
            switch (token) {
                case FIELD_NAME -> name = parser.currentName();
                case START_OBJECT, START_ARRAY -> {
                    open.push(new JsonObject(name, tokenStart(parser), fields.size()));
                    name = token == JsonToken.START_ARRAY ? name : "";
                }
                case END_OBJECT -> {
                    endObject(open.pop(), (int) parser.currentLocation().getByteOffset());
                    name = "";
                }
                case END_ARRAY -> {
                    open.pop();
                    name = "";
                }
                case VALUE_STRING, VALUE_NUMBER_INT -> readValue(parser, name, token, buffer, offset);
                default -> {
                    // Nothing that an import needs is a fraction, true, false or null.
                }
            }
        }
    }

    private static int tokenStart(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private void readValue(JsonParser parser, String name, JsonToken token, byte[] buffer, int offset)
            throws IOException {
        final JsonObject object = open.peek();
        switch (name) {
            case "product_id" -> object.product = parser.getText();
            case "type" -> object.type = parser.getText();
            case "channel" -> channel = open.size() == 1 ? parser.getText() : channel;
            default -> {
                final MovableField.Kind kind = MovableField.Kind.of(name);
                if (kind != null && (movable || open.size() == 1)) {
                    addField(kind, parser, token, buffer, offset);
                }
            }
        }
    }

    private void addField(MovableField.Kind kind, JsonParser parser, JsonToken token, byte[] buffer, int offset)
            throws IOException {
        final String text = parser.getText();
        final long value = kind.isTime() ? Timestamps.parse(text) : MovableField.parseNumber(text, NO_NUMBER);
        if (value == NO_NUMBER || (kind.isTime() && token != JsonToken.VALUE_STRING)) {
            return;
        }
        if (open.size() == 1) {
            sequenceNumber = kind == MovableField.Kind.SEQUENCE_NUM ? value : sequenceNumber;
            timestampNs = kind == MovableField.Kind.TIMESTAMP ? value : timestampNs;
            timeNs = kind == MovableField.Kind.TIME ? value : timeNs;
        }
        final int start = tokenStart(parser) + (token == JsonToken.VALUE_STRING ? 1 : 0);
        // An escaped digit is valid JSON that nobody sends; it stays where it is.
        if (movable && isText(buffer, offset + start, text)) {
            fields.add(new MovableField(kind, start, text, value));
        }
    }

    private static boolean isText(byte[] buffer, int offset, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (offset + i >= buffer.length || buffer[offset + i] != (byte) text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void endObject(JsonObject object, int end) {
        if (object.product != null) {
            for (int i = object.firstField; i < fields.size(); i++) {
                final MovableField field = fields.get(i);
                field.product = field.product == null ? object.product : field.product;
            }
        }
        if (open.isEmpty()) {
            type = object.type;
            product = object.product;
        } else if (movable && open.size() == 2 && "events".equals(open.peek().name)) {
            events.add(new Event(object.start, end, "snapshot".equals(object.type)));
        }
    }

    /** The feed that the message comes from, or null if both send such ones. */
    Dialect dialect() {
        if (channel != null || sequenceNumber != NO_NUMBER) {
            return Dialect.ADVANCED_TRADE;
        }
        return type == null || type.equals("error") ? null : Dialect.EXCHANGE;
    }

    /** When the exchange says that it sent the message, or {@link Timestamps#NO_TIME}. */
    long ownTimeNs() {
        return timestampNs != Timestamps.NO_TIME ? timestampNs : timeNs;
    }

    /** Advanced Trade's {@code sequence_num}, or {@link #NO_NUMBER}. */
    long sequenceNumber() {
        return sequenceNumber;
    }

    /** The {@code channel} of an Advanced Trade message, or null. */
    String channel() {
        return channel;
    }

    /** The {@code type} of the message itself, or null. */
    String type() {
        return type;
    }

    /** The {@code product_id} of the message itself, or null. */
    String product() {
        return product;
    }

    /** The numbers and times to move, in their order; valid until the next message. */
    List<MovableField> fields() {
        return fields;
    }

    /** The events of an Advanced Trade message, in their order; valid until the next message. */
    List<Event> events() {
        return events;
    }
}
