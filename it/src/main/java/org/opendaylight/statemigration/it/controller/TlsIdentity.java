// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.controller;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key and its self-signed certificate, made for one run.
 *
 * @param keyPem the private key, PEM, in the traditional form (PKCS#1) that the controller's keystore asks for
 * @param certificatePem the certificate, PEM
 */
public record TlsIdentity(String keyPem, String certificatePem) {
    private static final int KEY_BITS = 2048;
    private static final Duration VALIDITY = Duration.ofDays(2);

    public TlsIdentity {
        requireNonNull(keyPem);
        requireNonNull(certificatePem);
    }

    /**
     * Make a new identity.
     *
     * @param name common name in the certificate
     * @return the identity
     */
    public static TlsIdentity create(final String name) {
        try {
            final var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            final var pair = generator.generateKeyPair();
            final var subject = new X500Principal("CN=" + name);
            // A little in the past: clocks of two machines differ
            final var from = Instant.now().minus(Duration.ofHours(1));
            final var certificate = new JcaX509v3CertificateBuilder(subject, new BigInteger(64, new SecureRandom()),
                Date.from(from), Date.from(from.plus(VALIDITY)), subject, pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()));
            return new TlsIdentity(pem(pair.getPrivate()), pem(certificate));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("This Java cannot make an RSA certificate", e);
        }
    }

    private static String pem(final Object what) throws IOException {
        final var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        }
        return text.toString();
    }

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "TlsIdentity[" + certificatePem + "]";
    }
}
