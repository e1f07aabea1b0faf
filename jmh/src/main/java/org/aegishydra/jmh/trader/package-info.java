/** The trading engine as a whole. */
package org.aegishydra.jmh.trader;
