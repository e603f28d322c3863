// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Labels;
import org.opendaylight.statemigration.flow.Nat;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.SequenceAdjustment;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.chunk.FlowBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.NatBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.OriginalBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.ReplyBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.Sctp;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.SctpBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.Tcp;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.TcpBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.nat.DestinationBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.nat.SourceBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.tcp.OriginatorBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.tcp.ResponderBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.tcp.end.SequenceAdjustmentBuilder;
import org.opendaylight.yangtools.yang.common.Empty;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint8;

/** Flows: grouping {@code flow} of module {@code statemigration-flow-state}. */
public final class FlowCodec {
    private FlowCodec() {
        // Hidden on purpose
    }

    /**
     * Flow to YANG. What has its default value is left out.
     *
     * @param flow the flow
     * @return a builder with everything but the list key
     */
    public static FlowBuilder encode(final Flow flow) {
        return new FlowBuilder()
            .setVirtualNetwork(VmCodec.encodeNetwork(flow.key().network()))
            .setProtocol(Uint8.valueOf(flow.key().protocol()))
            .setOriginal(new OriginalBuilder(TupleCodec.encode(flow.key().original())).build())
            .setReply(new ReplyBuilder(TupleCodec.encode(flow.reply())).build())
            .setNat(encodeNat(flow.nat()))
            .setTcp(flow.protocolState() instanceof ProtocolState.Tcp tcp ? encodeTcp(tcp) : null)
            .setSctp(flow.protocolState() instanceof ProtocolState.Sctp sctp ? encodeSctp(sctp) : null)
            .setSeenReply(flow.seenReply() ? Boolean.TRUE : null)
            .setAssured(flow.assured() ? Boolean.TRUE : null)
            .setTimeout(Uint32.valueOf(flow.timeout()))
            .setMark(flow.mark() == 0 ? null : Uint32.valueOf(flow.mark()))
            .setLabel(flow.labels().isNone() ? null : flow.labels().toByteArray())
            .setHelper(flow.helper().orElse(null))
            .setMaster(flow.master().map(RelationCodec::encodeMaster).orElse(null))
            .setExpectation(RelationCodec.encodeExpectations(flow.expectations()))
            .setCounters(CountersCodec.encode(flow.originalCounters(), flow.replyCounters()));
    }

    /**
     * Flow from YANG.
     *
     * @param flow the flow
     * @return the same in Java
     * @throws IllegalArgumentException if it contradicts itself
     */
    public static Flow decode(final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123
        .Flow flow) {
        final int protocol = Required.value(flow.getProtocol(), "protocol").intValue();
        final var network = VmCodec.decodeNetwork(flow.getVirtualNetwork());
        return Flow.builder(new FlowKey(network, protocol,
                TupleCodec.decode(flow.getOriginal(), "original")), TupleCodec.decode(flow.getReply(), "reply"))
            .nat(decodeNat(flow.getNat()))
            .protocolState(decodeState(flow))
            .seenReply(Boolean.TRUE.equals(flow.getSeenReply()))
            .assured(Boolean.TRUE.equals(flow.getAssured()))
            .timeout(Required.value(flow.getTimeout(), "timeout").toJava())
            .mark(flow.getMark() == null ? 0 : flow.getMark().toJava())
            .labels(flow.getLabel() == null ? Labels.NONE : Labels.of(flow.getLabel()))
            .helper(Optional.ofNullable(flow.getHelper()))
            .master(RelationCodec.decodeMaster(network, flow.getMaster()))
            .expectations(RelationCodec.decodeExpectations(flow.getExpectation()))
            .originalCounters(CountersCodec.decodeOriginal(flow.getCounters()))
            .replyCounters(CountersCodec.decodeReply(flow.getCounters()))
            .build();
    }

    private static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.Nat encodeNat(
            final Nat nat) {
        return nat.isNone() ? null : new NatBuilder()
            .setSource(nat.source().map(end -> new SourceBuilder()
                .setAddress(AddressCodec.encode(end.address()))
                .setPort(end.port().isPresent() ? AddressCodec.encodePort(end.port().getAsInt()) : null)
                .build()).orElse(null))
            .setDestination(nat.destination().map(end -> new DestinationBuilder()
                .setAddress(AddressCodec.encode(end.address()))
                .setPort(end.port().isPresent() ? AddressCodec.encodePort(end.port().getAsInt()) : null)
                .build()).orElse(null))
            .build();
    }

