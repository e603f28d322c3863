package org.opendaylight.statemigration.it.traffic;

/**
 * How the connections of one end are.
 *
 * @param connections how many were opened
 * @param lost how many of them do not work any more
 * @param corrupt how many of those gave wrong data
 * @param bulkBytes bytes of bulk data received, each of them checked
 * @param answers answers to requests
 * @param blackoutMillis longest gap between two answers since it was last reset, the worst of all connections
 * @param failure how the first lost connection failed, or null
 */
public record TrafficReport(int connections, int lost, int corrupt, long bulkBytes, long answers,
        double blackoutMillis, String failure) {
    /** {@return whether all connections work, and all data was right} */
    public boolean isSound() {
        return lost == 0 && corrupt == 0;
    }
}
