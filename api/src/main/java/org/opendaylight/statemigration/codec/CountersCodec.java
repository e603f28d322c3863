// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import org.opendaylight.statemigration.flow.Counters;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.CountersBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.counters.OriginalBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.counters.ReplyBuilder;
import org.opendaylight.yangtools.yang.common.Uint64;

/** Counters of a flow. */
final class CountersCodec {
    private CountersCodec() {
        // Hidden on purpose
    }

    static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.Counters encode(
            final Counters original, final Counters reply) {
        final boolean noOriginal = original.equals(Counters.NONE);
        final boolean noReply = reply.equals(Counters.NONE);
        return noOriginal && noReply ? null : new CountersBuilder()
            .setOriginal(noOriginal ? null : new OriginalBuilder()
                .setPackets(Uint64.fromLongBits(original.packets()))
                .setOctets(Uint64.fromLongBits(original.octets()))
                .build())
            .setReply(noReply ? null : new ReplyBuilder()
                .setPackets(Uint64.fromLongBits(reply.packets()))
                .setOctets(Uint64.fromLongBits(reply.octets()))
                .build())
            .build();
    }

    static Counters decodeOriginal(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123
                .flow.Counters counters) {
        return counters == null ? Counters.NONE : decode(counters.getOriginal());
    }

    static Counters decodeReply(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123
                .flow.Counters counters) {
        return counters == null ? Counters.NONE : decode(counters.getReply());
    }

    private static Counters decode(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.Counters counters) {
        return counters == null ? Counters.NONE
            : new Counters(bits(counters.getPackets()), bits(counters.getOctets()));
    }

    private static long bits(final Uint64 value) {
        return value == null ? 0 : value.longValue();
    }
}
