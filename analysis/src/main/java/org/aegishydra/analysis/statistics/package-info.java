/** How a recorded market behaves, in figures that can be put beside another's. */
package org.aegishydra.analysis.statistics;
