/** How fast recorded or made event time runs. */
package org.aegishydra.replayer.pace;
