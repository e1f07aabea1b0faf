package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * What the decoders of both dialects do alike: try the form in which Coinbase sends book messages, fall back to any valid
 * JSON, and hand over nothing but a message that was checked as a whole.
 */
@HotPath
abstract class StagingDecoder implements MessageDecoder {
    final StagedMessage staged;
    final StagedBook book;
    final JsonScanner json = new JsonScanner();
    final MessageFields read;

    /** Whether the message, should it turn out malformed, may have been about books, and the one if it is known. */
    boolean concernsBooks;

    Product soleBook;

    private boolean deliverable;

    StagingDecoder(ProductTable products) {
        staged = new StagedMessage(products);
        book = new StagedBook(products);
        read = new MessageFields(json, staged);
    }

    /** Stages a book message of the expected form, and returns its kind; null for any other message. */
    abstract MessageKind parseExpectedForm(DirectBuffer buffer, int offset, int length);

    /** Stages the message that {@link #json} stands before. */
    abstract MessageKind parseAnyForm();

    @Override
    public final MessageKind parse(DirectBuffer buffer, int offset, int length) {
        deliverable = false;
        book.clear();
        concernsBooks = true;
        soleBook = null;
        staged.clear();
        final MessageKind expected = parseExpectedForm(buffer, offset, length);
        if (expected != null && (book.isWhole() || staged.scaleNumbers())) {
            deliverable = true;
            return expected;
        }
        staged.clear();
        json.wrap(buffer, offset, length);
        try {
            final MessageKind kind = parseAnyForm();
            if (!staged.scaleNumbers()) {
                throw json.malformed("a number that does not fit");
            }
            deliverable = true;
            return kind;
        } catch (final MalformedMessageException e) {
            return MessageKind.MALFORMED;
        }
    }

    @Override
    public final void deliver(MarketDataListener listener) {
        if (book.isWhole()) {
            listener.onMessage(staged.exchangeTimeNs(), staged.sequenceNumber());
            book.deliver(listener);
        } else if (deliverable) {
            staged.deliver(listener);
        } else {
            staged.deliverLoss(listener, concernsBooks, soleBook);
        }
    }

    @Override
    public final String malformedReason() {
        return json.reason();
    }
}
