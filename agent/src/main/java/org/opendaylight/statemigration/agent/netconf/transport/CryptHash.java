// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.transport;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Crypt;

/** Password hashes of crypt(3), types 5 (SHA-256) and 6 (SHA-512). */
final class CryptHash {
    private static final Pattern PATTERN = Pattern.compile(
        "\\$5\\$(rounds=\\d{4,9}\\$)?[a-zA-Z0-9./]{1,16}\\$[a-zA-Z0-9./]{43}"
        + "|\\$6\\$(rounds=\\d{4,9}\\$)?[a-zA-Z0-9./]{1,16}\\$[a-zA-Z0-9./]{86}");

    private CryptHash() {
        // Hidden on purpose
    }

    static boolean isValid(final String hash) {
        return PATTERN.matcher(hash).matches();
    }

    /** Compares in a time that does not depend on where the first difference is. */
    static boolean matches(final String hash, final String password) {
        return MessageDigest.isEqual(hash.getBytes(StandardCharsets.US_ASCII),
            Crypt.crypt(password, hash).getBytes(StandardCharsets.US_ASCII));
    }
}
