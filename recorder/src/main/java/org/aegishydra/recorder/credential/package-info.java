/** Keys for the feeds that want one: where they come from, and what they sign. */
package org.aegishydra.recorder.credential;
