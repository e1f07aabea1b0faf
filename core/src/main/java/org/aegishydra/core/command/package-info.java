/**
 * What every program of Aegis has in common as a process: exit codes, defaults, errors of one line, JSON reports, progress,
 * stop signals and the JVM flags of the processes that it starts.
 */
package org.aegishydra.core.command;
