/**
 * Benchmarks on recorded data, with peers side by side. The packages below mirror the production packages whose code they
 * measure; nothing depends on this module.
 */
package org.aegishydra.jmh;
