// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.transport;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the agent proves who it is over SSH, and whom it lets in. A controller gets in with a public key or, where both
 * sides must make do with it, with a password.
 *
 * @param hostKey private key of the agent, in OpenSSH or PEM format
 * @param user user name that controllers log in with
 * @param authorizedKeys public keys of controllers, in the format of OpenSSH; read again when it changes
 * @param passwordHash crypt(3) hash of the password, SHA-256 or SHA-512
 */
public record SshParameters(Path hostKey, String user, Optional<Path> authorizedKeys, Optional<String> passwordHash) {
    public SshParameters {
        requireNonNull(hostKey);
        requireNonNull(user);
        requireNonNull(authorizedKeys);
        requireNonNull(passwordHash);
        if (authorizedKeys.isEmpty() && passwordHash.isEmpty()) {
            throw new IllegalArgumentException("SSH needs authorized keys or a password hash, or nobody can log in");
        }
        if (!passwordHash.map(CryptHash::isValid).orElse(true)) {
            throw new IllegalArgumentException("The password hash is not a crypt(3) hash of type $5$ or $6$, such as"
                + " 'openssl passwd -6' makes");
        }
    }

    /** Keeps the hash out of logs. */
    @Override
    public String toString() {
        return "SshParameters[hostKey=" + hostKey + ", user=" + user + ", authorizedKeys=" + authorizedKeys + "]";
    }
}
