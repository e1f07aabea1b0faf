/** Closed cycles of a journal as compressed archives, and how much of a journal is kept. */
package org.aegishydra.recorder.archive;
