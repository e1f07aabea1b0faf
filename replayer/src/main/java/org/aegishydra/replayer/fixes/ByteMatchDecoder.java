package org.aegishydra.replayer.fixes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.MessageDecoder;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.journal.Dialect;
import org.agrona.DirectBuffer;

/**
 * Fix 8 as the system before did it: a message's kind is matched in its raw bytes, as {@code "channel":"ticker"} without any
 * white space; a ticker is read by patterns from its text, everything else from a tree made of the bytes. There is no way
 * back: a message that is not in the form in which it is expected is skipped, and nobody is told. On Advanced Trade
 * the hole in the sequence shows at the next message, and the books are blind from there on; on Exchange nothing shows, and
 * the book is wrong. Used by one thread.
 */
final class ByteMatchDecoder implements MessageDecoder {
    private final TreeReader reader;
    private final TickerPatterns tickers;
    private final byte[] kindField;
    private final MessageKind[] kinds;

    /** By the place in {@link #kinds}, each with the quote behind it. */
    private final byte[][] names;

    private boolean deliverable;
    private String malformedReason = "";

    ByteMatchDecoder(TreeReader reader) {
        this.reader = reader;
        this.tickers = reader.tickerPatterns();
        this.kindField = ("\"" + reader.kindField() + "\":\"").getBytes(StandardCharsets.US_ASCII);
        this.kinds = reader.kinds().values().toArray(MessageKind[]::new);
        this.names = reader.kinds().keySet().stream()
                .map(name -> (name + '"').getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
    }

    static Function<Dialect, MessageDecoder> of(ProductTable products) {
        return TreeReader.forEachDialect(products, ByteMatchDecoder::new);
    }

    @Override
    public MessageKind parse(DirectBuffer buffer, int offset, int length) {
        deliverable = false;
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        final MessageKind matched = matchedKind(bytes);
        if (matched == MessageKind.UNKNOWN) {
            return MessageKind.UNKNOWN;
        }
        reader.begin(matched);
        try {
            MessageKind kind = matched;
            if (matched == MessageKind.TICKER) {
                tickers.stage(new String(bytes, StandardCharsets.UTF_8));
                reader.scaleNumbers();
            } else {
                kind = reader.read(bytes);
            }
            deliverable = true;
            return kind;
        } catch (final UnusableMessageException e) {
            malformedReason = e.getMessage();
            return MessageKind.MALFORMED;
        }
    }

    /** That of the first such field, wherever it stands. */
    private MessageKind matchedKind(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && !isAt(bytes, at, kindField)) {
            at++;
        }
        for (int i = 0; i < names.length; i++) {
            if (isAt(bytes, at + kindField.length, names[i])) {
                return kinds[i];
            }
        }
        return MessageKind.UNKNOWN;
    }

    private static boolean isAt(byte[] bytes, int at, byte[] expected) {
        final int end = at + expected.length;
        return end <= bytes.length && Arrays.equals(bytes, at, end, expected, 0, expected.length);
    }

    @Override
    public void deliver(MarketDataListener listener) {
        if (deliverable) {
            reader.staged.deliver(listener);
        }
    }

    @Override
    public String malformedReason() {
        return malformedReason;
    }
}
