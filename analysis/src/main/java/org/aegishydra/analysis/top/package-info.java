/** {@code aegis top}: the status board of a running recorder, shown to people. */
package org.aegishydra.analysis.top;
