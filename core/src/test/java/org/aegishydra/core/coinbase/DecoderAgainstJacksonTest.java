package org.aegishydra.core.coinbase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * The decoders say of a message what a JSON library with exact decimals says of it, and refuse what that refuses: on
 * generated messages, half of them in Coinbase's exact form, and on damaged ones. Nothing beyond a message may be read:
 * half of them end with their buffer, half stand in a larger one before bytes that would complete a damaged message.
 *
 * <p>{@code -Daegis.messages=…} sets how many messages each dialect's test takes (damaged ones: a quarter of that),
 * {@code -Daegis.seed=…} the seed.
 */
class DecoderAgainstJacksonTest {
    private static final int MESSAGES = Integer.getInteger("aegis.messages", 500_000);
    private static final int DAMAGED_MESSAGES = MESSAGES / 4;
    private static final long SEED = Long.getLong("aegis.seed", 1L);

    /** Each so many messages decoder and oracle start anew, since extreme numbers leave less and less room for others. */
    private static final int BATCH = 1_000;

    private static final Pattern NEGATIVE_ZERO =
            Pattern.compile("[\\[:,\\s]-0(?:\\.0+)?(?:[eE][+-]?[0-9]+)?[\\s,\\]}]");
    private static final byte[] TEMPTATION = "\"}]}]}]}\"}}]]:0,\"1\"]]}00000}".getBytes(UTF_8);
    private static final String DAMAGE = "\"\\{}[]:,.-+eE0123456789 \n\tubtnl/x\u0000\u001f\u007f";

    /** One dialect's decoder, fast path, oracle and generator. */
    private static final class Subject {
        private final boolean exchange;
        private final SplittableRandom random;
        private final RandomMessages generator;
        private final Map<MessageKind, Integer> kinds = new EnumMap<>(MessageKind.class);
        private final byte[] bytes = new byte[1 << 16];
        private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        private final CallLog log = new CallLog();
        private MessageDecoder decoder;
        private JacksonOracle oracle;
        private AdvancedTradeFastPath advancedTradeFastPath;
        private ExchangeFastPath exchangeFastPath;
        private int fastPathTaken;
        private int valid;
        private int invalidJson;
        private int unread;

        private Subject(boolean exchange) {
            this.exchange = exchange;
            random = new SplittableRandom(SEED);
            generator = exchange ? new RandomExchange(random) : new RandomAdvancedTrade(random);
        }

        private void startAnew() {
            final ProductTable products = new ProductTable();
            final ProductTable others = new ProductTable();
            final StagedMessage staged = new StagedMessage(others);
            final StagedBook book = new StagedBook(others);
            decoder = exchange ? new ExchangeDecoder(products) : new AdvancedTradeDecoder(products);
            oracle = exchange ? new ExchangeOracle() : new AdvancedTradeOracle();
            advancedTradeFastPath = new AdvancedTradeFastPath(staged, book, new Timestamps());
            exchangeFastPath = new ExchangeFastPath(staged, book, new Timestamps());
            log.forget();
        }

        private int offsetOf(byte[] message, byte[] cutOff) {
            final int behind = cutOff.length + TEMPTATION.length;
            final int offset = random.nextBoolean() ? bytes.length - message.length : random.nextInt(1_000);
            System.arraycopy(message, 0, bytes, offset, message.length);
            if (offset + message.length + behind <= bytes.length) {
                System.arraycopy(cutOff, 0, bytes, offset + message.length, cutOff.length);
                System.arraycopy(TEMPTATION, 0, bytes, offset + message.length + cutOff.length, TEMPTATION.length);
            }
            return offset;
        }

        private void check(String text, String cutOff) {
            final byte[] message = text.getBytes(UTF_8);
            final int offset = offsetOf(message, cutOff.getBytes(UTF_8));
            log.calls.clear();
            final MessageKind kind = decoder.parse(buffer, offset, message.length);
            decoder.deliver(log);
            final JacksonOracle.Reading expected = oracle.read(text);
            if (expected == null) {
                startAnew();
                unread++;
                return;
            }
            if (kind != expected.kind() && !isNegativeZero(kind, text)) {
                fail("expected " + expected.kind() + " " + expected.reason() + " but was " + kind
                        + (kind == MessageKind.MALFORMED ? " " + decoder.malformedReason() : ""));
            }
            if (kind == MessageKind.MALFORMED) {
                assertTrue(
                        log.calls.stream().allMatch(call -> call.what().equals("message")),
                        "a malformed message's content");
                invalidJson += expected.reason().startsWith("no JSON") ? 1 : 0;
            } else {
                compare(expected.calls());
                valid++;
            }
            final MessageKind fast = exchange
                    ? exchangeFastPath.parse(buffer, offset, message.length)
                    : advancedTradeFastPath.parse(buffer, offset, message.length);
            fastPathTaken += fast != null ? 1 : 0;
            assertTrue(fast == null || fast == kind || kind == MessageKind.MALFORMED);
            kinds.merge(kind, 1, Integer::sum);
        }

        /** A bare -0 is zero to Jackson, and a number below zero to the decoders, which no feed sends. */
        private static boolean isNegativeZero(MessageKind kind, String text) {
            return kind == MessageKind.MALFORMED && NEGATIVE_ZERO.matcher(text).find();
        }

