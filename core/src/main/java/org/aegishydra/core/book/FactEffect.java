package org.aegishydra.core.book;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.RecordHeader;
import org.agrona.DirectBuffer;

/** What a fact about a connection means for the products' books. Facts are rare; this is not the hot path. Stateless. */
final class FactEffect {
    private FactEffect() {}

    /**
     * Applies a fact to books.
     *
     * @param books the books, from index 0.
     * @param count how many there are.
     * @param handler receives the trades that a change of authority brings.
     */
    static void apply(
            RecordHeader fact,
            DirectBuffer buffer,
            int offset,
            int length,
            ProductBook[] books,
            int count,
            TradeHandler handler) {
        final int connection = fact.connectionId();
        switch (fact.kind()) {
            case RECORDER_STARTED -> {
                for (int i = 0; i < count; i++) {
                    books[i].allDisconnected(handler);
                }
            }
            case DISCONNECTED -> {
                for (int i = 0; i < count; i++) {
                    books[i].disconnected(connection, handler);
                }
            }
            case GAP -> {
                final JsonNode product = Fact.decode(buffer, offset, length).path("product");
                for (int i = 0; i < count; i++) {
                    if (product.isMissingNode()
                            || product.asText().equals(books[i].product().id())) {
                        books[i].missedBy(connection);
                    }
                }
            }
            case OVERSIZED, INVALID_TEXT -> {
                for (int i = 0; i < count; i++) {
                    books[i].missedBy(connection);
                }
            }
            case TAKEOVER -> {
                final Set<String> taken = new HashSet<>();
                Fact.decode(buffer, offset, length).path("products").forEach(product -> taken.add(product.asText()));
                for (int i = 0; i < count; i++) {
                    if (taken.contains(books[i].product().id())) {
                        books[i].takenOverBy(connection, handler);
                    }
                }
            }
            default -> {
                // The others say nothing of a book.
            }
        }
    }
}
