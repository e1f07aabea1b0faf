/** One trial: one run of one variant, measured from outside in a JVM of its own. */
package org.aegishydra.replayer.trial;
