package org.aegishydra.recorder.feed;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * How one of a recorder's connections stands.
 *
 * @param lane its number, from 0; it stays when one connection follows another.
 * @param products what it records.
 * @param refused those of them that the server does not know.
 * @param state where the authoritative session is.
 * @param connectionId the authoritative connection; 0 before the first.
 * @param messages recorded on all its connections so far.
 * @param messageBytes bytes of those messages.
 * @param gaps holes found in what the server sent.
 * @param reconnects how often a connection was lost and another one opened.
 * @param takeovers how often a connection was replaced with overlap.
 * @param lastReceivedNs {@link System#nanoTime()} of its last message; 0 before the first connection.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record LaneFigures(
        int lane,
        List<String> products,
        List<String> refused,
        FeedSession.State state,
        int connectionId,
        long messages,
        long messageBytes,
        long gaps,
        long reconnects,
        long takeovers,
        long lastReceivedNs) {}
