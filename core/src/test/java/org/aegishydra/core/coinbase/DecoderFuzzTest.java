package org.aegishydra.core.coinbase;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.aegishydra.core.book.Captures;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.journal.Dialect;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/**
 * What the decoders make of messages that are nearly Coinbase's own is what their general way alone makes of them: the same
 * kind, the same calls, the same products. A space behind a message, which no expected form has, keeps it from the fast path.
 *
 * <p>The fast path reads memory by address, where no buffer's check would notice a read too far. So each message ends
 * where its memory does: the page behind is one that a file no longer has, and reading it is an error. Each also stands
 * in a second place, among other bytes, and must mean the same there.
 *
 * <p>{@code -Daegis.fuzz=…} sets how many messages each dialect's test takes, {@code -Daegis.seed=…} the seed. The
 * captures' messages take part where they are.
 */
class DecoderFuzzTest {
    private static final int MESSAGES = Integer.getInteger("aegis.fuzz", 200_000);
    private static final long SEED = Long.getLong("aegis.seed", 1L);

    /** Each so many messages the decoders start anew, since extreme numbers leave less and less room for others. */
    private static final int BATCH = 500;

    private static final int MAX_SEED_LENGTH = 2_500;
    private static final int SURROUNDINGS = 256;

    @TempDir
    Path directory;

    private static MessageDecoder decoder(Dialect dialect, ProductTable products) {
        return Decoders.of(products).apply(dialect);
    }

    private static List<byte[]> forms(Dialect dialect) {
        return dialect == Dialect.EXCHANGE ? FeedForms.exchange() : FeedForms.advancedTrade();
    }

    /** Where they are, as many messages of the capture as make others. */
    private static List<byte[]> seeds(Dialect dialect) throws IOException {
        final List<byte[]> seeds = new ArrayList<>(forms(dialect));
        try {
            Captures.messages(dialect == Dialect.EXCHANGE ? Captures.EXCHANGE : Captures.ADVANCED_TRADE).stream()
                    .filter(message -> message.length <= MAX_SEED_LENGTH)
                    .forEach(seeds::add);
        } catch (final TestAbortedException absent) {
            assertTrue(seeds.size() > 5, "the forms are enough");
        }
        return seeds;
    }

    /** One dialect's decoders, and the places that a message is put in. */
    private static final class Subject {
        private final Dialect dialect;
        private final SplittableRandom random = new SplittableRandom(SEED);
        private final MemoryEnd memory;
        private final UnsafeBuffer among = new UnsafeBuffer(ByteBuffer.allocateDirect(1 << 14));
        private final CallTape fastCalls = new CallTape();
        private final CallTape amongCalls = new CallTape();
        private final CallTape generalCalls = new CallTape();
        private ProductTable fastProducts;
        private ProductTable generalProducts;
        private MessageDecoder fast;
        private MessageDecoder elsewhere;
        private MessageDecoder general;
        private int valid;

        private Subject(Dialect dialect, MemoryEnd memory) {
            this.dialect = dialect;
            this.memory = memory;
        }

        private void startAnew() {
            if (fastProducts != null) {
                assertArrayEquals(state(generalProducts), state(fastProducts), "products");
            }
            fastProducts = new ProductTable();
            generalProducts = new ProductTable();
            fast = decoder(dialect, fastProducts);
            elsewhere = decoder(dialect, new ProductTable());
            general = decoder(dialect, generalProducts);
            forms(dialect).forEach(this::check);
        }

        private static byte[] state(ProductTable products) {
            final StateOutput output = new StateOutput();
            products.writeState(output);
            final byte[] state = new byte[output.lengthBytes()];
            output.buffer().getBytes(0, state);
            return state;
        }

        private void check(byte[] message) {
            final int offset = memory.putLast(message);
            final MessageKind kind = fast.parse(memory.buffer(), offset, message.length);
            fastCalls.clear();
            fast.deliver(fastCalls);

            final int amongOffset = putAmong(message);
            final MessageKind amongKind = elsewhere.parse(among, amongOffset, message.length);
            amongCalls.clear();
            elsewhere.deliver(amongCalls);

            final byte[] spaced = Arrays.copyOf(message, message.length + 1);
            spaced[message.length] = ' ';
            final MessageKind generalKind = general.parse(new UnsafeBuffer(spaced), 0, spaced.length);
            generalCalls.clear();
            general.deliver(generalCalls);

            if (kind != generalKind || !fastCalls.isSameAs(generalCalls)) {
                fail("not as the general way: " + kind + " " + fastCalls + ", but " + generalKind + " " + generalCalls
                        + " " + general.malformedReason());
            }
            if (kind != amongKind || !fastCalls.isSameAs(amongCalls)) {
                fail("not the same elsewhere: " + kind + " " + fastCalls + ", but " + amongKind + " " + amongCalls);
            }
            valid += kind != MessageKind.MALFORMED ? 1 : 0;
        }

