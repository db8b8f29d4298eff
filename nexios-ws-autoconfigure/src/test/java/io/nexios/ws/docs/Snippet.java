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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.util.Assert;

/**
 * A part of a source file that a document shows.
 *
 * @author Nexios Team
 */
final class Snippet {

	private static final Pattern TAG = Pattern.compile("\\W*(tag|end)::[\\w-]+\\[].*");

	private static final Pattern FORMATTER_SWITCH = Pattern.compile("\\s*// @formatter:(on|off)\\s*");

	private final Path file;

	private final String region;

	private Snippet(Path file, String region) {
		this.file = file;
		this.region = region;
	}

	/**
	 * Find the snippet of a marker.
	 * @param marker the path of a file, or the end of it that no other file has, and
	 * after a {@code #} the name of a region, which may be missing to show the whole file
	 * @return the snippet
	 */
	static Snippet of(String marker) {
		int hash = marker.indexOf('#');
		Path name = Path.of((hash != -1) ? marker.substring(0, hash) : marker);
		Path fromRoot = SourceTree.root().resolve(name);
		List<Path> files = Files.isRegularFile(fromRoot) ? List.of(fromRoot)
				: SourceTree.find((path) -> path.endsWith(name));
		Assert.state(files.size() == 1, () -> "'" + marker + "' has to name one file, but there are " + files);
		return new Snippet(files.get(0), (hash != -1) ? marker.substring(hash + 1) : "");
	}

	/**
	 * Return whether the build compiles the file.
	 * @return whether it is a Java file in a source directory
	 */
	boolean isCompiled() {
		String path = "/" + SourceTree.root().relativize(this.file).toString().replace('\\', '/');
		return path.endsWith(".java") && (path.contains("/src/test/java/") || path.contains("/src/main/java/"));
	}

	/**
	 * Return what a document has to show.
	 * @return the code, without indentation, tags and formatter switches
	 */
	String code() {
		String content = SourceTree.read(this.file);
		return this.region.isEmpty() ? normalize(withoutTags(content.lines())) : normalize(region(content));
	}

	private String region(String content) {
		List<String> parts = Pattern.compile(regionPattern(), Pattern.DOTALL)
			.matcher(content)
			.results()
			.map((result) -> withoutTags(result.group(1).lines()).stripIndent())
			.toList();
		Assert.state(!parts.isEmpty(), () -> this.file + " has no region '" + this.region + "'");
		return String.join("\n", parts);
	}

	private String regionPattern() {
		String name = "::" + Pattern.quote(this.region) + "\\[]";
		return "tag" + name + "[^\\n]*\\n(.*?)\\n?[^\\n]*end" + name;
	}

	private static String withoutTags(Stream<String> lines) {
		return lines.filter((line) -> !TAG.matcher(line).matches())
			.filter((line) -> !FORMATTER_SWITCH.matcher(line).matches())
			.collect(Collectors.joining("\n"));
	}

	/**
	 * Normalize code of a document or a source file, so that both can be compared. A tab
	 * counts as four spaces. Invisible characters do not count.
	 * @param code the code
	 * @return the code in its normal form
	 */
	static String normalize(String code) {
		return code.replace("\t", "    ")
			.stripIndent()
			.lines()
			.map(String::stripTrailing)
			.collect(Collectors.joining("\n"))
			.strip();
	}

}
