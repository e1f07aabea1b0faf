package org.aegishydra.recorder.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.recorder.credential.Credential.Scheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00.900Z");
    private static final String NAME = "organizations/5d3c/apiKeys/77aa";
    private static final String HMAC_SECRET = "YSBzZWNyZXQgb2YgMzIgYnl0ZXMsIG1vcmUgb3Igc28=";

    @TempDir
    Path directory;

    private Path file(String mode, Map<String, ?> content) throws IOException {
        return file(mode, JSON.writeValueAsString(content));
    }

    private Path file(String mode, String content) throws IOException {
        final Path file = Files.createTempFile(directory, "key", ".json");
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static KeyPair pair(String algorithm) throws GeneralSecurityException {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        return generator.generateKeyPair();
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    /** As Coinbase's files have it: RFC 5915, with the curve and the public key. */
    private static byte[] sec1(KeyPair pair) {
        final ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.writeBytes(HexFormat.of().parseHex("30770201010420"));
        der.writeBytes(fixed(((ECPrivateKey) pair.getPrivate()).getS().toByteArray()));
        der.writeBytes(HexFormat.of().parseHex("a00a06082a8648ce3d030107a14403420004"));
        der.writeBytes(
                fixed(((ECPublicKey) pair.getPublic()).getW().getAffineX().toByteArray()));
        der.writeBytes(
                fixed(((ECPublicKey) pair.getPublic()).getW().getAffineY().toByteArray()));
        return der.toByteArray();
    }

    private static byte[] fixed(byte[] number) {
        final byte[] bytes = new byte[32];
        final int count = Math.min(32, number.length);
        System.arraycopy(number, number.length - count, bytes, 32 - count, count);
        return bytes;
    }

    /** Seed and public key side by side, as Coinbase gives out Ed25519 keys. */
    private static byte[] seedAndPoint(KeyPair pair) {
        final byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        final byte[] both = Arrays.copyOf(seed, 64);
        final byte[] encoded = pair.getPublic().getEncoded();
        System.arraycopy(encoded, encoded.length - 32, both, 32, 32);
        return both;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Credential load(Scheme scheme, Path file) {
        return Credential.load(scheme, file, Map.of()).orElseThrow();
    }

    private static String refused(Scheme scheme, Path file, Map<String, String> environment) {
        final UsageException e = assertThrows(UsageException.class, () -> Credential.load(scheme, file, environment));
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
        return e.getMessage();
    }

    /** Checks a token with the JDK's verifying half, and returns its header and its claims. */
    private static List<JsonNode> verified(Credential credential, String algorithm, PublicKey key) throws Exception {
        final Map<String, String> fields = credential.authentication(NOW);
        assertEquals(1, fields.size());
        final String[] parts = fields.get("jwt").split("\\.", -1);
        assertEquals(3, parts.length);
        final Base64.Decoder decoder = Base64.getUrlDecoder();
        final Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(key);
        verifying.update((parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII));
        final byte[] signature = decoder.decode(parts[2]);
        assertEquals(64, signature.length);
        assertTrue(verifying.verify(signature));
        assertFalse(fields.get("jwt").contains("="));
        return List.of(JSON.readTree(decoder.decode(parts[0])), JSON.readTree(decoder.decode(parts[1])));
    }

    private static void assertToken(String algorithm, List<JsonNode> token) {
        assertEquals(
                "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + NAME + "\",\"nonce\":\""
                        + token.get(0).get("nonce").textValue() + "\",\"typ\":\"JWT\"}",
                token.get(0).toString());
        assertTrue(token.get(0).get("nonce").textValue().matches("[0-9a-f]{32}"));
        final long second = 1_795_338_000L;
        assertEquals(
                "{\"iss\":\"cdp\",\"sub\":\"" + NAME + "\",\"nbf\":" + second + ",\"exp\":" + (second + 120) + "}",
                token.get(1).toString());
    }

    @Test
    void shouldSignWithAnEcdsaKeyAsDownloaded() throws Exception {
        final KeyPair pair = pair("EC");
        final Credential credential = load(
                Scheme.JWT, file("rw-------", Map.of("name", NAME, "privateKey", pem("EC PRIVATE KEY", sec1(pair)))));
        for (int i = 0; i < 20; i++) {
            assertToken("ES256", verified(credential, "SHA256withECDSAinP1363Format", pair.getPublic()));
        }
        assertNotEquals(credential.authentication(NOW), credential.authentication(NOW));
    }

    @Test
    void shouldSignWithAKeyInPkcs8() throws Exception {
        final KeyPair ecdsa = pair("EC");
        final Path file = file(
                "r--------",
                Map.of(
                        "name",
                        NAME,
                        "privateKey",
                        pem("PRIVATE KEY", ecdsa.getPrivate().getEncoded())));
        assertToken("ES256", verified(load(Scheme.JWT, file), "SHA256withECDSAinP1363Format", ecdsa.getPublic()));
        final KeyPair edwards = pair("Ed25519");
        final Path other = file(
                "rw-------",
                Map.of(
                        "name",
                        NAME,
                        "privateKey",
                        pem("PRIVATE KEY", edwards.getPrivate().getEncoded())));
        assertToken("EdDSA", verified(load(Scheme.JWT, other), "Ed25519", edwards.getPublic()));
    }

    @Test
    void shouldSignWithAnEdwardsKeyAsDownloaded() throws Exception {
        for (int i = 0; i < 10; i++) {
            final KeyPair pair = pair("Ed25519");
            final Path file = file("rw-------", Map.of("id", NAME, "privateKey", base64(seedAndPoint(pair))));
            assertToken("EdDSA", verified(load(Scheme.JWT, file), "Ed25519", pair.getPublic()));
        }
    }

    @Test
    void shouldTakeAKeyFromTheEnvironment() throws Exception {
        final KeyPair pair = pair("EC");
        final Map<String, String> environment = Map.of(
                "AEGIS_COINBASE_KEY_NAME",
                NAME,
                "AEGIS_COINBASE_PRIVATE_KEY",
                pem("EC PRIVATE KEY", sec1(pair)).replace("\r", "").replace("\n", "\\n"));
        final Credential credential =
                Credential.load(Scheme.JWT, null, environment).orElseThrow();
        assertToken("ES256", verified(credential, "SHA256withECDSAinP1363Format", pair.getPublic()));
        assertTrue(Credential.load(Scheme.HMAC, null, environment).isEmpty());
        assertTrue(Credential.load(Scheme.JWT, null, Map.of("AEGIS_COINBASE_KEY_NAME", ""))
                .isEmpty());
        assertEquals(
                "the environment holds no AEGIS_COINBASE_PRIVATE_KEY: a key for this feed consists of"
                        + " AEGIS_COINBASE_KEY_NAME and AEGIS_COINBASE_PRIVATE_KEY",
                refused(Scheme.JWT, null, Map.of("AEGIS_COINBASE_KEY_NAME", NAME)));
    }

    /** The signature is what OpenSSL and Python's hmac give for these inputs. */
    @Test
    void shouldSignForExchange() throws IOException {
        final Path file = file("rw-------", Map.of("key", "k1", "secret", HMAC_SECRET, "passphrase", "open sesame"));
        final Credential credential = load(Scheme.HMAC, file);
        assertEquals(
                Map.of(
                        "signature",
                        "CUqUmcfT8pJ0pZFpT5EaL/sEz+jMOYSUrKkG4jDTwvo=",
                        "key",
                        "k1",
                        "passphrase",
                        "open sesame",
                        "timestamp",
                        "1795338000"),
                credential.authentication(NOW));
        final Map<String, String> environment = Map.of(
                "AEGIS_EXCHANGE_KEY", "k1",
                "AEGIS_EXCHANGE_SECRET", HMAC_SECRET,
                "AEGIS_EXCHANGE_PASSPHRASE", "open sesame");
        assertEquals(
                credential.authentication(NOW),
                Credential.load(Scheme.HMAC, null, environment).orElseThrow().authentication(NOW));
    }

    @Test
    void shouldRefuseAFileThatOthersMayUse() throws IOException {
        for (final String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rw------x"}) {
            final Path file = file(mode, Map.of("key", "k", "secret", HMAC_SECRET, "passphrase", "p"));
            final int octal = (Integer) Files.getAttribute(file, "unix:mode") & 0777;
            assertEquals(
                    "--key-file " + file + " can be used by others (mode " + Integer.toOctalString(octal)
                            + "): chmod 600 " + file,
                    refused(Scheme.HMAC, file, Map.of()));
        }
    }

    @Test
    void shouldLookAtWhatALinkLeadsTo() throws IOException {
        final Map<String, String> key = Map.of("key", "k", "secret", HMAC_SECRET, "passphrase", "p");
        final Path good = Files.createSymbolicLink(directory.resolve("good"), file("rw-------", key));
        assertEquals("k", load(Scheme.HMAC, good).authentication(NOW).get("key"));
        final Path open = file("rw-r--r--", key).toRealPath();
        final Path link = Files.createSymbolicLink(directory.resolve("open"), open);
        assertEquals(
                "--key-file " + link + " can be used by others (mode 644): chmod 600 " + open,
                refused(Scheme.HMAC, link, Map.of()));
        final Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nothing"));
        assertTrue(refused(Scheme.HMAC, dangling, Map.of()).contains("does not exist"));
    }

    @Test
    void shouldRefuseWhatIsNoKeyFile() throws IOException {
        assertEquals(
                "--key-file " + directory + " is no file: give the key file that Coinbase let you download",
                refused(Scheme.JWT, directory, Map.of()));
        assertTrue(refused(Scheme.JWT, file("rw-------", "[1]"), Map.of()).contains("is no JSON object"));
        assertTrue(refused(Scheme.JWT, file("rw-------", ""), Map.of()).contains("is no JSON object"));
        assertTrue(refused(Scheme.JWT, file("rw-------", "x".repeat(70_000)), Map.of())
                .contains("is larger than 65536 bytes"));
        final Path exchange = file("rw-------", Map.of("key", "k", "secret", HMAC_SECRET, "passphrase", "p"));
        assertEquals(
                "--key-file " + exchange
                        + " holds no \"name\": a key for this feed consists of \"name\" and \"privateKey\"",
                refused(Scheme.JWT, exchange, Map.of()));
        final Path platform = file("rw-------", Map.of("name", NAME, "privateKey", "x"));
        assertEquals(
                "--key-file " + platform
                        + " holds no \"key\": a key for this feed consists of \"key\" and \"secret\" and \"passphrase\"",
                refused(Scheme.HMAC, platform, Map.of()));
    }

    @Test
    void shouldRefuseADamagedKeyWithoutQuotingIt() throws Exception {
        final KeyPair ecdsa = pair("EC");
        final byte[] otherCurve = sec1(ecdsa);
        // The last byte of the curve's name: another curve.
        otherCurve[7 + 32 + 11] = 0x0a;
        final byte[] two = seedAndPoint(pair("Ed25519"));
        System.arraycopy(seedAndPoint(pair("Ed25519")), 32, two, 32, 32);
        final KeyPairGenerator larger = KeyPairGenerator.getInstance("EC");
        larger.initialize(new ECGenParameterSpec("secp384r1"));
        final KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        for (final String key : new String[] {
            "SECRETSECRETSECRET",
            "-----BEGIN EC PRIVATE KEY-----\nSECRETSECRETSECRET\n-----END EC PRIVATE KEY-----",
            "-----BEGIN EC PRIVATE KEY-----\nSECRETSECRETSECRET",
            "-----BEGIN EC PRIVATE KEY-----\n\n-----END EC PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\nSECRETSECRETSECRET\n-----END PRIVATE KEY-----",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nSECRETSECRETSECRET\n-----END ENCRYPTED PRIVATE KEY-----",
            pem("EC PRIVATE KEY", otherCurve),
            pem("EC PRIVATE KEY", Arrays.copyOf(sec1(ecdsa), 50)),
            pem("PRIVATE KEY", larger.generateKeyPair().getPrivate().getEncoded()),
            pem("PRIVATE KEY", rsa.generateKeyPair().getPrivate().getEncoded()),
            base64(two),
            base64(Arrays.copyOf(two, 63))
        }) {
            final Path file = file("rw-------", Map.of("name", NAME, "privateKey", key));
            final UsageException e =
                    assertThrows(UsageException.class, () -> Credential.load(Scheme.JWT, file, Map.of()), key);
            assertTrue(
                    e.getMessage()
                            .startsWith("\"privateKey\" in --key-file " + file + " is no private key that is known"),
                    e.getMessage());
            assertSilent(key, trace(e));
        }
        final Path file = file("rw-------", Map.of("key", "k", "secret", "SECRET!SECRET", "passphrase", "p"));
        assertEquals(
                "\"secret\" in --key-file " + file + " is not Base64: give the secret as Coinbase shows it",
                refused(Scheme.HMAC, file, Map.of()));
        for (final String content : new String[] {
            "{\"name\": SECRETSECRETSECRET}",
            "{\"name\": \"SECRETSECRETSECRET",
            "SECRETSECRETSECRET",
            "\u0000SECRETSECRETSECRET"
        }) {
            final Path noJson = file("rw-------", content);
            final UsageException e =
                    assertThrows(UsageException.class, () -> Credential.load(Scheme.JWT, noJson, Map.of()));
            assertTrue(e.getMessage().contains("is no JSON (line 1, column "), e.getMessage());
            assertSilent(content, trace(e));
        }
    }

    @Test
    void shouldSayNothingOfItself() throws Exception {
        final String ecdsa = pem("EC PRIVATE KEY", sec1(pair("EC")));
        final String edwards = base64(seedAndPoint(pair("Ed25519")));
        for (final String key : new String[] {ecdsa, edwards}) {
            final Credential credential = load(Scheme.JWT, file("rw-------", Map.of("name", NAME, "privateKey", key)));
            assertSilent(key, said(credential));
            assertFalse(said(credential).contains(NAME));
        }
        final Credential exchange = load(
                Scheme.HMAC, file("rw-------", Map.of("key", "k1k1", "secret", HMAC_SECRET, "passphrase", "sesame")));
        assertSilent(HMAC_SECRET, said(exchange));
        assertFalse(said(exchange).contains("sesame"));
        assertFalse(said(exchange).contains("k1k1"));
    }

    /** What gets out when somebody prints it, or puts it into a report. */
    private static String said(Credential credential) {
        final Exception e = assertThrows(
                IllegalArgumentException.class, () -> Program.toJson(Map.of("key", credential)), credential.toString());
        return credential + " " + trace(e);
    }

    private static String trace(Exception e) {
        final StringWriter out = new StringWriter();
        e.printStackTrace(new PrintWriter(out, true));
        return out.toString();
    }

    private static void assertSilent(String key, String said) {
        final String bare = key.replaceAll("-----[A-Z ]*-----|\\s", "");
        for (int i = 0; i + 10 <= bare.length(); i += 10) {
            assertFalse(said.contains(bare.substring(i, i + 10)), said);
        }
    }
}
