package org.aegishydra.recorder.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority, and the certificates it gave to servers; made by the JDK's own keytool. */
final class Certificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path directory;
    private final Path store;

    Certificates(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        store = directory.resolve("certificates.p12");
        keytool("-genkeypair -alias authority -keyalg EC -dname CN=Authority -ext bc:c -startdate -100d -validity 365");
    }

    /** A certificate for a server of these names, for example {@code dns:localhost}. */
    void issue(String alias, String alternativeNames, String startDate, int days)
            throws IOException, InterruptedException {
        keytool("-genkeypair -alias " + alias + " -keyalg EC -signer authority -dname CN=" + alias + " -ext san="
                + alternativeNames + " -startdate " + startDate + " -validity " + days);
    }

    /** The sockets of a server that shows this certificate. */
    ServerSocketFactory sockets(String alias) throws GeneralSecurityException, IOException {
        final KeyStore all = load();
        final KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
        final KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(own, PASSWORD);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    /** A certificate as a PEM file. */
    Path pem(String alias) throws GeneralSecurityException, IOException {
        final Certificate certificate = load().getCertificate(alias);
        final String text = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate.getEncoded()) + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(directory.resolve(alias + ".pem"), text);
    }

    /** The file that holds all of it, keys included. */
    Path store() {
        return store;
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(store.toFile(), PASSWORD);
    }

    private void keytool(String arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ", -1)));
        command.addAll(
                List.of("-J-XX:TieredStopAtLevel=1", "-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
        command.addAll(List.of("-keystore", store.toString()));
        final Path output = directory.resolve("keytool.txt");
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertEquals(0, process.waitFor(), Files.readString(output));
    }
}
