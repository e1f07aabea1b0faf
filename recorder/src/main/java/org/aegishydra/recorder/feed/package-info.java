/** Coinbase's WebSocket feeds: what they are called, and the session that records one. */
package org.aegishydra.recorder.feed;
