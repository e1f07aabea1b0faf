package org.aegishydra.analysis;

import org.aegishydra.core.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super("org.aegishydra.analysis");
    }
}
