/** {@code aegis doctor}: whether a host is fit to record and to measure. */
package org.aegishydra.analysis.doctor;
