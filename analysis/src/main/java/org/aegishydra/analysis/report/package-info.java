/** {@code aegis report}: verifications as one HTML page that needs nothing else. */
package org.aegishydra.analysis.report;
