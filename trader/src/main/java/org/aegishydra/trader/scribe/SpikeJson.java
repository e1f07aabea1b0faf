package org.aegishydra.trader.scribe;

import org.aegishydra.core.latency.LatencyTrace;
import org.aegishydra.core.run.SpikeRecord;
import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;

/** A spike as one line of {@code spikes.jsonl}; times in nanoseconds, null where one is unknown. Stateless. */
final class SpikeJson {
    private SpikeJson() {}

    static void append(StringBuilder text, SpikeRecord slow, String productId) {
        final StepRecord spike = slow.step();
        text.append("{\"step\": ").append(spike.step());
        text.append(", \"market_record\": ").append(spike.marketSequence());
        text.append(", \"time\": \"");
        RowText.isoTime(text, spike.eventTimeNs());
        text.append("\", \"product\": \"").append(productId);
        text.append("\", \"total_ns\": ").append(spike.totalNs());
        time(text, "decode_ns", spike.decodeNs());
        time(text, "book_ns", spike.bookNs());
        text.append(", \"engine_ns\": ").append(spike.strategyNs());
        text.append(", \"order_ns\": ").append(spike.orderNs());
        text.append(", \"follow_ns\": ").append(slow.followNs());
        time(text, "receive_ns", spike.receiveToDecisionNs());
        text.append(", \"operations\": [");
        String separator = "";
        for (final String operation : StepOperation.names(spike.operations())) {
            text.append(separator).append('"').append(operation).append('"');
            separator = ", ";
        }
        text.append("]}\n");
    }

    private static void time(StringBuilder text, String name, long ns) {
        text.append(", \"").append(name).append("\": ");
        if (ns == LatencyTrace.UNKNOWN) {
            text.append("null");
        } else {
            text.append(ns);
        }
    }
}
