package org.aegishydra.core.coinbase;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;

/** What a fresh decoder makes of one message: its kind, and its calls behind {@code onMessage} as text. */
record Decoded(MessageKind kind, List<String> calls, String reason) {
    static Decoded advancedTrade(String message) {
        return of(AdvancedTradeDecoder::new, message);
    }

    static Decoded exchange(String message) {
        return of(ExchangeDecoder::new, message);
    }

    private static Decoded of(Function<ProductTable, MessageDecoder> dialect, String message) {
        final MessageDecoder decoder = dialect.apply(new ProductTable());
        final byte[] bytes = message.getBytes(UTF_8);
        final MessageKind kind = decoder.parse(new UnsafeBuffer(bytes), 0, bytes.length);
        final CallLog log = new CallLog();
        decoder.deliver(log);
        return new Decoded(
                kind,
                log.calls.stream()
                        .filter(call -> !call.what().equals("message"))
                        .map(Call::toString)
                        .toList(),
                kind == MessageKind.MALFORMED ? decoder.malformedReason() : "");
    }
}
