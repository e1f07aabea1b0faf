package org.aegishydra.core.run;

/** What a decision record says. */
public enum DecisionType {
    /** An order went out. */
    ORDER,
    /** An order was filled, in whole or in part, at one level of the book. */
    FILL,
    /** The risk guard refused an order. */
    REFUSAL,
    /** What was left of an order was cancelled. */
    CANCEL
}
