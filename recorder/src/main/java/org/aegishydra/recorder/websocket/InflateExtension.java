package org.aegishydra.recorder.websocket;

import jakarta.websocket.Extension;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.glassfish.tyrus.core.extension.ExtendedExtension;
import org.glassfish.tyrus.core.frame.Frame;

/**
 * permessage-deflate (RFC 7692) for a client that receives: it offers compression, inflates what comes, up to a limit, and
 * sends its own messages as they are. A compressed message is handed on as one frame, whatever fragments it came in.
 *
 * <p>One instance serves one connection. Tyrus calls it on that connection's thread, one call after the other; it says
 * nothing of exceptions that an extension throws, so that whatever goes wrong is told to the {@link InflateListener}, and
 * ends the connection as if the server had closed it: with code 1009 for a message beyond the limit, else with 1002.
 */
public final class InflateExtension implements ExtendedExtension {
    /** Its registered name. */
    public static final String NAME = "permessage-deflate";

    private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
    private static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
    private static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";
    private static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

    private static final byte CONTINUATION = 0;
    private static final byte CLOSE = 8;
    private static final byte PONG = 10;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int TOO_BIG = 1009;

    /** What a close frame has room for. */
    private static final int LONGEST_REASON_BYTES = 123;

    private final int limitBytes;
    private final InflateListener listener;
    private MessageInflater inflater;
    private boolean contextTakeover = true;
    private byte opcode;
    private Frame refusal;
    private boolean refused;

    /**
     * An extension for the next connection.
     *
     * @param limitBytes the largest message, inflated.
     */
    public InflateExtension(int limitBytes, InflateListener listener) {
        if (limitBytes <= 0) {
            throw new IllegalArgumentException("a limit of " + limitBytes + " bytes");
        }
        this.limitBytes = limitBytes;
        this.listener = listener;
    }

    @Override
    public String getName() {
        return NAME;
    }

    /** Browsers offer the same; the server's window may be the largest, so that it compresses well. */
    @Override
    public List<Parameter> getParameters() {
        return List.of(new Named(CLIENT_MAX_WINDOW_BITS));
    }

    @Override
    public List<Parameter> onExtensionNegotiation(ExtensionContext context, List<Parameter> requested) {
        throw new UnsupportedOperationException("for clients only");
    }

    @Override
    public void onHandshakeResponse(ExtensionContext context, List<Parameter> answered) {
        final String objection = objection(answered);
        if (objection != null) {
            refuse(PROTOCOL_ERROR, objection);
            return;
        }
        contextTakeover = answered.stream().noneMatch(p -> p.getName().equals(SERVER_NO_CONTEXT_TAKEOVER));
        inflater = new MessageInflater(limitBytes);
    }

    /** What is not allowed in the server's answer, RFC 7692, 7.1; null if all is well. */
    private static String objection(List<Parameter> answered) {
        final Set<String> seen = new HashSet<>();
        for (final Parameter parameter : answered) {
            final String name = parameter.getName();
            final String value = parameter.getValue() == null ? "" : parameter.getValue();
            final boolean allowed = switch (name) {
                case SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER -> value.isEmpty();
                case SERVER_MAX_WINDOW_BITS, CLIENT_MAX_WINDOW_BITS -> value.matches("[89]|1[0-5]");
                default -> false;
            };
            if (!allowed || !seen.add(name)) {
                return "the server answers " + NAME + " with " + name + (value.isEmpty() ? "" : "=" + value);
            }
        }
        return null;
    }

    @Override
    public Frame processIncoming(ExtensionContext context, Frame frame) {
        if (frame.isControlFrame()) {
            return frame;
        }
        if (refusal != null) {
            return refusalOnce();
        }
        if (inflater == null) {
            return nothing();
        }
        final boolean begins = frame.getOpcode() != CONTINUATION;
        if (begins && inMessage()) {
            // Tyrus has not seen the fragments so far, so it cannot tell.
            refuse(PROTOCOL_ERROR, "a message begins within a compressed one");
            return refusalOnce();
        }
        // Everything else that breaks the rules of frames is left to Tyrus, which ends the connection for it.
        if (begins ? !frame.isRsv1() : !inMessage() || frame.isRsv1()) {
            return frame;
        }
        if (begins) {
            opcode = frame.getOpcode();
        }
        return inflated(frame);
    }

    private boolean inMessage() {
        return opcode != CONTINUATION;
    }

    private Frame inflated(Frame frame) {
        try {
            inflater.add(frame.getPayloadData());
            if (!frame.isFin()) {
                return nothing();
            }
            final byte[] message = inflater.finish(contextTakeover);
            final Frame whole = Frame.builder(frame)
                    .opcode(opcode)
                    .rsv1(false)
                    .payloadData(message)
                    .build();
            opcode = CONTINUATION;
            return whole;
        } catch (final MessageInflater.OversizedException e) {
            refuse(TOO_BIG, "a message inflates to more than " + limitBytes + " bytes");
            listener.onOversized(e.bytesAtLeast());
        } catch (final MessageInflater.CorruptException e) {
            refuse(PROTOCOL_ERROR, e.getMessage());
        }
        return refusalOnce();
    }

    private void refuse(int code, String reason) {
        release();
        final byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
        final int length = Math.min(text.length, LONGEST_REASON_BYTES);
        final byte[] payload = new byte[2 + length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, length);
        refusal = Frame.builder().fin(true).opcode(CLOSE).payloadData(payload).build();
        if (code == PROTOCOL_ERROR) {
            listener.onCorrupt(reason);
        }
    }

    private Frame refusalOnce() {
        if (refused) {
            return nothing();
        }
        refused = true;
        return refusal;
    }

    /** An unsolicited pong: the one frame that has no effect. */
    private static Frame nothing() {
        return Frame.builder().fin(true).opcode(PONG).payloadData(new byte[0]).build();
    }

    @Override
    public Frame processOutgoing(ExtensionContext context, Frame frame) {
        return frame;
    }

    @Override
    public void destroy(ExtensionContext context) {
        release();
    }

    private void release() {
        if (inflater != null) {
            inflater.close();
            inflater = null;
        }
    }

    private record Named(String getName) implements Extension.Parameter {
        @Override
        public String getValue() {
            return null;
        }
    }
}
