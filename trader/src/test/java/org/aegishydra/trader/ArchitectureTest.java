package org.aegishydra.trader;

import org.aegishydra.core.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super("org.aegishydra.trader");
    }
}
