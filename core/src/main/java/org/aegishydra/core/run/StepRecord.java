package org.aegishydra.core.run;

import java.nio.ByteOrder;
import org.aegishydra.core.latency.HotPath;
import org.aegishydra.core.latency.LatencyTrace;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One step, in a {@link StepBatch} or a {@link SpikeRecord}: a fixed little-endian layout. In a step's record the times end
 * where the decision was written; in a spike's they include what followed the step. A view over a buffer; used by one
 * thread.
 *
 * <pre>
 *     0  market sequence   8
 *     8  step              8   from 1
 *    16  event time        8   ns since the epoch
 *    24  receive           8   ns from reception (or from when it was due) to the decision; -1 if that is unknown
 *    32  total             8   ns of the whole step ("Loop")
 *    40  decode            8   ns; -1 if that is unknown, see {@link LatencyTrace}
 *    48  book              8   ns; likewise
 *    56  strategy          8   ns ("Eng")
 *    64  order             8   ns: risk, paper fill, decision written
 *    72  best bid          8   price scale; Long.MIN_VALUE if the side is empty
 *    80  best bid size     8
 *    88  best ask          8
 *    96  best ask size     8
 *   104  position          8   size scale
 *   112  signal            8   double: the strategy's value
 *   120  capital           8   double: the account at mid price, in the quote currency
 *   128  operations        8   bits of {@link StepOperation}: housekeeping that ran in the step
 *   136  price scale 1, size scale 1, unused 6
 *   144  product          32
 * </pre>
 */
@HotPath
public final class StepRecord {
    /** The length of the layout. */
    public static final int LENGTH_BYTES = 176;

    private static final int MARKET_SEQUENCE = 0;
    private static final int STEP = 8;
    private static final int EVENT_TIME = 16;
    private static final int RECEIVE = 24;
    private static final int TOTAL = 32;
    private static final int DECODE = 40;
    private static final int BOOK = 48;
    private static final int STRATEGY = 56;
    private static final int ORDER = 64;
    private static final int BEST_BID = 72;
    private static final int BEST_BID_SIZE = 80;
    private static final int BEST_ASK = 88;
    private static final int BEST_ASK_SIZE = 96;
    private static final int POSITION = 104;
    private static final int SIGNAL = 112;
    private static final int CAPITAL = 120;
    private static final int OPERATIONS = 128;
    private static final int PRICE_SCALE = 136;
    private static final int SIZE_SCALE = 137;
    static final int PRODUCT = 144;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH_BYTES]);

    /** Points this view at a record's payload. */
    public StepRecord wrap(DirectBuffer payload, int offset) {
        buffer.wrap(payload, offset, LENGTH_BYTES);
        return this;
    }

    /** Copies another record's bytes into this one's. */
    public StepRecord copyOf(StepRecord other) {
        buffer.putBytes(0, other.buffer, 0, LENGTH_BYTES);
        return this;
    }

    /** The bytes of the layout, from offset 0. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Sets which step it is. */
    public StepRecord at(long marketSequence, long step, long eventTimeNs) {
        buffer.putLong(MARKET_SEQUENCE, marketSequence, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(STEP, step, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(EVENT_TIME, eventTimeNs, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    /** Sets the product and the scales of the numbers. */
    public StepRecord product(String id, int priceScale, int sizeScale) {
        buffer.putByte(PRICE_SCALE, (byte) priceScale);
        buffer.putByte(SIZE_SCALE, (byte) sizeScale);
        ProductName.put(buffer, PRODUCT, id);
        return this;
    }

    /** Sets the top of the book. */
    public StepRecord top(long bestBid, long bestBidSize, long bestAsk, long bestAskSize) {
        buffer.putLong(BEST_BID, bestBid, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(BEST_BID_SIZE, bestBidSize, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(BEST_ASK, bestAsk, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(BEST_ASK_SIZE, bestAskSize, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    /** Sets the strategy's value and the account. */
    public StepRecord state(double signal, long position, double capital) {
        buffer.putDouble(SIGNAL, signal, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(POSITION, position, ByteOrder.LITTLE_ENDIAN);
        buffer.putDouble(CAPITAL, capital, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    /** Sets the measured times. */
    public StepRecord times(LatencyTrace trace) {
        buffer.putLong(RECEIVE, trace.receiveToDecisionNs(), ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(TOTAL, trace.totalNs(), ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(DECODE, trace.decodeNs(), ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(BOOK, trace.bookNs(), ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(STRATEGY, trace.strategyNs(), ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(ORDER, trace.orderNs(), ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    /** Sets the housekeeping that ran in the step. */
    public StepRecord operations(long bits) {
        buffer.putLong(OPERATIONS, bits, ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    private long get(int offset) {
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }

    public long marketSequence() {
        return get(MARKET_SEQUENCE);
    }

    public long step() {
        return get(STEP);
    }

    public long eventTimeNs() {
        return get(EVENT_TIME);
    }

    /** From reception to the decision, in ns; -1 if that is unknown. */
    public long receiveToDecisionNs() {
        return get(RECEIVE);
    }

    public long totalNs() {
        return get(TOTAL);
    }

    public long decodeNs() {
        return get(DECODE);
    }

    public long bookNs() {
        return get(BOOK);
    }

    public long strategyNs() {
        return get(STRATEGY);
    }

    public long orderNs() {
        return get(ORDER);
    }

    public long bestBid() {
        return get(BEST_BID);
    }

    public long bestBidSize() {
        return get(BEST_BID_SIZE);
    }

    public long bestAsk() {
        return get(BEST_ASK);
    }

    public long bestAskSize() {
        return get(BEST_ASK_SIZE);
    }

    public long position() {
        return get(POSITION);
    }

    public double signal() {
        return buffer.getDouble(SIGNAL, ByteOrder.LITTLE_ENDIAN);
    }

    public double capital() {
        return buffer.getDouble(CAPITAL, ByteOrder.LITTLE_ENDIAN);
    }

    public long operations() {
        return get(OPERATIONS);
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
