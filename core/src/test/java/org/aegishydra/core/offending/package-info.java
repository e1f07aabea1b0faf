/** Classes that break the rules of architecture, to show that each rule reports them. Nothing else uses them. */
package org.aegishydra.core.offending;
