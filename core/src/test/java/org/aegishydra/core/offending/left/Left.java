package org.aegishydra.core.offending.left;

import org.aegishydra.core.offending.right.Right;

/** Half of a cycle between two packages. */
public final class Left {
    private Right other;

    public void join(Right joined) {
        other = joined;
    }

    public Right other() {
        return other;
    }
}
