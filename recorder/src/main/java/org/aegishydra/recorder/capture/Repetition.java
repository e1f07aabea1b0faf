package org.aegishydra.recorder.capture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes one recorded stretch longer: each further pass says what the first one said, without its snapshots, at later
 * times and with higher numbers, so that nothing runs backwards and no number is missing.
 *
 * <ul>
 *   <li>Left out: what a feed sends because of a subscription. Advanced Trade's events of type {@code snapshot} (of
 *       whatever channel) and its {@code subscriptions}; Exchange's {@code snapshot}, {@code last_match},
 *       {@code subscriptions} and each product's first {@code ticker}.
 *   <li>Times move by a whole number of seconds, the same for all, so that every fraction stays as it is.
 *   <li>{@code sequence_num} goes on from the connection's last one. Trade ids and {@code sequence} move by what the
 *       product's trades and changes span, so that they go on where the pass before ended.
 * </ul>
 *
 * <p>First {@link #learn} of every message of the first pass, then {@link #startPass} and {@link #rewrite}. For one thread.
 */
final class Repetition {
    private static final long NANOS = 1_000_000_000L;

    /** The year 2255; nanoseconds since the epoch do not fit a long much longer. */
    private static final long LAST_SECOND = 9_000_000_000L;

    /** The lowest number that later passes say, and the highest that the capture holds. */
    private static final class Span {
        long lowest = Long.MAX_VALUE;
        long highest = Long.MIN_VALUE;

        void add(long value, boolean repeated) {
            lowest = repeated ? Math.min(lowest, value) : lowest;
            highest = Math.max(highest, value);
        }

        boolean isRepeated() {
            return lowest != Long.MAX_VALUE;
        }

        /** How far a pass has to move so that its lowest number is one above the highest of the pass before. */
        long step() {
            return isRepeated() ? highest - lowest + 1 : 0;
        }
    }

    /** The trade ids of a product: of its trades, and as others refer to the last one. */
    private static final class TradeIds {
        final Span trades = new Span();
        final Span references = new Span();

        long step() {
            final long highest = Math.max(trades.highest, references.highest);
            if (trades.isRepeated()) {
                return highest - trades.lowest + 1;
            }
            // Nothing was traded: a reference may say the same again.
            return references.isRepeated() ? highest - references.lowest : 0;
        }
    }

    private final Map<String, TradeIds> tradeIds = new HashMap<>();
    private final Map<String, Span> sequences = new HashMap<>();
    private final Map<String, Span> heartbeats = new HashMap<>();
    private final Map<MovableField.Kind, Span> times = new EnumMap<>(MovableField.Kind.class);
    private final Span receiveTimes = new Span();
    private final Map<String, Long> lastSequenceNumbers = new HashMap<>();
    private final Set<String> tickersSeen = new HashSet<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pass;
    private long moveSeconds;

    /** Takes a message of the first pass into account. */
    void learn(String connection, long receiveTimeNs, MessageSurvey message) {
        final boolean leftOut = isLeftOut(message);
        if (receiveTimeNs != Timestamps.NO_TIME) {
            receiveTimes.add(receiveTimeNs, !leftOut);
        }
        for (final MovableField field : message.fields()) {
            final boolean repeated = !leftOut && !isInSnapshot(message, field.start);
            final String product = String.valueOf(field.product);
            switch (field.kind) {
                case SEQUENCE_NUM -> lastSequenceNumbers.put(connection, field.value);
                case SEQUENCE ->
                    sequences.computeIfAbsent(product, name -> new Span()).add(field.value, repeated);
                case HEARTBEAT_COUNTER ->
                    heartbeats.computeIfAbsent(connection, name -> new Span()).add(field.value, repeated);
                case TRADE_ID, LAST_TRADE_ID -> {
                    final TradeIds ids = tradeIds.computeIfAbsent(product, name -> new TradeIds());
                    (isTrade(message, field) ? ids.trades : ids.references).add(field.value, repeated);
                }
                default -> times.computeIfAbsent(field.kind, kind -> new Span()).add(field.value, repeated);
            }
        }
    }

    private static boolean isTrade(MessageSurvey message, MovableField field) {
        return field.kind == MovableField.Kind.TRADE_ID && !"ticker".equals(message.type());
    }

    /** Whether later passes do without the whole message. */
    private boolean isLeftOut(MessageSurvey message) {
        if ("subscriptions".equals(message.channel())) {
            return true;
        }
        final List<MessageSurvey.Event> events = message.events();
        if (!events.isEmpty()) {
            return events.stream().allMatch(MessageSurvey.Event::snapshot);
        }
        if (message.channel() != null || message.type() == null) {
            return false;
        }
        return switch (message.type()) {
            case "snapshot", "last_match", "subscriptions" -> true;
            case "ticker" -> tickersSeen.add(String.valueOf(message.product()));
            default -> false;
        };
    }

    private static boolean isInSnapshot(MessageSurvey message, int offset) {
        for (final MessageSurvey.Event event : message.events()) {
            if (event.snapshot() && offset >= event.start() && offset < event.end()) {
                return true;
            }
        }
        return false;
    }

    /** How many passes after the first one end before time runs out. */
    int possiblePasses() {
        final long left = LAST_SECOND - Math.max(0, receiveTimes.highest / NANOS);
        return (int) Math.min(Integer.MAX_VALUE, left / stepSeconds());
    }

    /** Begins a pass; 1 is the second one. */
    void startPass(int number) {
        pass = number;
        moveSeconds = stepSeconds() * number;
        tickersSeen.clear();
    }

    /** How much later each pass is, so that no kind of time steps back. */
    private long stepSeconds() {
        long stepNs = Math.max(1, receiveTimes.step());
        for (final Span span : times.values()) {
            stepNs = Math.max(stepNs, span.step());
        }
        return (stepNs + NANOS - 1) / NANOS;
    }

    /** A receive time as this pass has it. */
    long move(long timeNs) {
        return timeNs + moveSeconds * NANOS;
    }

    /** A message as this pass has it, or null if the pass does without it. */
    byte[] rewrite(String connection, MessageSurvey message, byte[] buffer, int offset, int length) {
        if (isLeftOut(message)) {
            return null;
        }
        out.reset();
        final List<MessageSurvey.Event> events = message.events();
        if (events.isEmpty()) {
            copy(connection, message, buffer, offset, 0, length);
            return out.toByteArray();
        }
        copy(connection, message, buffer, offset, 0, events.get(0).start());
        boolean first = true;
        for (final MessageSurvey.Event event : events) {
            if (!event.snapshot()) {
                if (!first) {
                    out.write(',');
                }
                first = false;
                copy(connection, message, buffer, offset, event.start(), event.end());
            }
        }
        copy(connection, message, buffer, offset, events.get(events.size() - 1).end(), length);
        return out.toByteArray();
    }

    /** Copies a range of a message with its numbers and times moved. */
    private void copy(String connection, MessageSurvey message, byte[] buffer, int offset, int from, int to) {
        int done = from;
        for (final MovableField field : message.fields()) {
            if (field.start >= from && field.start < to) {
                out.write(buffer, offset + done, field.start - done);
                final byte[] moved = moved(connection, field).getBytes(StandardCharsets.US_ASCII);
                out.write(moved, 0, moved.length);
                done = field.end();
            }
        }
        out.write(buffer, offset + done, to - done);
    }

    private String moved(String connection, MovableField field) {
        final String product = String.valueOf(field.product);
        return switch (field.kind) {
            case SEQUENCE_NUM -> Long.toString(lastSequenceNumbers.merge(connection, 1L, Long::sum));
            case SEQUENCE -> later(field, sequences.get(product).step());
            case HEARTBEAT_COUNTER -> later(field, heartbeats.get(connection).step());
            case TRADE_ID, LAST_TRADE_ID -> later(field, tradeIds.get(product).step());
            default -> movedTime(field.text);
        };
    }

    private String later(MovableField field, long step) {
        return Long.toString(field.value + step * pass);
    }

    private String movedTime(String text) {
        if (Timestamps.isDateAndTime(text)) {
            return Timestamps.moveDateAndTime(text, moveSeconds) + text.substring(Timestamps.DATE_AND_TIME_LENGTH);
        }
        final int point = text.indexOf('.');
        final String seconds = point < 0 ? text : text.substring(0, point);
        return (Long.parseLong(seconds) + moveSeconds) + text.substring(seconds.length());
    }
}
