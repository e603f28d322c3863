// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import java.util.List;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.upload.output.ChunkBuilder;

/**
 * A way to represent the flows of a chunk in messages of IF(M,A). Another representation is another implementation and
 * one more line in {@link #ALL}; which one two State Hosts use is told by
 * {@link Representation#common(org.opendaylight.statemigration.host.HostProfile,
 * org.opendaylight.statemigration.host.HostProfile)}.
 */
interface ChunkEncoding {
    /** All representations that are known here. Chunks in which none of them finds itself have the first. */
    List<ChunkEncoding> ALL = List.of(
        new YangListEncoding());

    /**
     * What a chunk holds.
     *
     * @param flows flows that are new or changed
     * @param ended what identifies flows that have ended
     */
    record Content(List<Flow> flows, List<FlowKey> ended) {
    }

    /** {@return the representation, by which State Hosts offer it in their profiles} */
    Representation representation();

    /**
     * Put the content of a chunk into a message.
     *
     * @param chunk the chunk
     * @param message the message, which has the sequence number and the digest of the chunk already
     */
    void encode(Chunk chunk, ChunkBuilder message);

    /** {@return whether the content of a message has this representation} */
    boolean isIn(org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.Chunk message);

    /**
     * Take the content out of a message.
     *
     * @param message the message
     * @return the content
     * @throws IllegalArgumentException if it contradicts itself or lacks what the model demands
     */
    Content decode(org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.Chunk message);

    /** {@return the encoding of a representation} */
    static ChunkEncoding of(final Representation representation) {
        return ALL.stream().filter(encoding -> encoding.representation() == representation).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("Representation " + representation + " has no encoding"));
    }

    /** {@return the encoding that the content of a message has} */
    static ChunkEncoding in(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.Chunk message) {
        return ALL.stream().filter(encoding -> encoding.isIn(message)).findFirst().orElse(ALL.getFirst());
    }
}
