package org.aegishydra.core.run;

/** What an order is for. */
public enum OrderIntent {
    /** To open a position or add to it. */
    ENTER,
    /** To close a position. */
    EXIT
}
