package org.aegishydra.jmh.coinbase;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.MessageDecoder;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.coinbase.Timestamps;
import org.aegishydra.jmh.coinbase.BytewiseMessage.Piece;
import org.agrona.DirectBuffer;

/**
 * How the production decoder read book updates before it read words: in the same forms, checked as a whole and then
 * delivered, but byte by byte through the buffer, and staged as objects and scales. All other messages, and numbers that need finer scales,
 * are left to the production decoder, so what this one loses it loses on updates alone. Used by one thread.
 */
public final class BytewiseDecoder implements MessageDecoder {
    private static final int MAX_TIME_LENGTH = 35;

    private static final Piece TO_TIMESTAMP = new Piece("{\"channel\":\"l2_data\",\"timestamp\":\"");
    private static final Piece TO_SEQUENCE = new Piece(",\"sequence_num\":");
    private static final Piece TO_PRODUCT = new Piece(",\"events\":[{\"type\":\"update\",\"product_id\":\"");
    private static final Piece TO_LEVELS = new Piece(",\"updates\":[");
    private static final Piece BID = new Piece("{\"side\":\"bid\",\"event_time\":\"");
    private static final Piece OFFER = new Piece("{\"side\":\"offer\",\"event_time\":\"");
    private static final Piece TO_PRICE = new Piece(",\"price_level\":\"");
    private static final Piece TO_SIZE = new Piece(",\"new_quantity\":\"");
    private static final Piece NEXT_LEVEL = new Piece("},");
    private static final Piece LAST_LEVEL = new Piece("}]}]}");

    private static final Piece UPDATE_TO_PRODUCT = new Piece("{\"type\":\"l2update\",\"product_id\":\"");
    private static final Piece TO_CHANGES = new Piece(",\"changes\":[");
    private static final Piece BUY = new Piece("[\"buy\",\"");
    private static final Piece SELL = new Piece("[\"sell\",\"");
    private static final Piece CHANGE_TO_SIZE = new Piece(",\"");
    private static final Piece NEXT_CHANGE = new Piece("],");
    private static final Piece TO_TIME = new Piece("]],\"time\":\"");
    private static final Piece END = new Piece("}");

    private final MessageDecoder production;
    private final ProductTable products;
    private final Timestamps timestamps = new Timestamps();
    private final BytewiseMessage bytes = new BytewiseMessage();
    private byte[][] names = new byte[0][];

    private boolean staged;
    private Product product;
    private long exchangeTimeNs;
    private long sequenceNumber;
    private int levels;
    private Side[] sides = new Side[256];
    private long[] prices = new long[256];
    private long[] sizes = new long[256];
    private byte[] priceScales = new byte[256];
    private byte[] sizeScales = new byte[256];

    /** A decoder beside the production one, which shares its products. */
    public BytewiseDecoder(MessageDecoder production, ProductTable products) {
        this.production = production;
        this.products = products;
    }

    @Override
    public MessageKind parse(DirectBuffer buffer, int offset, int length) {
        bytes.wrap(buffer, offset, length);
        levels = 0;
        sequenceNumber = MarketDataListener.NO_VALUE;
        staged = true;
        if (advancedTrade(buffer) && bytes.atEnd() && scale()) {
            return MessageKind.L2_DATA;
        }
        bytes.wrap(buffer, offset, length);
        levels = 0;
        if (exchange(buffer) && bytes.atEnd() && scale()) {
            return MessageKind.L2_UPDATE;
        }
        staged = false;
        return production.parse(buffer, offset, length);
    }

