package org.aegishydra.core.coinbase;

/** A side of the book. */
public enum Side {
    /** Buyers. */
    BID,
    /** Sellers. */
    ASK;

    /** The other side. */
    public Side opposite() {
        return this == BID ? ASK : BID;
    }
}
