package org.aegishydra.core.book;

import com.fasterxml.jackson.databind.JsonNode;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.RecordHeader;
import org.agrona.DirectBuffer;

/** What a fact about a connection means for a product's book. Facts are rare; this is not the hot path. Stateless. */
final class FactEffect {
    private FactEffect() {}

    static void apply(RecordHeader fact, ProductBook book, DirectBuffer buffer, int offset, int length) {
        final boolean concerned = book.connectionId() == fact.connectionId();
        switch (fact.kind()) {
            case RECORDER_STARTED -> book.disconnected();
            case DISCONNECTED -> {
                if (concerned) {
                    book.disconnected();
                }
            }
            case GAP -> {
                final JsonNode product = Fact.decode(buffer, offset, length).path("product");
                if (concerned && (product.isMissingNode() || isNamed(product, book))) {
                    book.blind();
                }
            }
            case OVERSIZED, INVALID_TEXT -> {
                if (concerned) {
                    book.blind();
                }
            }
            case TAKEOVER -> {
                for (final JsonNode product :
                        Fact.decode(buffer, offset, length).path("products")) {
                    if (isNamed(product, book)) {
                        book.takenOverBy(fact.connectionId());
                    }
                }
            }
            default -> {
                // The others say nothing of a book.
            }
        }
    }

    private static boolean isNamed(JsonNode product, ProductBook book) {
        return product.asText().equals(book.product().id());
    }
}
