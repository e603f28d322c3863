// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The modules of this repository: their classes, their sources and all other files. */
final class Project {
    /** The package that all others are in. */
    static final String ROOT_PACKAGE = "org.opendaylight.statemigration";
    /** Where the tests run: the folder of this module. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /** All modules with code of ours. */
    static final List<String> MODULES = modules();

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".tools", ".ci", ".idea", ".settings");
    private static final Map<Path, JavaClasses> IMPORTED = new ConcurrentHashMap<>();

    private Project() {
        // Hidden on purpose
    }

    private static List<String> modules() {
        try (var folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src/main/java")))
                .map(folder -> folder.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The classes of a module.
     *
     * @param module name of its folder
     * @return its classes without its tests
     */
    static JavaClasses classes(final String module) {
        return imported(ROOT.resolve(module).resolve("target/classes"));
    }

    /**
     * The test classes of a module.
     *
     * @param module name of its folder
     * @return its test classes; none if it has no tests
     */
    static JavaClasses testClasses(final String module) {
        return imported(ROOT.resolve(module).resolve("target/test-classes"));
    }

    private static JavaClasses imported(final Path folder) {
        return IMPORTED.computeIfAbsent(folder, path -> new ClassFileImporter().importPath(path));
    }

    /** {@return all files that are ours, whatever is in them, in order of their names} */
    static List<Path> files() {
        final var files = new ArrayList<Path>();
        collect(ROOT, files);
        return files.stream().sorted().toList();
    }

    private static void collect(final Path folder, final List<Path> files) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (var entry : entries.toList()) {
                if (NOT_OURS.contains(entry.getFileName().toString())) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    collect(entry, files);
                } else {
                    files.add(entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return all Java sources, those of tests as well} */
    static List<Path> javaSources() {
        return files().stream().filter(file -> file.toString().endsWith(".java")).toList();
    }

    /** {@return the sources of tests} */
    static List<Path> testSources() {
        return javaSources().stream().filter(Project::isTest).toList();
    }

    static boolean isTest(final Path source) {
        return ROOT.relativize(source).toString().contains("src/test/java/");
    }

    static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Name of a file as people say it.
     *
     * @param file the file
     * @return its path below the root of the repository
     */
    static String name(final Path file) {
        return ROOT.relativize(file).toString();
    }
}
