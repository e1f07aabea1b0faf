package org.aegishydra.recorder.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Certificates for servers on loopback, made by the JDK's keytool in a test's own directory. */
final class TestCertificates {
    private static final String PASSWORD = "not-secret";

    private final Path certificate;
    private final SSLContext context;

    private TestCertificates(Path certificate, SSLContext context) {
        this.certificate = certificate;
        this.context = context;
    }

    /** A certificate for 127.0.0.1, to be trusted. */
    static TestCertificates right(Path directory) {
        return make(directory, "right", "ip:127.0.0.1,dns:localhost");
    }

    /** A certificate for another host, to be trusted. */
    static TestCertificates wrongHost(Path directory) {
        return make(directory, "wrong-host", "dns:elsewhere.example");
    }

    /** A server's certificate that nobody trusts. */
    static SSLContext untrusted(Path directory) {
        return make(directory, "untrusted", "ip:127.0.0.1").context;
    }

    /** What a server uses. */
    SSLContext context() {
        return context;
    }

    /** What a client is to trust: a PEM file. */
    Path certificate() {
        return certificate;
    }

    private static TestCertificates make(Path directory, String name, String names) {
        final Path keys = directory.resolve(name + "-keys.p12");
        final Path certificate = directory.resolve(name + ".pem");
        final String store = keys.toString();
        try {
            keytool(
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    "san=" + names,
                    "-validity",
                    "2",
                    "-keystore",
                    store);
            keytool("-exportcert", "-rfc", "-alias", name, "-file", certificate.toString(), "-keystore", store);
            return new TestCertificates(certificate, context(keys));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }

    private static SSLContext context(Path keys) throws IOException, GeneralSecurityException {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        final KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
