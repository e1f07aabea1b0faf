/** How fast a recorder takes in what a server sends over loopback. */
package org.aegishydra.jmh.recorder;
