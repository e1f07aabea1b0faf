package org.aegishydra.recorder.websocket;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.glassfish.tyrus.client.RetryAfterException;
import org.glassfish.tyrus.client.auth.AuthenticationException;
import org.glassfish.tyrus.core.HandshakeException;

/**
 * Why a connection did not come to be, made of the exception that Tyrus throws.
 *
 * @param reason one line for people: the host and the port, what happened, and what can be done. It holds nothing of the
 *     address that could be secret.
 * @param retryAfter how long the server asks to wait; null if it does not say.
 * @param isLasting whether trying again will not help until somebody changes something: the server is not who it should be.
 */
public record ConnectFailure(String reason, Duration retryAfter, boolean isLasting) {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;

    /**
     * What an exception of {@code connectToServer} means.
     *
     * @param url where to.
     * @param trust what was in force for {@code wss}.
     */
    public static ConnectFailure of(Throwable failure, URI url, ServerTrust trust) {
        final HandshakeException answer = find(failure, HandshakeException.class);
        final String what;
        boolean lasting = false;
        if (answer != null) {
            what = ofAnswer(answer);
        } else if (find(failure, SSLException.class) != null || find(failure, CertificateException.class) != null) {
            what = ofTls(failure, trust);
            lasting = find(failure, CertificateException.class) != null
                    || find(failure, CertPathBuilderException.class) != null;
        } else {
            what = ofNetwork(failure, url);
        }
        Duration retryAfter = null;
        if (answer instanceof RetryAfterException unavailable && unavailable.getDelay() != null) {
            retryAfter = Duration.ofSeconds(Math.max(0, unavailable.getDelay()));
        }
        return new ConnectFailure(address(url) + " " + what, retryAfter, lasting);
    }

    private static String address(URI url) {
        final int port = url.getPort() >= 0 ? url.getPort() : "wss".equals(url.getScheme()) ? 443 : 80;
        return url.getHost() + ":" + port;
    }

    private static String ofAnswer(HandshakeException answer) {
        final int status = status(answer);
        return switch (status) {
            case UNAUTHORIZED, FORBIDDEN ->
                "refuses this client (HTTP " + status + "): it wants a key, or does not serve this host's address";
            case TOO_MANY_REQUESTS ->
                "has had too many requests from this host (HTTP 429): let fewer programs connect from here";
            default -> {
                if (status >= 500) {
                    yield "cannot serve at present (HTTP " + status + ")"
                            + (answer instanceof RetryAfterException later && later.getDelay() != null
                                    ? ": it asks to come back in " + Math.max(0, later.getDelay()) + " s"
                                    : "");
                }
                if (status >= 300 && status < 400) {
                    yield "sends clients elsewhere (HTTP " + status + "): give the new address with --url";
                }
                yield "is no WebSocket server at this path ("
                        + (status == SWITCHING_PROTOCOLS ? oneLine(answer) : "HTTP " + status) + "): check --url";
            }
        };
    }

    /** The status that the server sent; 101 for an upgrade that is none, for which Tyrus would have it 500. */
    private static int status(HandshakeException answer) {
        final int status = answer.getHttpStatusCode();
        return String.valueOf(answer.getMessage()).contains(Integer.toString(status))
                        || answer instanceof AuthenticationException
                ? status
                : SWITCHING_PROTOCOLS;
    }

    private static String ofTls(Throwable failure, ServerTrust trust) {
        final CertificateExpiredException expired = find(failure, CertificateExpiredException.class);
        if (expired != null || find(failure, CertificateNotYetValidException.class) != null) {
            return "shows a certificate that is " + (expired != null ? "expired" : "not valid yet")
                    + ": check this host's clock; if it is right, the server must renew its certificate";
        }
        if (find(failure, CertPathBuilderException.class) != null) {
            return "shows a certificate that " + trust
                    + " does not vouch for: if the server is yours, give its authority's certificate with --trust-store";
        }
        final CertificateException refused = find(failure, CertificateException.class);
        if (refused != null) {
            return "shows a certificate that is not good for it (" + oneLine(deepest(failure))
                    + "): check the host's name in --url";
        }
        return "does not agree on TLS (" + oneLine(deepest(failure)) + "): check scheme and port in --url";
    }

    private static String ofNetwork(Throwable failure, URI url) {
        if (has(failure, UnknownHostException.class::isInstance)
                || has(failure, UnresolvedAddressException.class::isInstance)) {
            return "is not found: check the host's name in --url, and this host's name service";
        }
        if (has(failure, NoRouteToHostException.class::isInstance)) {
            return "cannot be reached: check this host's network";
        }
        if (has(failure, ConnectException.class::isInstance)) {
            return "refuses the connection: check the port in --url, and that the server runs";
        }
        if (has(failure, TimeoutException.class::isInstance)) {
            return "does not answer: check the address in --url, and this host's network";
        }
        if (has(failure, e -> String.valueOf(e.getMessage()).startsWith("Handshake response not received"))) {
            return "takes the connection and does not answer as a WebSocket server: check scheme (" + url.getScheme()
                    + ") and port in --url";
        }
        return "cannot be connected to: " + oneLine(deepest(failure));
    }

    private static String oneLine(Throwable e) {
        final String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static Throwable deepest(Throwable failure) {
        Throwable e = failure;
        while (e.getCause() != null) {
            e = e.getCause();
        }
        return e;
    }

    private static boolean has(Throwable failure, Predicate<Throwable> wanted) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (wanted.test(e)) {
                return true;
            }
        }
        return false;
    }

    private static <T extends Throwable> T find(Throwable failure, Class<T> type) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (type.isInstance(e)) {
                return type.cast(e);
            }
        }
        return null;
    }
}
