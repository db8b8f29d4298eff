/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.nexios.ws.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.nexios.ws.WSRouter;

/**
 * The files of this project, for tests that compare files.
 *
 * @author Nexios Team
 */
public final class SourceTree {

	private static final Set<String> NOT_SOURCES = Set.of(".git", ".idea", "node_modules", "target");

	private SourceTree() {
	}

	/**
	 * Return the directory that holds all modules, also when one of them is built alone.
	 * @return the root of the source tree
	 */
	public static Path root() {
		Path directory = Path.of("").toAbsolutePath();
		while (directory != null) {
			if (Files.isRegularFile(directory.resolve("nexios-ws-autoconfigure/pom.xml"))) {
				return directory;
			}
			directory = directory.getParent();
		}
		throw new IllegalStateException("The tests do not run inside the source tree");
	}

	/**
	 * Return the directory or jar of the compiled main classes and resources.
	 * @return the location of the main classes
	 */
	public static Path mainClasses() {
		try {
			return Path.of(WSRouter.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return the content of a file.
	 * @param file the file
	 * @return the content, empty if the file does not exist
	 */
	public static String read(Path file) {
		try {
			return Files.exists(file) ? Files.readString(file) : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Find source files.
	 * @param filter what to find, by the path from the root
	 * @return the files, sorted
	 */
	public static List<Path> find(Predicate<Path> filter) {
		Path root = root();
		List<Path> found = new ArrayList<>();
		try {
			Files.walkFileTree(root, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
					boolean skipped = !directory.equals(root)
							&& NOT_SOURCES.contains(directory.getFileName().toString());
					return (skipped) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					if (filter.test(root.relativize(file))) {
						found.add(file);
					}
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found.stream().sorted().toList();
	}

}
