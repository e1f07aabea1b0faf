/** Before and after: what trials of variants or builds say together, and how far that can be trusted. */
package org.aegishydra.replayer.verify;
