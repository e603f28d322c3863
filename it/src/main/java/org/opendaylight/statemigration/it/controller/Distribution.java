// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.controller;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.Set;

/** The assembled Karaf distribution, as the build leaves it. It is never run in place: a run writes into it. */
public final class Distribution {
    /** Folders that a run only reads. */
    private static final Set<String> SHARED = Set.of("system", "lib");

    private final Path assembly;

    /**
     * The distribution.
     *
     * @param assembly its folder
     * @throws IOException if it is not there
     */
    public Distribution(final Path assembly) throws IOException {
        this.assembly = Files.isDirectory(assembly) ? assembly.toRealPath() : requireNonNull(assembly);
        if (!Files.isExecutable(assembly.resolve("bin/karaf"))) {
            throw new IOException("There is no controller in " + assembly + ": build it first, with './run build'");
        }
    }

    /**
     * Make a copy that can be run. Its large, unchanging part is linked where that is possible.
     *
     * @param target folder to make
     * @throws IOException if the copy fails
     */
    public void copyTo(final Path target) throws IOException {
        Files.walkFileTree(assembly, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(final Path dir, final BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(target.resolve(assembly.relativize(dir).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
                    throws IOException {
                final var relative = assembly.relativize(file);
                copy(file, target.resolve(relative.toString()), SHARED.contains(relative.getName(0).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void copy(final Path from, final Path to, final boolean shared) throws IOException {
        if (shared) {
            try {
                Files.createLink(to, from);
                return;
            } catch (IOException | UnsupportedOperationException e) {
                // another file system: copied like the rest
            }
        }
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /**
     * Delete a folder and all in it, if it is there.
     *
     * @param folder the folder
     * @throws IOException if something cannot be deleted
     */
    public static void delete(final Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
