// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.netlink;

/** Numbers of {@code linux/netfilter/nfnetlink_conntrack.h} and {@code nf_conntrack_common.h}. */
public final class Ctnetlink {
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;

    /** Groups of events: entries are new, changed, gone; expectations likewise. */
    public static final int EVENTS = 0x3f;
    /** Subsystem of entries. */
    public static final int SUBSYSTEM = 0x1;

    /** Messages, the subsystem in the upper octet. */
    public static final int NEW = 0x100;
    public static final int GET = 0x101;
    public static final int DELETE = 0x102;

    /** Messages of the subsystem of expectations. */
    public static final int EXPECT_NEW = 0x200;
    public static final int EXPECT_GET = 0x201;

    public static final int TUPLE_ORIG = 1;
    public static final int TUPLE_REPLY = 2;
    public static final int STATUS = 3;
    public static final int PROTOINFO = 4;
    public static final int HELP = 5;
    public static final int NAT_SRC = 6;
    public static final int TIMEOUT = 7;
    public static final int MARK = 8;
    public static final int COUNTERS_ORIG = 9;
    public static final int COUNTERS_REPLY = 10;
    public static final int ID = 12;
    public static final int NAT_DST = 13;
    public static final int TUPLE_MASTER = 14;
    public static final int SEQ_ADJ_ORIG = 15;
    public static final int SEQ_ADJ_REPLY = 16;
    public static final int ZONE = 18;
    public static final int LABELS = 22;
    public static final int SYNPROXY = 24;
    public static final int FILTER = 25;

    public static final int TUPLE_IP = 1;
    public static final int TUPLE_PROTO = 2;
    public static final int TUPLE_ZONE = 3;

    public static final int IP_V4_SRC = 1;
    public static final int IP_V4_DST = 2;
    public static final int IP_V6_SRC = 3;
    public static final int IP_V6_DST = 4;

    public static final int PROTO_NUM = 1;
    public static final int PROTO_SRC_PORT = 2;
    public static final int PROTO_DST_PORT = 3;
    public static final int PROTO_ICMP_ID = 4;
    public static final int PROTO_ICMP_TYPE = 5;
    public static final int PROTO_ICMP_CODE = 6;
    public static final int PROTO_ICMPV6_ID = 7;
    public static final int PROTO_ICMPV6_TYPE = 8;
    public static final int PROTO_ICMPV6_CODE = 9;

    public static final int PROTOINFO_TCP = 1;
    public static final int PROTOINFO_SCTP = 3;
    public static final int TCP_STATE = 1;
    public static final int TCP_WSCALE_ORIG = 2;
    public static final int TCP_WSCALE_REPLY = 3;
    public static final int TCP_FLAGS_ORIG = 4;
    public static final int TCP_FLAGS_REPLY = 5;
    public static final int SCTP_STATE = 1;
    public static final int SCTP_VTAG_ORIG = 2;
    public static final int SCTP_VTAG_REPLY = 3;

    public static final int SEQ_ADJ_POSITION = 1;
    public static final int SEQ_ADJ_BEFORE = 2;
    public static final int SEQ_ADJ_AFTER = 3;

    public static final int EXPECT_MASTER = 1;
    public static final int EXPECT_TUPLE = 2;
    public static final int EXPECT_MASK = 3;
    public static final int EXPECT_TIMEOUT = 4;
    public static final int EXPECT_HELP_NAME = 6;
    public static final int EXPECT_ZONE = 7;
    public static final int EXPECT_FLAGS = 8;
    public static final int EXPECT_CLASS = 9;
    public static final int EXPECT_NAT = 10;
    public static final int EXPECT_FN = 11;
    public static final int EXPECT_NAT_DIR = 1;
    public static final int EXPECT_NAT_TUPLE = 2;
    /** Flag of an expectation. */
    public static final int EXPECT_PERMANENT = 1;
    /** What the kernel calls it when an expected flow is translated as its master is. */
    public static final String FOLLOW_MASTER = "nat-follow-master";

    public static final int HELP_NAME = 1;
    public static final int COUNTERS_PACKETS = 1;
    public static final int COUNTERS_BYTES = 2;

    public static final int NAT_V4_MINIP = 1;
    public static final int NAT_V4_MAXIP = 2;
    public static final int NAT_PROTO = 3;
    public static final int NAT_V6_MINIP = 4;
    public static final int NAT_V6_MAXIP = 5;
    public static final int PROTONAT_PORT_MIN = 1;
    public static final int PROTONAT_PORT_MAX = 2;

    public static final int FILTER_ORIG_FLAGS = 1;
    public static final int FILTER_REPLY_FLAGS = 2;
    public static final int FILTER_IP_SRC = 1;

    /** Status bits. */
    public static final int EXPECTED = 0x1;
    public static final int SEEN_REPLY = 0x2;
    public static final int ASSURED = 0x4;
    public static final int CONFIRMED = 0x8;
    public static final int SRC_NAT = 0x10;
    public static final int DST_NAT = 0x20;
    static final int SEQ_ADJUST = 0x40;
    public static final int SRC_NAT_DONE = 0x80;
    public static final int DST_NAT_DONE = 0x100;
    public static final int DYING = 0x200;
    public static final int FIXED_TIMEOUT = 0x400;
    public static final int HELPER = 0x2000;

    /** Status bits of an entry that an update may repeat. */
    public static final int WRITABLE = EXPECTED | SEEN_REPLY | ASSURED | CONFIRMED | FIXED_TIMEOUT | HELPER;

    /** Flags of each end of a TCP connection. */
    public static final int TCP_WINDOW_SCALE = 0x01;
    public static final int TCP_SACK_PERM = 0x02;
    public static final int TCP_CLOSE_INIT = 0x04;
    public static final int TCP_BE_LIBERAL = 0x08;
    /** This end has sent a packet that was within the windows. */
    public static final int TCP_MAXACK_SET = 0x20;

    /** Octets of a label extension. */
    public static final int LABELS_LENGTH = 16;
    /** Octets of the name of a helper, without the final zero. */
    public static final int HELPER_NAME_MAX = 15;

    private Ctnetlink() {
        // Hidden on purpose
    }
}
