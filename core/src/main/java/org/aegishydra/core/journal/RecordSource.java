package org.aegishydra.core.journal;

/** Where records come from: a journal's tail, or a replay that paces one. */
public interface RecordSource extends AutoCloseable {
    /**
     * Hands over the records that are there, in order, without waiting for more.
     *
     * @param handler receives each record.
     * @param limit the most records to hand over, at least 1.
     * @return how many records were handed over; 0 if there was none.
     * @throws JournalException if a record is missing or damaged.
     */
    int poll(RecordHandler handler, int limit);

    @Override
    void close();
}
