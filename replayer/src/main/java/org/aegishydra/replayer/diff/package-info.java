/** Where two runs of the engine begin to differ, and what led to it. */
package org.aegishydra.replayer.diff;
