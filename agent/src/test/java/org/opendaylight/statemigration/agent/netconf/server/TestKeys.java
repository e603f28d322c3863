// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.apache.commons.codec.digest.Crypt;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.opendaylight.netconf.shaded.sshd.common.config.keys.PublicKeyEntry;
import org.opendaylight.statemigration.agent.netconf.transport.SshParameters;
import org.opendaylight.statemigration.agent.netconf.transport.TlsParameters;

/** Keys and certificates of an agent, of its controller and of a stranger, made anew in a folder. */
final class TestKeys {
    /** A key with its certificate. */
    record Identity(KeyPair key, X509Certificate certificate) {
    }

    static final String USER = "controller";
    static final String PASSWORD = "correct horse";
    /** Of {@link #PASSWORD}, by 'openssl passwd -6'. */
    static final String PASSWORD_HASH = Crypt.crypt(PASSWORD, "$6$5a17N0tS3cret");

    private static final String ECDSA = "SHA256withECDSA";

    final Identity authority;
    final Identity agent;
    final Identity controller;
    /** Of the same name as the controller, but issued by nobody. */
    final Identity stranger;
    final KeyPair hostKey;
    private final Path folder;

    TestKeys(final Path folder) throws GeneralSecurityException, IOException {
        this.folder = folder;
        final var authorityKey = ecKey();
        authority = new Identity(authorityKey, certificate("CN=authority", authorityKey, "CN=authority", authorityKey,
            ECDSA, true));
        agent = issue("CN=agent");
        controller = issue("CN=controller");
        final var strangerKey = ecKey();
        stranger = new Identity(strangerKey,
            certificate("CN=controller", strangerKey, "CN=controller", strangerKey, ECDSA, true));
        final var rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        hostKey = rsa.generateKeyPair();
        write("host_key", hostKey);
        write("agent.key", new JcaPKCS8Generator(agent.key().getPrivate(), null));
        write("agent.pem", agent.certificate());
        write("trusted.pem", authority.certificate());
        Files.writeString(path("authorized_keys"),
            PublicKeyEntry.toString(controller.key().getPublic()) + " controller\n");
    }

    Path path(final String name) {
        return folder.resolve(name);
    }

    SshParameters ssh() {
        return new SshParameters(path("host_key"), USER, Optional.of(path("authorized_keys")),
            Optional.of(PASSWORD_HASH));
    }

    TlsParameters tls(final String... fingerprints) {
        return new TlsParameters(path("agent.pem"), path("agent.key"), path("trusted.pem"), Set.of(fingerprints));
    }

    /** What a controller needs to talk TLS with this identity, or with none. */
    SSLContext tlsOf(final Identity identity) throws GeneralSecurityException, IOException {
        final var password = "x".toCharArray();
        final var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        if (identity != null) {
            keys.setKeyEntry("key", identity.key().getPrivate(), password,
                new X509Certificate[] {identity.certificate()});
        }
        final var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, password);
        final var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("authority", authority.certificate());
        final var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(trust);
        final var context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }

    void write(final String name, final Object... pem) throws IOException {
        final var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            Arrays.stream(pem).forEach(object -> {
                try {
                    writer.writeObject(object);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        Files.writeString(path(name), text.toString());
    }

    private Identity issue(final String name) throws GeneralSecurityException, IOException {
        final var key = ecKey();
        return new Identity(key, certificate(name, key, "CN=authority", authority.key(), ECDSA, false));
    }

    Identity selfSigned(final String name, final KeyPair key, final String signature)
            throws GeneralSecurityException, IOException {
        return new Identity(key, certificate(name, key, name, key, signature, false));
    }

    static KeyPair ecKey() throws GeneralSecurityException {
        final var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(final String subject, final KeyPair key, final String issuer,
            final KeyPair issuerKey, final String signature, final boolean authority)
            throws GeneralSecurityException, IOException {
        final var now = Instant.now();
        try {
            return new JcaX509CertificateConverter().getCertificate(
                new JcaX509v3CertificateBuilder(new X500Principal(issuer), BigInteger.valueOf(System.nanoTime()),
                    Date.from(now.minus(Duration.ofHours(1))), Date.from(now.plus(Duration.ofDays(1))),
                    new X500Principal(subject), key.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
                    .build(new JcaContentSignerBuilder(signature).build(issuerKey.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
