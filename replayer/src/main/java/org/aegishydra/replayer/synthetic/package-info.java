/** A seeded market that produces Coinbase's messages, the same bytes for the same settings on every JVM. */
package org.aegishydra.replayer.synthetic;
