package org.aegishydra.recorder.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.aegishydra.core.command.UsageException;

/**
 * Whose certificates a {@code wss} server may show: those of this Java's trust store, or of a file of the user's alone. The
 * host's name is checked against the certificate in either case. Immutable.
 */
public final class ServerTrust {
    private final SSLContext context;
    private final String name;

    private ServerTrust(KeyStore authorities, String name) throws GeneralSecurityException {
        final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        this.name = name;
    }

    /**
     * The trust in force.
     *
     * @param file certificates in PEM, one after the other, as given by {@code --trust-store}: they replace this Java's;
     *     null for this Java's own.
     * @throws UsageException if there is no certificate to be had, in one line.
     */
    public static ServerTrust of(Path file) {
        try {
            return file == null
                    ? new ServerTrust(null, "this Java's trust store")
                    : new ServerTrust(authorities(file), file.toString());
        } catch (final GeneralSecurityException e) {
            throw new UsageException(
                    file == null
                            ? "this Java's trust store cannot be used (" + e.getMessage()
                                    + "): repair it, or give a file of certificates with --trust-store"
                            : "--trust-store " + file + " cannot be used: " + e.getMessage());
        }
    }

    private static KeyStore authorities(Path file) throws GeneralSecurityException {
        final Collection<? extends Certificate> certificates;
        try (InputStream in = Files.newInputStream(file)) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (final IOException e) {
            throw new UsageException("--trust-store " + file + " cannot be read: "
                    + (Files.exists(file) ? e.getMessage() : "there is no such file"));
        } catch (final CertificateException e) {
            throw notPem(file);
        }
        if (certificates.isEmpty()) {
            throw notPem(file);
        }
        final KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, null);
        } catch (final IOException e) {
            throw new GeneralSecurityException(e);
        }
        int number = 0;
        for (final Certificate certificate : certificates) {
            store.setCertificateEntry("authority-" + number++, certificate);
        }
        return store;
    }

    private static UsageException notPem(Path file) {
        return new UsageException("--trust-store " + file
                + " holds no certificates in PEM: give such a file, for example" + " made by keytool -exportcert -rfc");
    }

    /**
     * For {@code ClientEndpointConfig.Builder.sslContext}. As a property of the client it would be used for {@code ws}
     * addresses too; given this way, Tyrus uses it for {@code wss} alone, and checks the host's name.
     */
    public SSLContext sslContext() {
        return context;
    }

    /** Where the trusted certificates come from, for people. */
    @Override
    public String toString() {
        return name;
    }
}
