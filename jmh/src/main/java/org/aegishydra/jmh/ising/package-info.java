/** The lattice beside the one it replaced. */
package org.aegishydra.jmh.ising;