    private static Nat decodeNat(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.Nat nat) {
        return nat == null ? Nat.NONE : new Nat(decodeEndpoint(nat.getSource(), "nat/source"),
            decodeEndpoint(nat.getDestination(), "nat/destination"));
    }

    private static Optional<Nat.Endpoint> decodeEndpoint(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123
                .TranslatedEndpoint end,
            final String place) {
        return end == null ? Optional.empty() : Optional.of(new Nat.Endpoint(
            AddressCodec.decode(end.getAddress(), place + "/address"),
            end.getPort() == null ? OptionalInt.empty()
                : OptionalInt.of(AddressCodec.decodePort(end.getPort(), place + "/port"))));
    }

    private static Tcp encodeTcp(final ProtocolState.Tcp tcp) {
        return new TcpBuilder()
            .setState(EnumCodec.TCP_STATE.encode(tcp.state()))
            .setOriginator(new OriginatorBuilder()
                .setWindowScale(encodeScale(tcp.originator()))
                .setSackPermitted(encodeEmpty(tcp.originator().sackPermitted()))
                .setCloseInitiated(encodeEmpty(tcp.originator().closeInitiated()))
                .setSequenceAdjustment(encodeAdjustment(tcp.originator()))
                .build())
            .setResponder(new ResponderBuilder()
                .setWindowScale(encodeScale(tcp.responder()))
                .setSackPermitted(encodeEmpty(tcp.responder().sackPermitted()))
                .setCloseInitiated(encodeEmpty(tcp.responder().closeInitiated()))
                .setSequenceAdjustment(encodeAdjustment(tcp.responder()))
                .build())
            .build();
    }

    private static Uint8 encodeScale(final TcpEnd end) {
        return end.windowScale().isPresent() ? Uint8.valueOf(end.windowScale().getAsInt()) : null;
    }

    private static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.tcp.end
        .SequenceAdjustment encodeAdjustment(final TcpEnd end) {
        return end.adjustment().map(adjustment -> new SequenceAdjustmentBuilder()
            .setPosition(Uint32.valueOf(adjustment.position()))
            .setOffsetBefore(adjustment.offsetBefore())
            .setOffsetAfter(adjustment.offsetAfter())
            .build()).orElse(null);
    }

    private static Empty encodeEmpty(final boolean present) {
        return present ? Empty.value() : null;
    }

    private static ProtocolState decodeState(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.Flow flow) {
        final var tcp = flow.getTcp();
        final var sctp = flow.getSctp();
        if (tcp != null && sctp != null) {
            throw new IllegalArgumentException("A flow has either TCP or SCTP state, not both");
        }
        if (tcp != null) {
            return new ProtocolState.Tcp(
                EnumCodec.TCP_STATE.decode(Required.value(tcp.getState(), "tcp/state")),
                decodeEnd(tcp.getOriginator()), decodeEnd(tcp.getResponder()));
        }
        if (sctp != null) {
            return new ProtocolState.Sctp(
                EnumCodec.SCTP_STATE.decode(Required.value(sctp.getState(), "sctp/state")),
                Required.value(sctp.getOriginalVerificationTag(), "sctp/original-verification-tag").toJava(),
                Required.value(sctp.getReplyVerificationTag(), "sctp/reply-verification-tag").toJava());
        }
        return ProtocolState.STATELESS;
    }

    private static TcpEnd decodeEnd(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.TcpEnd end) {
        return end == null ? new TcpEnd(OptionalInt.empty(), false, false) : new TcpEnd(
            end.getWindowScale() == null ? OptionalInt.empty() : OptionalInt.of(end.getWindowScale().intValue()),
            end.getSackPermitted() != null, end.getCloseInitiated() != null,
            Optional.ofNullable(end.getSequenceAdjustment()).map(FlowCodec::decodeAdjustment));
    }

    private static SequenceAdjustment decodeAdjustment(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.tcp.end
                .SequenceAdjustment adjustment) {
        return new SequenceAdjustment(
            Required.value(adjustment.getPosition(), "sequence-adjustment/position").toJava(),
            Required.value(adjustment.getOffsetBefore(), "sequence-adjustment/offset-before"),
            Required.value(adjustment.getOffsetAfter(), "sequence-adjustment/offset-after"));
    }

    private static Sctp encodeSctp(final ProtocolState.Sctp sctp) {
        return new SctpBuilder()
            .setState(EnumCodec.SCTP_STATE.encode(sctp.state()))
            .setOriginalVerificationTag(Uint32.valueOf(sctp.originalTag()))
            .setReplyVerificationTag(Uint32.valueOf(sctp.replyTag()))
            .build();
    }
}
