package org.opendaylight.statemigration.agent.backend.linux;

/** Numbers of {@code linux/netfilter/nfnetlink_conntrack.h} and {@code nf_conntrack_common.h}. */
final class Ctnetlink {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    /** Groups of events: entries are new, changed, gone; expectations likewise. */
    static final int EVENTS = 0x3f;
    /** Subsystem of entries. */
    static final int SUBSYSTEM = 0x1;

    /** Messages, the subsystem in the upper octet. */
    static final int NEW = 0x100;
    static final int GET = 0x101;
    static final int DELETE = 0x102;

    /** Messages of the subsystem of expectations. */
    static final int EXPECT_NEW = 0x200;
    static final int EXPECT_GET = 0x201;

    static final int TUPLE_ORIG = 1;
    static final int TUPLE_REPLY = 2;
    static final int STATUS = 3;
    static final int PROTOINFO = 4;
    static final int HELP = 5;
    static final int NAT_SRC = 6;
    static final int TIMEOUT = 7;
    static final int MARK = 8;
    static final int COUNTERS_ORIG = 9;
    static final int COUNTERS_REPLY = 10;
    static final int ID = 12;
    static final int NAT_DST = 13;
    static final int TUPLE_MASTER = 14;
    static final int SEQ_ADJ_ORIG = 15;
    static final int SEQ_ADJ_REPLY = 16;
    static final int ZONE = 18;
    static final int LABELS = 22;
    static final int SYNPROXY = 24;
    static final int FILTER = 25;

    static final int TUPLE_IP = 1;
    static final int TUPLE_PROTO = 2;
    static final int TUPLE_ZONE = 3;

    static final int IP_V4_SRC = 1;
    static final int IP_V4_DST = 2;
    static final int IP_V6_SRC = 3;
    static final int IP_V6_DST = 4;

    static final int PROTO_NUM = 1;
    static final int PROTO_SRC_PORT = 2;
    static final int PROTO_DST_PORT = 3;
    static final int PROTO_ICMP_ID = 4;
    static final int PROTO_ICMP_TYPE = 5;
    static final int PROTO_ICMP_CODE = 6;
    static final int PROTO_ICMPV6_ID = 7;
    static final int PROTO_ICMPV6_TYPE = 8;
    static final int PROTO_ICMPV6_CODE = 9;

    static final int PROTOINFO_TCP = 1;
    static final int PROTOINFO_SCTP = 3;
    static final int TCP_STATE = 1;
    static final int TCP_WSCALE_ORIG = 2;
    static final int TCP_WSCALE_REPLY = 3;
    static final int TCP_FLAGS_ORIG = 4;
    static final int TCP_FLAGS_REPLY = 5;
    static final int SCTP_STATE = 1;
    static final int SCTP_VTAG_ORIG = 2;
    static final int SCTP_VTAG_REPLY = 3;

    static final int SEQ_ADJ_POSITION = 1;
    static final int SEQ_ADJ_BEFORE = 2;
    static final int SEQ_ADJ_AFTER = 3;

    static final int EXPECT_MASTER = 1;
    static final int EXPECT_TUPLE = 2;
    static final int EXPECT_MASK = 3;
    static final int EXPECT_TIMEOUT = 4;
    static final int EXPECT_HELP_NAME = 6;
    static final int EXPECT_ZONE = 7;
    static final int EXPECT_FLAGS = 8;
    static final int EXPECT_CLASS = 9;
    static final int EXPECT_NAT = 10;
    static final int EXPECT_FN = 11;
    static final int EXPECT_NAT_DIR = 1;
    static final int EXPECT_NAT_TUPLE = 2;
    /** Flag of an expectation. */
    static final int EXPECT_PERMANENT = 1;
    /** What the kernel calls it when an expected flow is translated as its master is. */
    static final String FOLLOW_MASTER = "nat-follow-master";

    static final int HELP_NAME = 1;
    static final int COUNTERS_PACKETS = 1;
    static final int COUNTERS_BYTES = 2;

    static final int NAT_V4_MINIP = 1;
    static final int NAT_V4_MAXIP = 2;
    static final int NAT_PROTO = 3;
    static final int NAT_V6_MINIP = 4;
    static final int NAT_V6_MAXIP = 5;
    static final int PROTONAT_PORT_MIN = 1;
    static final int PROTONAT_PORT_MAX = 2;

    static final int FILTER_ORIG_FLAGS = 1;
    static final int FILTER_REPLY_FLAGS = 2;
    static final int FILTER_IP_SRC = 1;

    /** Status bits. */
    static final int EXPECTED = 0x1;
    static final int SEEN_REPLY = 0x2;
    static final int ASSURED = 0x4;
    static final int CONFIRMED = 0x8;
    static final int SRC_NAT = 0x10;
    static final int DST_NAT = 0x20;
    static final int SEQ_ADJUST = 0x40;
    static final int SRC_NAT_DONE = 0x80;
    static final int DST_NAT_DONE = 0x100;
    static final int DYING = 0x200;
    static final int FIXED_TIMEOUT = 0x400;
    static final int HELPER = 0x2000;

    /** Status bits of an entry that an update may repeat. */
    static final int WRITABLE = EXPECTED | SEEN_REPLY | ASSURED | CONFIRMED | FIXED_TIMEOUT | HELPER;

    /** Flags of each end of a TCP connection. */
    static final int TCP_WINDOW_SCALE = 0x01;
    static final int TCP_SACK_PERM = 0x02;
    static final int TCP_CLOSE_INIT = 0x04;
    static final int TCP_BE_LIBERAL = 0x08;
    /** This end has sent a packet that was within the windows. */
    static final int TCP_MAXACK_SET = 0x20;

    /** Octets of a label extension. */
    static final int LABELS_LENGTH = 16;
    /** Octets of the name of a helper, without the final zero. */
    static final int HELPER_NAME_MAX = 15;

    private Ctnetlink() {
        // Hidden on purpose
    }
}
