/** What every command line program of Aegis has in common: exit codes, defaults, errors of one line, JSON reports. */
package org.aegishydra.core.command;
