// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.transport;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Set;

/**
 * How the agent proves who it is over TLS, and whom it lets in: a controller must show a certificate.
 *
 * @param certificate certificate of the agent with its chain, PEM
 * @param privateKey its private key, PEM, PKCS#8, PKCS#1 or SEC 1, not encrypted
 * @param trustedCertificates certificates of controllers or of authorities that issue them, PEM
 * @param fingerprints if not empty, only controllers whose certificate has one of these SHA-256 fingerprints, in lower
 *                     case hexadecimal, get in
 */
public record TlsParameters(Path certificate, Path privateKey, Path trustedCertificates, Set<String> fingerprints) {
    public TlsParameters {
        requireNonNull(certificate);
        requireNonNull(privateKey);
        requireNonNull(trustedCertificates);
        fingerprints = Set.copyOf(fingerprints);
    }
}
