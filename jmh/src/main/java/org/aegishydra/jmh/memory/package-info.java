/** Whether a long run's memory stays as it is: heap, off-heap, mapped files, descriptors. */
package org.aegishydra.jmh.memory;
