package org.aegishydra.jmh;

import org.aegishydra.core.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super("org.aegishydra.jmh");
    }
}