        private void compare(List<Call> expected) {
            boolean same = expected.size() == log.calls.size();
            for (int i = 0; same && i < expected.size(); i++) {
                same = expected.get(i).says(log.calls.get(i));
            }
            if (!same) {
                assertEquals(expected.toString(), log.calls.toString());
                fail("the same text, but not the same calls: " + expected);
            }
        }

        private void run(boolean damaged) {
            final int messages = damaged ? DAMAGED_MESSAGES : MESSAGES;
            for (int i = 0; i < messages; i++) {
                if (i % BATCH == 0) {
                    startAnew();
                }
                String text = generator.next();
                String cutOff = "";
                if (damaged) {
                    final int end = random.nextInt(3) == 0 ? random.nextInt(text.length()) : text.length();
                    cutOff = text.substring(end);
                    text = end == text.length() ? damage(text) : text.substring(0, end);
                }
                final int fastBefore = fastPathTaken;
                try {
                    check(text, cutOff);
                    if (!damaged && generator.usualUpdate) {
                        assertEquals(fastBefore + 1, fastPathTaken, "an update in the exact form is for the fast path");
                    }
                } catch (final RuntimeException | AssertionError e) {
                    throw new AssertionError("seed " + SEED + ", message " + i + ": " + e + "\n" + text, e);
                }
            }
        }

        private String damage(String text) {
            final StringBuilder damaged = new StringBuilder(text);
            for (int damage = random.nextInt(3); damage >= 0 && !damaged.isEmpty(); damage--) {
                final int at = random.nextInt(damaged.length());
                final char c = DAMAGE.charAt(random.nextInt(DAMAGE.length()));
                switch (random.nextInt(4)) {
                    case 0 -> damaged.deleteCharAt(at);
                    case 1 -> damaged.insert(at, c);
                    case 2 -> damaged.setCharAt(at, c);
                    default -> damaged.setCharAt(at, damaged.charAt(random.nextInt(damaged.length())));
                }
            }
            // What was no character before or has become none is no message of a journal.
            return new String(damaged.toString().getBytes(UTF_8), UTF_8);
        }

        private void expectDamage() {
            assertTrue(invalidJson > DAMAGED_MESSAGES / 3 && valid > DAMAGED_MESSAGES / 8, () -> "kinds: " + kinds);
            assertTrue(unread < DAMAGED_MESSAGES / 100, () -> "exponents beyond Jackson: " + unread);
        }

        private void expectKinds(MessageKind... expected) {
            for (final MessageKind kind : expected) {
                assertTrue(kinds.getOrDefault(kind, 0) > MESSAGES / 2_000, () -> "hardly any " + kind + ": " + kinds);
            }
        }
    }

    @Test
    void shouldDecodeAdvancedTradeAsJacksonDoes() {
        final Subject subject = new Subject(false);
        subject.run(false);
        assertTrue(subject.fastPathTaken > MESSAGES / 6, () -> "fast path: " + subject.fastPathTaken);
        assertTrue(subject.valid - subject.fastPathTaken > MESSAGES / 3);
        assertTrue(subject.valid > MESSAGES * 0.8, () -> "valid: " + subject.valid);
        subject.expectKinds(
                MessageKind.L2_DATA,
                MessageKind.MARKET_TRADES,
                MessageKind.TICKER,
                MessageKind.TICKER_BATCH,
                MessageKind.HEARTBEATS,
                MessageKind.STATUS,
                MessageKind.SUBSCRIPTIONS,
                MessageKind.CANDLES,
                MessageKind.USER,
                MessageKind.FUTURES_BALANCE_SUMMARY,
                MessageKind.ERROR,
                MessageKind.UNKNOWN,
                MessageKind.MALFORMED);
    }

    @Test
    void shouldDecodeExchangeAsJacksonDoes() {
        final Subject subject = new Subject(true);
        subject.run(false);
        assertTrue(subject.fastPathTaken > MESSAGES / 8, () -> "fast path: " + subject.fastPathTaken);
        assertTrue(subject.valid - subject.fastPathTaken > MESSAGES / 3);
        assertTrue(subject.valid > MESSAGES * 0.8, () -> "valid: " + subject.valid);
        subject.expectKinds(
                MessageKind.L2_UPDATE,
                MessageKind.SNAPSHOT,
                MessageKind.MATCH,
                MessageKind.LAST_MATCH,
                MessageKind.TICKER,
                MessageKind.HEARTBEAT,
                MessageKind.STATUS,
                MessageKind.SUBSCRIPTIONS,
                MessageKind.ERROR,
                MessageKind.RECEIVED,
                MessageKind.OPEN,
                MessageKind.DONE,
                MessageKind.CHANGE,
                MessageKind.ACTIVATE,
                MessageKind.UNKNOWN,
                MessageKind.MALFORMED);
    }

    @Test
    void shouldTakeDamagedAdvancedTradeAsJacksonDoes() {
        final Subject subject = new Subject(false);
        subject.run(true);
        subject.expectDamage();
    }

    @Test
    void shouldTakeDamagedExchangeAsJacksonDoes() {
        final Subject subject = new Subject(true);
        subject.run(true);
        subject.expectDamage();
    }

    @Test
    void shouldCheckTheBoundsOfBuffers() {
        assertTrue(UnsafeBuffer.SHOULD_BOUNDS_CHECK, "these tests rely on it");
    }
}
