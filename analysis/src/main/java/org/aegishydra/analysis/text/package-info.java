/** Tables and quantities as people read them, for all programs of this module. */
package org.aegishydra.analysis.text;
