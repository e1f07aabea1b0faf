/** What the WebSocket client needs besides a session: whom it trusts, inflating, and why a connection failed. */
package org.aegishydra.recorder.websocket;
