/** The replayer's programs. */
package org.aegishydra.replayer;
