package org.aegishydra.recorder;

import org.aegishydra.core.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super("org.aegishydra.recorder");
    }
}
