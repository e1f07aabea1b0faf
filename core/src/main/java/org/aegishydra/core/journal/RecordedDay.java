package org.aegishydra.core.journal;

import java.time.LocalDate;

/**
 * A UTC day of a journal.
 *
 * @param firstSequence its first record.
 * @param lastSequence its last record.
 */
public record RecordedDay(LocalDate day, long firstSequence, long lastSequence) {}
