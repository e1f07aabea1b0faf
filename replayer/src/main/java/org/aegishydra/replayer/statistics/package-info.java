/** Statistics of few rounds: paired ratios, the exact sign-flip test, Holm's correction, the one-sided comparison with a baseline. */
package org.aegishydra.replayer.statistics;
