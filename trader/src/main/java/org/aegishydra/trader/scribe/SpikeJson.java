package org.aegishydra.trader.scribe;

import org.aegishydra.core.run.StepOperation;
import org.aegishydra.core.run.StepRecord;

/** A spike as one line of {@code spikes.jsonl}; times in nanoseconds. Stateless. */
final class SpikeJson {
    private SpikeJson() {}

    static void append(StringBuilder text, StepRecord spike) {
        text.append("{\"step\": ").append(spike.step());
        text.append(", \"market_record\": ").append(spike.marketSequence());
        text.append(", \"time\": \"");
        RowText.isoTime(text, spike.eventTimeNs());
        text.append("\", \"product\": \"").append(spike.productId());
        text.append("\", \"total_ns\": ").append(spike.totalNs());
        text.append(", \"decode_ns\": ").append(spike.decodeNs());
        text.append(", \"book_ns\": ").append(spike.bookNs());
        text.append(", \"engine_ns\": ").append(spike.strategyNs());
        text.append(", \"order_ns\": ").append(spike.orderNs());
        text.append(", \"receive_ns\": ").append(spike.receiveToDecisionNs());
        text.append(", \"operations\": [");
        String separator = "";
        for (final String operation : StepOperation.names(spike.operations())) {
            text.append(separator).append('"').append(operation).append('"');
            separator = ", ";
        }
        text.append("]}\n");
    }
}
