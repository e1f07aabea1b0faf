package org.aegishydra.replayer.server;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.book.BookText;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.journal.TestHeaders;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Books and trades as one reader of records, or one client of a server, has them. */
final class ToldClient {
    /** Each trade as {@code A-B 17 BID 100.5 2}. */
    final List<String> trades = new ArrayList<>();

    private final Map<String, Integer> kinds = new HashMap<>();
    private final ProductTable products = new ProductTable();
    private final Market market = new Market(
            products,
            Decoders.of(products),
            LadderOrderBook::new,
            (book, tradeId, price, size, makerSide, timeNs) -> trades.add(book.product() + " " + tradeId + " "
                    + makerSide + " " + Decimals.plain(price, book.product().priceScale()) + " "
                    + Decimals.plain(size, book.product().sizeScale())));

    /** A message on its only connection. */
    void told(Dialect dialect, String message) {
        final byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
        final RecordHeader header = TestHeaders.of(RecordKind.MESSAGE, dialect, 1, 0, 0);
        final MessageKind kind = market.decode(header, new UnsafeBuffer(utf8), 0, utf8.length);
        assertNotEquals(MessageKind.MALFORMED, kind, message);
        kinds.merge(kind.wireName(), 1, Integer::sum);
        market.apply(header);
    }

    /** A record of a journal. */
    void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (header.kind() == RecordKind.MESSAGE) {
            market.decode(header, buffer, offset, length);
            market.apply(header);
        } else {
            market.applyFact(header, buffer, offset, length);
        }
    }

    int messages(MessageKind kind) {
        return kinds.getOrDefault(kind.wireName(), 0);
    }

    ProductBook book(String product) {
        final int index = products.product(product).index();
        return index < market.bookCount() ? market.book(index) : null;
    }

    boolean isLive(String product) {
        return book(product) != null && book(product).isLive();
    }

    /** The book's canonical text; empty if there is none. */
    String text(String product) {
        return book(product) == null ? "" : BookText.of(book(product));
    }

    /** The trades of one product. */
    List<String> trades(String product) {
        return trades.stream().filter(trade -> trade.startsWith(product + " ")).toList();
    }
}
