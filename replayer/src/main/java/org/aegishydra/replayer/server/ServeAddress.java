package org.aegishydra.replayer.server;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.aegishydra.core.command.UsageException;

/**
 * Where a server listens.
 *
 * @param host a name or number of one of this host's addresses.
 * @param port 0 for any that is free.
 * @param tls what it proves itself with; null for no encryption.
 */
public record ServeAddress(String host, int port, SSLContext tls) {
    /** Reached from this host only. */
    public static final String LOOPBACK = "127.0.0.1";

    public ServeAddress {
        if (port < 0 || port > 65_535) {
            throw new UsageException("--port " + port + ": must be from 0 (any free one) to 65535");
        }
        try {
            InetAddress.getByName(host);
        } catch (final UnknownHostException e) {
            throw new UsageException("--bind " + host + ": is no address of this host, such as 127.0.0.1 or 0.0.0.0");
        }
    }

    /** On the loopback interface, without encryption. */
    public static ServeAddress loopback(int port) {
        return new ServeAddress(LOOPBACK, port, null);
    }

    /** What a client connects to. */
    String url(int boundPort) {
        final String name = host.contains(":") ? "[" + host + "]" : host;
        return (tls == null ? "ws://" : "wss://") + name + ":" + boundPort + "/";
    }

    /**
     * The private key and certificate of a key store.
     *
     * @param file PKCS#12 or JKS.
     * @param password of the store and of the key in it.
     * @throws UsageException if it cannot be read, or holds no private key.
     */
    public static SSLContext tls(File file, char[] password) {
        if (!file.isFile()) {
            throw new UsageException("--tls-key-store " + file + ": is no file");
        }
        try {
            final KeyStore store = KeyStore.getInstance(file, password);
            boolean hasKey = false;
            for (final String alias : Collections.list(store.aliases())) {
                hasKey |= store.isKeyEntry(alias);
            }
            if (!hasKey) {
                throw new UsageException("--tls-key-store " + file + ": holds no private key");
            }
            final KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (final IOException | GeneralSecurityException e) {
            throw new UsageException("--tls-key-store " + file + ": cannot be opened (" + e.getMessage()
                    + "); it must be PKCS#12 or JKS, and the password the right one");
        }
    }
}
