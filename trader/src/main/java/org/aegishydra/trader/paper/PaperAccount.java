package org.aegishydra.trader.paper;

import java.math.BigDecimal;
import org.aegishydra.core.checkpoint.Checkpointed;
import org.aegishydra.core.checkpoint.StateInput;
import org.aegishydra.core.checkpoint.StateOutput;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.latency.HotPath;
import org.aegishydra.core.run.Int128;

/**
 * The paper account of one product: what it holds, and what flowed. Exact: the flow (sales minus purchases) and the
 * turnover are 128-bit sums of price times size, in price scale + size scale, and fees are a rate on the turnover.
 * Used by the trading thread.
 */
@HotPath
public final class PaperAccount implements Checkpointed {
    private static final double PER_BASIS_POINT = 1e-4;
    private static final int BASIS_POINT_DECIMALS = 4;

    private final Product product;
    private final double initialCapital;
    private final double feeRate;
    private final BigDecimal exactFeeRate;
    private final Int128 flow = new Int128();
    private final Int128 turnover = new Int128();
    private long position;

    /**
     * An account without a position.
     *
     * @param initialCapital in the quote currency.
     * @param feeBps of a fill's value, in basis points.
     */
    public PaperAccount(Product product, double initialCapital, double feeBps) {
        this.product = product;
        this.initialCapital = initialCapital;
        this.feeRate = feeBps * PER_BASIS_POINT;
        this.exactFeeRate = BigDecimal.valueOf(feeBps).movePointLeft(BASIS_POINT_DECIMALS);
    }

    /**
     * Books a fill.
     *
     * @throws ArithmeticException if a sum no longer fits; nothing is booked then that would be wrong.
     */
    public void fill(Side side, long price, long size) {
        final long newPosition = Math.addExact(position, side == Side.BID ? size : -size);
        turnover.addProduct(price, size);
        if (side == Side.BID) {
            flow.subtractProduct(price, size);
        } else {
            flow.addProduct(price, size);
        }
        position = newPosition;
    }

    /** In the product's size scale; negative when short. */
    public long position() {
        return position;
    }

    /** Sales minus purchases, before fees. */
    public Int128 flow() {
        return flow;
    }

    /** The value of all fills. */
    public Int128 turnover() {
        return turnover;
    }

    /**
     * The account's value in the quote currency, fees paid, the position taken at a price. A double, for people and for
     * limits; {@link #exactCash} is the exact one.
     *
     * @param midPrice in the price scale's units.
     */
    public double capital(double midPrice) {
        final double unit =
                (double) Decimals.powerOfTen(product.priceScale()) * Decimals.powerOfTen(product.sizeScale());
        return initialCapital + (flow.toDouble() + position * midPrice - turnover.toDouble() * feeRate) / unit;
    }

    /** The cash in the quote currency, exactly, fees paid, the position not counted; for reports. */
    public BigDecimal exactCash() {
        final int scale = product.priceScale() + product.sizeScale();
        return BigDecimal.valueOf(initialCapital)
                .add(flow.toBigDecimal(scale))
                .subtract(turnover.toBigDecimal(scale).multiply(exactFeeRate));
    }

    /** Brings everything to finer scales. */
    public void rescale(long priceFactor, long sizeFactor) {
        position = Math.multiplyExact(position, sizeFactor);
        flow.multiply(priceFactor);
        flow.multiply(sizeFactor);
        turnover.multiply(priceFactor);
        turnover.multiply(sizeFactor);
    }

    @Override
    public void writeState(StateOutput output) {
        output.putLong(position);
        flow.writeState(output);
        turnover.writeState(output);
    }

    @Override
    public void readState(StateInput input) {
        position = input.getLong();
        flow.readState(input);
        turnover.readState(input);
    }
}
