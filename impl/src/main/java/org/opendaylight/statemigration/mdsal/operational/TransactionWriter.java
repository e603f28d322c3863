// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.operational;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.binding.api.WriteTransaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes changes to the datastore: all in one transaction, or those that it takes if it does not take all. */
final class TransactionWriter {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionWriter.class);
    /** After so many transactions in a row that fail the rest is not tried. */
    private static final int MAX_FAILURES = 5;

    private final DataBroker dataBroker;
    private final Duration timeout;

    /** Something that is done in a transaction. */
    @FunctionalInterface
    interface Edit {
        void apply(WriteTransaction tx);
    }

    /**
     * A writer.
     *
     * @param dataBroker the datastore
     * @param timeout how long a transaction may take
     */
    TransactionWriter(final DataBroker dataBroker, final Duration timeout) {
        this.dataBroker = requireNonNull(dataBroker);
        this.timeout = requireNonNull(timeout);
    }

    /** Write changes, if there are any. Returns when they are written, or it is known that some cannot be. */
    void write(final List<Edit> edits) throws InterruptedException {
        if (!edits.isEmpty() && !tryWrite(edits) && edits.size() > 1) {
            writeOneByOne(edits);
        }
    }

    /** The datastore takes all of a transaction or nothing, and one entry that it does not take is to stay alone. */
    private void writeOneByOne(final List<Edit> edits) throws InterruptedException {
        int failures = 0;
        for (var edit : edits) {
            failures = tryWrite(List.of(edit)) ? 0 : failures + 1;
            if (failures == MAX_FAILURES) {
                LOG.error("Of {} changes some could not be shown", edits.size());
                return;
            }
        }
    }

    /** {@return whether the datastore has accepted them, as far as is known} */
    @SuppressWarnings("checkstyle:IllegalCatch")
    private boolean tryWrite(final List<Edit> edits) throws InterruptedException {
        WriteTransaction open = null;
        try {
            open = dataBroker.newWriteOnlyTransaction();
            for (var edit : edits) {
                apply(edit, open);
            }
            final var commit = open.commit();
            open = null;
            commit.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            LOG.warn("The datastore has not confirmed within {} s what is to be shown", timeout.toSeconds(), e);
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            LOG.error("{} changes could not be shown in one transaction", edits.size(), e);
            return false;
        } finally {
            if (open != null) {
                open.cancel();
            }
        }
    }

    /** What cannot be shown does not keep back the rest. */
    @SuppressWarnings("checkstyle:IllegalCatch")
    private static void apply(final Edit edit, final WriteTransaction tx) {
        try {
            edit.apply(tx);
        } catch (RuntimeException e) {
            LOG.error("A change could not be shown", e);
        }
    }
}