        /** Before and behind stands what would go on well, or anything. */
        private int putAmong(byte[] message) {
            final int offset = SURROUNDINGS + random.nextInt(16);
            final int end = offset + message.length;
            if (random.nextBoolean()) {
                for (int i = 0; i < SURROUNDINGS; i += Long.BYTES) {
                    among.putLong(i, random.nextLong());
                    among.putLong(end + i, random.nextLong());
                }
            } else {
                among.setMemory(0, offset, (byte) '0');
                among.putBytes(end, "00\"}]}]},{\"side\":\"bid\"".getBytes(StandardCharsets.US_ASCII));
            }
            among.putBytes(offset, message);
            return offset;
        }

        private void run(MessageMutator mutator) {
            for (int i = 0; i < MESSAGES; i++) {
                if (i % BATCH == 0) {
                    startAnew();
                }
                final byte[] message = mutator.next();
                try {
                    check(message);
                } catch (final RuntimeException | AssertionError | InternalError e) {
                    throw new AssertionError(
                            "seed " + SEED + ", message " + i + ": " + e + "\n"
                                    + new String(message, StandardCharsets.ISO_8859_1),
                            e);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ADVANCED_TRADE", "EXCHANGE"})
    void shouldTakeNearlyRightMessagesAsTheGeneralWayDoes(Dialect dialect) throws IOException {
        try (MemoryEnd memory = new MemoryEnd(directory.resolve("pages"))) {
            final Subject subject = new Subject(dialect, memory);
            subject.run(new MessageMutator(subject.random.split(), seeds(dialect)));
            assertTrue(subject.valid > MESSAGES / 10, () -> "hardly any is valid: " + subject.valid);
            assertTrue(subject.valid < MESSAGES * 0.9, () -> "hardly any is not: " + subject.valid);
        }
    }

    /** Every prefix of every form, and every form with each of its bytes replaced by each byte. */
    @ParameterizedTest
    @EnumSource(names = {"ADVANCED_TRADE", "EXCHANGE"})
    void shouldNoticeEveryChangeOfOneByte(Dialect dialect) throws IOException {
        try (MemoryEnd memory = new MemoryEnd(directory.resolve("pages"))) {
            final Subject subject = new Subject(dialect, memory);
            for (final byte[] form : forms(dialect)) {
                subject.startAnew();
                for (int at = 0; at < form.length; at++) {
                    subject.check(Arrays.copyOf(form, at));
                    for (int b = 0; b < 256; b += at % 3 == 0 ? 1 : 7) {
                        final byte[] changed = form.clone();
                        changed[at] = (byte) b;
                        subject.check(changed);
                    }
                }
            }
        }
    }

    @Test
    void shouldNoticeAReadBehindTheEndOfMemory() throws IOException, InterruptedException {
        try (MemoryEnd memory = new MemoryEnd(directory.resolve("pages"))) {
            assertTrue(memory.isGuarded(), "reading behind the end went unnoticed");
        }
    }

    @Test
    void shouldHaveAFastPathForEveryForm() {
        for (final Dialect dialect : new Dialect[] {Dialect.ADVANCED_TRADE, Dialect.EXCHANGE}) {
            final ProductTable products = new ProductTable();
            final StagedMessage staged = new StagedMessage(products);
            final StagedBook book = new StagedBook(products);
            final AdvancedTradeFastPath advancedTrade = new AdvancedTradeFastPath(staged, book, new Timestamps());
            final ExchangeFastPath exchange = new ExchangeFastPath(staged, book, new Timestamps());
            for (final byte[] form : forms(dialect)) {
                final UnsafeBuffer buffer = new UnsafeBuffer(form);
                final MessageKind kind = dialect == Dialect.EXCHANGE
                        ? exchange.parse(buffer, 0, form.length)
                        : advancedTrade.parse(buffer, 0, form.length);
                assertNotNull(kind, new String(form, StandardCharsets.US_ASCII));
                final MessageKind whole = decoder(dialect, products).parse(buffer, 0, form.length);
                assertEquals(whole, kind);
            }
        }
    }
}
