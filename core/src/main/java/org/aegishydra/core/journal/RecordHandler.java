package org.aegishydra.core.journal;

import org.agrona.DirectBuffer;

/** Receives the records of a journal, one call a record, on the thread that polls. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * A record. Header and buffer are views into mapped memory and into reused objects: valid only during the call.
     *
     * @param header the record's header.
     * @param buffer holds the payload.
     * @param offset of the payload's first byte in the buffer.
     * @param length of the payload in bytes.
     */
    void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length);
}
