/** From one JVM to another: how long a message takes from when it was due to the decision, beside a bare hop of its bytes. */
package org.aegishydra.jmh.hop;
