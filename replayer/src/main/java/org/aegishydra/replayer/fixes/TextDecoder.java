package org.aegishydra.replayer.fixes;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.MessageDecoder;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.journal.Dialect;
import org.agrona.DirectBuffer;

/**
 * Fix 8 before: every message becomes a {@code String}, in which its kind is looked for by a pattern, and then a tree of JSON
 * nodes, from which everything is read: the tree has the last word on the kind, too. It says of a message what the
 * production decoder says, see {@link TreeReader}. Used by one thread.
 */
final class TextDecoder implements MessageDecoder {
    private final TreeReader reader;
    private final Pattern kindPattern;
    private boolean deliverable;
    private String malformedReason = "";

    TextDecoder(TreeReader reader) {
        this.reader = reader;
        this.kindPattern = Pattern.compile("\"" + reader.kindField() + "\"\\s*:\\s*\"([^\"\\\\]*)\"");
    }

    static Function<Dialect, MessageDecoder> of(ProductTable products) {
        return TreeReader.forEachDialect(products, TextDecoder::new);
    }

    @Override
    public MessageKind parse(DirectBuffer buffer, int offset, int length) {
        deliverable = false;
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        final String text = new String(bytes, StandardCharsets.UTF_8);
        reader.begin(matchedKind(text));
        try {
            final MessageKind kind = reader.read(text);
            deliverable = true;
            return kind;
        } catch (final UnusableMessageException e) {
            malformedReason = e.getMessage();
            return MessageKind.MALFORMED;
        }
    }

    private MessageKind matchedKind(String text) {
        final Matcher name = kindPattern.matcher(text);
        return name.find() ? reader.kinds().getOrDefault(name.group(1), MessageKind.UNKNOWN) : MessageKind.UNKNOWN;
    }

    @Override
    public void deliver(MarketDataListener listener) {
        if (deliverable) {
            reader.staged.deliver(listener);
        } else {
            reader.deliverLoss(listener);
        }
    }

    @Override
    public String malformedReason() {
        return malformedReason;
    }
}
