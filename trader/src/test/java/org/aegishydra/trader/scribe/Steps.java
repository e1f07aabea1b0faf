package org.aegishydra.trader.scribe;

import java.nio.ByteOrder;
import org.aegishydra.core.run.StepRecord;
import org.agrona.concurrent.UnsafeBuffer;

/** Records of steps with made-up times. */
final class Steps {
    private static final int TOTAL = 32;
    private static final int STRATEGY = 56;

    private Steps() {}

    /** A step in BTC-USD at prices with two decimals and sizes with one. */
    static StepRecord step(long number, long bid, long ask, long totalNs, long engineNs) {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[StepRecord.LENGTH_BYTES]);
        bytes.putLong(TOTAL, totalNs, ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(STRATEGY, engineNs, ByteOrder.LITTLE_ENDIAN);
        return new StepRecord()
                .wrap(bytes, 0)
                .at(7, number, 1_786_309_548_228_568_999L)
                .product("BTC-USD", 2, 1)
                .top(bid, 5, ask, 5)
                .state(0, 0, 100);
    }
}
