/** The programs that bring messages into a journal: {@code record} from a feed, {@code import} from captures. */
package org.aegishydra.recorder;
