package org.aegishydra.replayer.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.DirectBuffer;

/**
 * A journal's market, for each client from the same position on, in the dialect of its first message. Products are those
 * that the first records name.
 */
final class JournalFeed implements MarketFeed {
    private static final int RECORDS_TO_LOOK_AT = 10_000;

    private final Journal journal;
    private final StartPosition from;
    private final ServeSettings settings;
    private final Set<String> products = new HashSet<>();
    private final MessageAddress address = new MessageAddress();
    private final ConcurrentMap<ClientConnection, ClientPlayback> playbacks = new ConcurrentHashMap<>();
    private Dialect dialect = Dialect.NONE;

    /** @throws UsageException if the journal has no message. */
    JournalFeed(Journal journal, StartPosition from, ServeSettings settings) {
        this.journal = journal;
        this.from = from;
        this.settings = settings;
        try (JournalTailer tailer = journal.tailer()) {
            tailer.poll(this::look, RECORDS_TO_LOOK_AT);
        }
        if (dialect == Dialect.NONE) {
            throw new UsageException("--journal " + journal.directory() + ": has no message in its first "
                    + RECORDS_TO_LOOK_AT + " records");
        }
    }

    private void look(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (header.kind() == RecordKind.SUBSCRIBED) {
            for (final JsonNode product : Fact.decode(buffer, offset, length).path("products")) {
                products.add(product.asText());
            }
        } else if (header.kind() == RecordKind.MESSAGE) {
            if (dialect == Dialect.NONE) {
                dialect = header.dialect();
            }
            final byte[] utf8 = new byte[length];
            buffer.getBytes(offset, utf8);
            if (address.read(utf8, length, false)) {
                products.add(address.product());
            }
        }
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public boolean requested(ClientConnection client, String request) {
        return playbacks
                .computeIfAbsent(client, newcomer -> {
                    final ClientPlayback playback = new ClientPlayback(
                            journal, from, dialect, products, settings, newcomer, () -> playbacks.remove(newcomer));
                    playback.start();
                    return playback;
                })
                .requested(request);
    }

    @Override
    public void close() {
        playbacks.values().forEach(ClientPlayback::close);
    }
}
