/** A market as a WebSocket server that speaks as Coinbase's does. */
package org.aegishydra.replayer.server;
