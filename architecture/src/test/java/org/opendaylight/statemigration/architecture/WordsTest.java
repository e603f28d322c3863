// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** No name that a source declares has a word for which the glossary has another. */
class WordsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!not |-)([^|]+) \\| ([^|]+) \\|$");
    /** Terms of their own that have such a word in them. */
    private static final Pattern TERM = Pattern.compile("(?i)state_?machine|virtual_?machine");
    private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])");

    private static Set<String> replacedWords() {
        return ROW.matcher(Project.read(Project.ROOT.resolve("docs/GLOSSARY.md"))).results()
            .flatMap(row -> Arrays.stream(row.group(1).split(", "))).collect(Collectors.toSet());
    }

    private static Stream<String> words(final String name) {
        return WORD.matcher(TERM.matcher(name).replaceAll("")).results()
            .map(word -> word.group().toLowerCase(Locale.ROOT));
    }

    @Test
    void namesUseTheWordsOfTheGlossary() throws IOException {
        final var replaced = replacedWords();
        assertFalse(replaced.isEmpty());
        final var found = new TreeSet<String>();
        final var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            final var sources = files.getJavaFileObjectsFromPaths(Project.javaSources());
            final var task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, sources);
            for (var unit : task.parse()) {
                final var source = Project.name(Path.of(unit.getSourceFile().toUri()));
                new DeclaredNames(name -> words(name).filter(replaced::contains)
                    .forEach(word -> found.add(source + ": " + name))).scan(unit, null);
            }
        }
        assertEquals(Set.of(), found);
    }

    /** The names of classes, methods and variables, whatever kind they are. */
    private static final class DeclaredNames extends TreeScanner<Void, Void> {
        private final Consumer<String> names;

        DeclaredNames(final Consumer<String> names) {
            this.names = names;
        }

        @Override
        public Void visitClass(final ClassTree node, final Void nothing) {
            names.accept(node.getSimpleName().toString());
            return super.visitClass(node, nothing);
        }

        @Override
        public Void visitMethod(final MethodTree node, final Void nothing) {
            names.accept(node.getName().toString());
            return super.visitMethod(node, nothing);
        }

        @Override
        public Void visitVariable(final VariableTree node, final Void nothing) {
            names.accept(node.getName().toString());
            return super.visitVariable(node, nothing);
        }
    }
}
