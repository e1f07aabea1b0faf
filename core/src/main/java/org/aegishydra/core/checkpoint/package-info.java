/** The state of a run in a file, so that a trader that was killed goes on where it was. */
package org.aegishydra.core.checkpoint;
