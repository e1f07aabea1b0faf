/** The two-dimensional Ising model, 64 spins a word. */
package org.aegishydra.trader.ising;
