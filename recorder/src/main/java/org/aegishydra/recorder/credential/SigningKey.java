package org.aegishydra.recorder.credential;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A private key for tokens, with the JDK's own signatures. It is read from what Coinbase gives out: a PEM text (SEC 1 as
 * downloaded, or PKCS #8 as OpenSSL converts it) for ES256, or the Base64 of 64 bytes (seed and public key) for Ed25519.
 */
final class SigningKey {
    private static final String FIELD = "privateKey";
    private static final String WANTED =
            "no private key that is known here: give it whole, as Coinbase shows it (a PEM text for ECDSA, Base64 for Ed25519)";

    /** The beginning of an ECPrivateKey (RFC 5915) of 32 bytes: SEQUENCE, version 1, OCTET STRING. */
    private static final byte[] SEC1_PREFIX = {0x02, 0x01, 0x01, 0x04, 0x20};

    /** The optional parameters that may follow it: the curve P-256 by its name. */
    private static final byte[] SEC1_CURVE = {
        (byte) 0xa0, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07
    };

    private static final int SEED_BYTES = 32;

    /** Signed once, so that a key that cannot sign is refused where it is read. */
    private static final byte[] PROBE = {1};

    private final PrivateKey key;
    private final String algorithm;
    private final String signature;

    private SigningKey(PrivateKey key) {
        this.key = key;
        final boolean ecdsa = key instanceof ECPrivateKey;
        algorithm = ecdsa ? "ES256" : "EdDSA";
        // A token wants r and s side by side, not in ASN.1.
        signature = ecdsa ? "SHA256withECDSAinP1363Format" : "Ed25519";
    }

    /** The private key among the fields; it has signed once when this returns. */
    static SigningKey of(KeyFields fields) {
        // A variable, or a text copied from a file, has the two characters \n in place of a line's end.
        final String text = fields.required(FIELD).replace("\\n", "\n");
        try {
            final SigningKey key = new SigningKey(text.contains("-----BEGIN") ? ofPem(text) : ofSeed(text));
            key.sign(PROBE);
            return key;
        } catch (final GeneralSecurityException | RuntimeException e) {
            // Neither the cause nor its words go on: they may quote the key.
            throw fields.refused(FIELD, WANTED);
        }
    }

    private static PrivateKey ofPem(String text) throws GeneralSecurityException {
        final boolean sec1 = text.contains("-----BEGIN EC PRIVATE KEY-----");
        final String label = sec1 ? "EC PRIVATE KEY" : "PRIVATE KEY";
        final int from = text.indexOf("-----BEGIN " + label + "-----") + label.length() + 16;
        final int to = text.indexOf("-----END " + label + "-----");
        final byte[] der = Base64.getDecoder().decode(text.substring(from, to).replaceAll("\\s", ""));
        return sec1 ? ofSec1(der) : ofPkcs8(der);
    }

    private static PrivateKey ofSec1(byte[] der) throws GeneralSecurityException {
        final int scalar = 2 + SEC1_PREFIX.length;
        final int rest = scalar + SEED_BYTES;
        final boolean begins =
                der[0] == 0x30 && der[1] == der.length - 2 && holds(der, 2, SEC1_PREFIX) && der.length >= rest;
        final boolean anotherCurve = der.length > rest && der[rest] == SEC1_CURVE[0] && !holds(der, rest, SEC1_CURVE);
        if (!begins || anotherCurve) {
            throw new GeneralSecurityException("no key of P-256");
        }
        final ECParameterSpec curve = p256();
        final BigInteger value = new BigInteger(1, Arrays.copyOfRange(der, scalar, rest));
        if (value.signum() == 0 || value.compareTo(curve.getOrder()) >= 0) {
            throw new GeneralSecurityException("out of range");
        }
        return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(value, curve));
    }

    private static boolean holds(byte[] der, int at, byte[] expected) {
        return der.length >= at + expected.length
                && Arrays.equals(der, at, at + expected.length, expected, 0, expected.length);
    }

    private static PrivateKey ofPkcs8(byte[] der) throws GeneralSecurityException {
        final PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(der);
        try {
            final ECPrivateKey key = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(encoded);
            final ECParameterSpec curve = p256();
            if (!key.getParams().getCurve().equals(curve.getCurve())) {
                throw new GeneralSecurityException("another curve");
            }
            return key;
        } catch (final InvalidKeySpecException e) {
            return KeyFactory.getInstance("Ed25519").generatePrivate(encoded);
        }
    }

    private static ECParameterSpec p256() throws GeneralSecurityException {
        final AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static PrivateKey ofSeed(String text) throws GeneralSecurityException {
        final byte[] bytes = Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        if (bytes.length != SEED_BYTES && bytes.length != 2 * SEED_BYTES) {
            throw new GeneralSecurityException("no seed");
        }
        final PrivateKey key = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOf(bytes, SEED_BYTES)));
        if (bytes.length > SEED_BYTES) {
            checkPair(key, Arrays.copyOfRange(bytes, SEED_BYTES, bytes.length));
        }
        return key;
    }

    /** Two halves that do not belong together would only be noticed by Coinbase's refusal. */
    private static void checkPair(PrivateKey key, byte[] encodedPoint) throws GeneralSecurityException {
        final byte[] bigEndian = new byte[SEED_BYTES];
        for (int i = 0; i < SEED_BYTES; i++) {
            bigEndian[i] = encodedPoint[SEED_BYTES - 1 - i];
        }
        final boolean odd = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7f;
        final PublicKey publicKey = KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(
                        NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, bigEndian))));
        final Signature check = Signature.getInstance("Ed25519");
        check.initVerify(publicKey);
        check.update(PROBE);
        if (!check.verify(new SigningKey(key).sign(PROBE))) {
            throw new GeneralSecurityException("two keys");
        }
    }

    /** As a token's header names it. */
    String algorithm() {
        return algorithm;
    }

    byte[] sign(byte[] message) {
        try {
            final Signature signing = Signature.getInstance(signature);
            signing.initSign(key);
            signing.update(message);
            return signing.sign();
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot sign with " + algorithm, e);
        }
    }

    @Override
    public String toString() {
        return algorithm;
    }
}
