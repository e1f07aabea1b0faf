package org.aegishydra.core.offending.right;

import org.aegishydra.core.offending.left.Left;

/** Half of a cycle between two packages. */
public final class Right {
    private Left other;

    public void join(Left joined) {
        other = joined;
    }

    public Left other() {
        return other;
    }
}
