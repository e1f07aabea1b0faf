/** What people look at, offline: the inspection of a journal. Nothing here runs beside a trader's hot path. */
package org.aegishydra.analysis;
