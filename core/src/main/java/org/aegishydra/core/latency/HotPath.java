package org.aegishydra.core.latency;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class that works once or more for every message, between the journal and the decision.
 *
 * <p>Such a class, its nested classes included, logs nothing, formats no text, touches no file, takes no lock, uses none
 * of {@code java.util}'s collections and reads no clock. The architecture test holds it to that.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface HotPath {}
