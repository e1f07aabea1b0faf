/** The status board: what a running recorder tells other processes about itself, in shared memory. */
package org.aegishydra.core.board;