    private boolean advancedTrade(DirectBuffer buffer) {
        if (!bytes.piece(TO_TIMESTAMP) || !bytes.text(MAX_TIME_LENGTH)) {
            return false;
        }
        exchangeTimeNs = timestamps.parse(buffer, bytes.textOffset(), bytes.textLength());
        if (!bytes.piece(TO_SEQUENCE) || !bytes.integer()) {
            return false;
        }
        sequenceNumber = bytes.mantissa();
        if (!bytes.piece(TO_PRODUCT) || !product(buffer) || !bytes.piece(TO_LEVELS)) {
            return false;
        }
        do {
            final boolean bid = bytes.piece(BID);
            if ((!bid && !bytes.piece(OFFER)) || !bytes.text(MAX_TIME_LENGTH)) {
                return false;
            }
            if (!bytes.piece(TO_PRICE) || !level(bid, TO_SIZE)) {
                return false;
            }
        } while (bytes.piece(NEXT_LEVEL));
        return bytes.piece(LAST_LEVEL);
    }

    private boolean exchange(DirectBuffer buffer) {
        if (!bytes.piece(UPDATE_TO_PRODUCT) || !product(buffer) || !bytes.piece(TO_CHANGES)) {
            return false;
        }
        do {
            final boolean buy = bytes.piece(BUY);
            if ((!buy && !bytes.piece(SELL)) || !level(buy, CHANGE_TO_SIZE)) {
                return false;
            }
        } while (bytes.piece(NEXT_CHANGE));
        if (!bytes.piece(TO_TIME) || !bytes.text(MAX_TIME_LENGTH)) {
            return false;
        }
        exchangeTimeNs = timestamps.parse(buffer, bytes.textOffset(), bytes.textLength());
        return bytes.piece(END);
    }

    private boolean product(DirectBuffer buffer) {
        if (!bytes.text(ProductTable.MAX_NAME_LENGTH)) {
            return false;
        }
        if (names.length != products.products().size()) {
            names = products.products().stream()
                    .map(known -> known.id().getBytes(StandardCharsets.US_ASCII))
                    .toArray(byte[][]::new);
        }
        for (int i = 0; i < names.length; i++) {
            if (isName(names[i], buffer)) {
                product = products.product(i);
                return true;
            }
        }
        return false;
    }

    private boolean isName(byte[] name, DirectBuffer buffer) {
        if (name.length != bytes.textLength()) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (name[i] != buffer.getByte(bytes.textOffset() + i)) {
                return false;
            }
        }
        return true;
    }

    private boolean level(boolean bid, Piece toSize) {
        if (!bytes.decimal()) {
            return false;
        }
        if (levels == sides.length) {
            grow();
        }
        sides[levels] = bid ? Side.BID : Side.ASK;
        prices[levels] = bytes.mantissa();
        priceScales[levels] = (byte) bytes.scale();
        if (!bytes.piece(toSize) || !bytes.decimal()) {
            return false;
        }
        sizes[levels] = bytes.mantissa();
        sizeScales[levels] = (byte) bytes.scale();
        levels++;
        return true;
    }

    private void grow() {
        final int capacity = levels * 2;
        sides = Arrays.copyOf(sides, capacity);
        prices = Arrays.copyOf(prices, capacity);
        sizes = Arrays.copyOf(sizes, capacity);
        priceScales = Arrays.copyOf(priceScales, capacity);
        sizeScales = Arrays.copyOf(sizeScales, capacity);
    }

    private boolean scale() {
        for (int i = 0; i < levels; i++) {
            final int finerPrice = product.priceScale() - priceScales[i];
            final int finerSize = product.sizeScale() - sizeScales[i];
            if (finerPrice < 0
                    || finerSize < 0
                    || !Decimals.fits(prices[i], finerPrice)
                    || !Decimals.fits(sizes[i], finerSize)) {
                return false;
            }
            prices[i] *= Decimals.powerOfTen(finerPrice);
            sizes[i] *= Decimals.powerOfTen(finerSize);
        }
        return true;
    }

    @Override
    public void deliver(MarketDataListener listener) {
        if (!staged) {
            production.deliver(listener);
            return;
        }
        listener.onMessage(exchangeTimeNs, sequenceNumber);
        listener.onUpdateStart(product);
        for (int i = 0; i < levels; i++) {
            listener.onLevel(product, sides[i], prices[i], sizes[i]);
        }
        listener.onLevelsEnd(product);
    }

    @Override
    public String malformedReason() {
        return production.malformedReason();
    }
}
