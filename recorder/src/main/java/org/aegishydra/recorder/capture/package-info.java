/** Other people's captures of a feed: how they are read, repeated and written into a journal. */
package org.aegishydra.recorder.capture;
