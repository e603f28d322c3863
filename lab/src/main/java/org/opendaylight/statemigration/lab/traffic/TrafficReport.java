// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

import java.util.Map;

/**
 * How the connections of one end are.
 *
 * @param connections how many were opened, of those that are to last
 * @param lost how many of them do not work any more
 * @param corrupt how many of those gave wrong data
 * @param bulkBytes bytes of bulk data received, each of them checked
 * @param answers answers to requests
 * @param blackoutMillis longest gap between two answers since it was last reset, the worst of all connections
 * @param silenceMillis for how long nothing has come over the bulk or request/response connection that is silent now
 *     for the longest time
 * @param failure how the first lost connection failed, or null
 * @param churn counts of short-lived connections
 * @param datagrams counts of UDP flows
 */
public record TrafficReport(int connections, int lost, int corrupt, long bulkBytes, long answers,
        double blackoutMillis, double silenceMillis, String failure, Churned churn, Counted datagrams) {
    /**
     * Short-lived connections.
     *
     * @param opened how many were tried
     * @param failed how many of them failed
     * @param reasons how many failed, by reason
     */
    public record Churned(long opened, long failed, Map<String, Integer> reasons) {
    }

    /**
     * UDP flows.
     *
     * @param sent datagrams sent
     * @param lost datagrams without an answer, of those that were sent before the last one that was answered
     * @param rebinds how often a flow came to the server from another port than before
     * @param blackoutMillis longest gap between two answers since it was last reset, the worst of all flows
     */
    public record Counted(long sent, long lost, int rebinds, double blackoutMillis) {
    }

    /** {@return whether all connections work, no short-lived one failed, and all data was right} */
    public boolean isSound() {
        return lost == 0 && corrupt == 0 && churn.failed() == 0;
    }
}
