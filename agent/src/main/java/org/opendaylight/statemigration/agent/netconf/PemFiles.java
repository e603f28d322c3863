package org.opendaylight.statemigration.agent.netconf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Keys and certificates in PEM files. The messages of exceptions name the file and say what is wrong with it. */
final class PemFiles {
    private PemFiles() {
        // Hidden on purpose
    }

    /**
     * Read certificates.
     *
     * @param file the file
     * @return all certificates in it, at least one
     * @throws IOException if it cannot be read
     * @throws GeneralSecurityException if there is none in it
     */
    static List<X509Certificate> certificates(final Path file) throws IOException, GeneralSecurityException {
        final List<X509Certificate> certificates;
        try (var in = Files.newInputStream(file)) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                .map(X509Certificate.class::cast).toList();
        } catch (CertificateException e) {
            throw new GeneralSecurityException(file + " does not hold X.509 certificates in PEM format", e);
        }
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("There is no certificate in " + file);
        }
        return certificates;
    }

    /**
     * Read a private key.
     *
     * @param file the file: PKCS#8, PKCS#1 or SEC 1
     * @return the first private key in it
     * @throws IOException if it cannot be read
     * @throws GeneralSecurityException if there is none in it
     */
    static PrivateKey privateKey(final Path file) throws IOException, GeneralSecurityException {
        final var converter = new JcaPEMKeyConverter();
        try (var parser = new PEMParser(Files.newBufferedReader(file))) {
            for (var object = parser.readObject(); object != null; object = parser.readObject()) {
                switch (object) {
                    case PrivateKeyInfo key -> {
                        return converter.getPrivateKey(key);
                    }
                    case PEMKeyPair pair -> {
                        return converter.getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    default -> {
                        // Such as the parameters that openssl puts before an elliptic curve key
                    }
                }
            }
        }
        throw new GeneralSecurityException("There is no private key in " + file + " that is not encrypted");
    }
}
