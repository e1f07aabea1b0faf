/** Before and after: trials of variants or builds in JVMs of their own, what they say together, and how far that can be trusted. */
package org.aegishydra.replayer.verify;
