// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** Keys and certificates in PEM files. The messages of exceptions name the file and say what is wrong with it. */
public final class PemFiles {
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
    public static List<X509Certificate> certificates(final Path file) throws IOException, GeneralSecurityException {
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
     * Read the private key that belongs to a certificate.
     *
     * @param file the file: PKCS#8, PKCS#1 or SEC 1, not encrypted
     * @param certificate the certificate
     * @return the first private key in it
     * @throws IOException if it cannot be read
     * @throws GeneralSecurityException if there is none in it, or one that belongs to something else
     */
    public static PrivateKey privateKey(final Path file, final X509Certificate certificate)
            throws IOException, GeneralSecurityException {
        final var algorithm = certificate.getPublicKey().getAlgorithm();
        try {
            final var key = KeyFactory.getInstance(algorithm).generatePrivate(
                new PKCS8EncodedKeySpec(keyInfo(file).getEncoded()));
            if (belongs(key, certificate.getPublicKey())) {
                return key;
            }
        } catch (InvalidKeySpecException e) {
            throw new GeneralSecurityException("The private key in " + file + " is damaged or not of type " + algorithm
                + ", as its certificate is", e);
        }
        throw new GeneralSecurityException("The private key in " + file + " does not belong to the certificate of "
            + certificate.getSubjectX500Principal());
    }

    private static PrivateKeyInfo keyInfo(final Path file) throws IOException, GeneralSecurityException {
        try (var parser = new PEMParser(Files.newBufferedReader(file))) {
            for (var object = parser.readObject(); object != null; object = parser.readObject()) {
                switch (object) {
                    case PrivateKeyInfo key -> {
                        return key;
                    }
                    case PEMKeyPair pair -> {
                        return pair.getPrivateKeyInfo();
                    }
                    default -> {
                        // Such as the parameters that openssl puts before an elliptic curve key
                    }
                }
            }
        } catch (PEMException e) {
            throw new GeneralSecurityException("The private key in " + file + " is damaged or of an unknown kind", e);
        }
        throw new GeneralSecurityException("There is no private key in " + file + " that is not encrypted");
    }

    private static boolean belongs(final PrivateKey key, final PublicKey publicKey) throws GeneralSecurityException {
        final var signature = Signature.getInstance(switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        });
        signature.initSign(key);
        final var signed = signature.sign();
        signature.initVerify(publicKey);
        return signature.verify(signed);
    }
}
