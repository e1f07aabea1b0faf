package org.aegishydra.core.run;

import java.nio.ByteOrder;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The payload of a {@code DECISION} record: a fixed little-endian layout, without any measured time, so that equal
 * decisions are equal bytes. A view over a buffer; used by one thread.
 *
 * <pre>
 *     0  market sequence   8   the record of the market journal that led to it
 *     8  step              8   number of the step, from 1
 *    16  event time        8   ns since the epoch
 *    24  order id          8   from 1; 0 for a refused order
 *    32  price             8   limit of an order, price of a fill; in the price scale
 *    40  size              8   in the size scale
 *    48  position          8   after it, in the size scale; negative when short
 *    56  flow             16   sum of sales minus purchases after it, 128 bits, in price scale + size scale
 *    72  turnover         16   sum of all fills' value after it, likewise
 *    88  type 1, side 1, intent 1, reason 1, price scale 1, size scale 1, level 2 (a fill's level, from 0 = touch)
 *    96  product          32
 * </pre>
 */
@HotPath
public final class DecisionRecord {
    /** The length of the layout. */
    public static final int LENGTH_BYTES = 128;

    private static final int MARKET_SEQUENCE = 0;
    private static final int STEP = 8;
    private static final int EVENT_TIME = 16;
    private static final int ORDER_ID = 24;
    private static final int PRICE = 32;
    private static final int SIZE = 40;
    private static final int POSITION = 48;
    private static final int FLOW = 56;
    private static final int TURNOVER = 72;
    private static final int TYPE = 88;
    private static final int SIDE = 89;
    private static final int INTENT = 90;
    private static final int REASON = 91;
    private static final int PRICE_SCALE = 92;
    private static final int SIZE_SCALE = 93;
    private static final int LEVEL = 94;
    static final int PRODUCT = 96;

    private static final DecisionType[] TYPES = DecisionType.values();
    private static final OrderIntent[] INTENTS = OrderIntent.values();
    private static final RefusalReason[] REASONS = RefusalReason.values();

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH_BYTES]);

    /** Points this view at a record's payload. */
    public DecisionRecord wrap(DirectBuffer payload, int offset) {
        buffer.wrap(payload, offset, LENGTH_BYTES);
        return this;
    }

    /** The bytes of the layout, from offset 0. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Sets which step the decision belongs to. */
    public DecisionRecord at(long marketSequence, long step, long eventTimeNs) {
        buffer.putLong(MARKET_SEQUENCE, marketSequence, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(STEP, step, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(EVENT_TIME, eventTimeNs, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    /** Sets the product and the scales of the numbers. */
    public DecisionRecord product(String id, int priceScale, int sizeScale) {
        buffer.putByte(PRICE_SCALE, (byte) priceScale);
        buffer.putByte(SIZE_SCALE, (byte) sizeScale);
        ProductName.put(buffer, PRODUCT, id);
        return this;
    }

    /** Sets what is decided. */
    public DecisionRecord decision(
            DecisionType type, Side side, OrderIntent intent, RefusalReason reason, long orderId, int level) {
        buffer.putByte(TYPE, (byte) type.ordinal());
        buffer.putByte(SIDE, (byte) side.ordinal());
        buffer.putByte(INTENT, (byte) intent.ordinal());
        buffer.putByte(REASON, (byte) reason.ordinal());
        buffer.putLong(ORDER_ID, orderId, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(LEVEL, (short) level, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    /** Sets price and size. */
    public DecisionRecord numbers(long price, long size) {
        buffer.putLong(PRICE, price, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(SIZE, size, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    /** Sets the account as it is after the decision. */
    public DecisionRecord account(long position, Int128 flow, Int128 turnover) {
        buffer.putLong(POSITION, position, ByteOrder.LITTLE_ENDIAN);
        putWide(buffer, FLOW, flow);
        putWide(buffer, TURNOVER, turnover);
        return this;
    }

    static void putWide(MutableDirectBuffer target, int offset, Int128 value) {
        target.putLong(offset, value.low(), ByteOrder.LITTLE_ENDIAN);
        target.putLong(offset + 8, value.high(), ByteOrder.LITTLE_ENDIAN);
    }

    public long marketSequence() {
        return buffer.getLong(MARKET_SEQUENCE, ByteOrder.LITTLE_ENDIAN);
    }

    public long step() {
        return buffer.getLong(STEP, ByteOrder.LITTLE_ENDIAN);
    }

    public long eventTimeNs() {
        return buffer.getLong(EVENT_TIME, ByteOrder.LITTLE_ENDIAN);
    }

    public long orderId() {
        return buffer.getLong(ORDER_ID, ByteOrder.LITTLE_ENDIAN);
    }

    public long price() {
        return buffer.getLong(PRICE, ByteOrder.LITTLE_ENDIAN);
    }

    public long size() {
        return buffer.getLong(SIZE, ByteOrder.LITTLE_ENDIAN);
    }

    public long position() {
        return buffer.getLong(POSITION, ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads the sum of sales minus purchases into a number. */
    public void flow(Int128 target) {
        target.set(buffer.getLong(FLOW + 8, ByteOrder.LITTLE_ENDIAN), buffer.getLong(FLOW, ByteOrder.LITTLE_ENDIAN));
    }

    /** Reads the sum of all fills' value into a number. */
    public void turnover(Int128 target) {
        target.set(
                buffer.getLong(TURNOVER + 8, ByteOrder.LITTLE_ENDIAN),
                buffer.getLong(TURNOVER, ByteOrder.LITTLE_ENDIAN));
    }

    public DecisionType type() {
        return TYPES[buffer.getByte(TYPE)];
    }

    /** The side that the order takes: BID buys. */
    public Side side() {
        return buffer.getByte(SIDE) == 0 ? Side.BID : Side.ASK;
    }

    public OrderIntent intent() {
        return INTENTS[buffer.getByte(INTENT)];
    }

    public RefusalReason reason() {
        return REASONS[buffer.getByte(REASON)];
    }

    /** The level of the book at which a fill was made, 0 for the touch. */
    public int level() {
        return buffer.getShort(LEVEL, ByteOrder.LITTLE_ENDIAN);
    }

    public int priceScale() {
        return buffer.getByte(PRICE_SCALE);
    }

    public int sizeScale() {
        return buffer.getByte(SIZE_SCALE);
    }

    /** The product's name; makes a string. */
    public String productId() {
        return ProductName.get(buffer, PRODUCT);
    }
}
