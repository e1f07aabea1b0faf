/** A server that breaks things on purpose, a feed under load on top of it, and what a journal must hold afterwards. */
package org.aegishydra.recorder.faults;
