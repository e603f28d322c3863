// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opendaylight.statemigration.lab.namespace.Requirements;

/**
 * One {@link Lab} for all tests of a class, given to its constructor. Each test finds it as it was built. Where no lab
 * is possible, the tests are skipped.
 */
public final class SharedLab implements ExecutionCondition, ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(SharedLab.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(final ExtensionContext context) {
        return Requirements.missing().map(missing -> ConditionEvaluationResult.disabled("Skipped. " + missing))
            .orElse(ConditionEvaluationResult.enabled("A laboratory is possible"));
    }

    @Override
    public boolean supportsParameter(final ParameterContext parameter, final ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    @Override
    public Lab resolveParameter(final ParameterContext parameter, final ExtensionContext context) {
        return lab(context);
    }

    @Override
    public void afterEach(final ExtensionContext context) throws IOException {
        lab(context).reset();
    }

    /** Made in the context of the class, which closes it at its end; the contexts of its tests find it there. */
    private static Lab lab(final ExtensionContext context) {
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(Lab.class, type -> build(), Lab.class);
    }

    private static Lab build() {
        try {
            return new Lab();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
