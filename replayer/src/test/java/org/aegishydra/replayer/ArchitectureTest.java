package org.aegishydra.replayer;

import org.aegishydra.core.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super("org.aegishydra.replayer");
    }
}
