package org.aegishydra.replayer.server;

import java.util.ArrayList;
import java.util.List;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.Product;

/** Which books a message is about, and how. Reused; used by one thread. */
final class MentionedBooks implements MarketDataListener {
    /**
     * What a message says of a book.
     *
     * @param snapshot whether it is the whole book.
     */
    record Mention(String product, boolean snapshot) {}

    private final List<Mention> mentions = new ArrayList<>();

    void clear() {
        mentions.clear();
    }

    /** In the message's order; a book that it has several events about is mentioned several times. */
    List<Mention> mentions() {
        return mentions;
    }

    @Override
    public void onSnapshotStart(Product product) {
        mentions.add(new Mention(product.id(), true));
    }

    @Override
    public void onUpdateStart(Product product) {
        mentions.add(new Mention(product.id(), false));
    }
}
