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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.StringUtils;

/**
 * The configuration properties as the annotation processor describes them.
 *
 * @author Nexios Team
 */
final class ConfigurationMetadata {

	/**
	 * The prefix of all property names of this library.
	 */
	static final String PREFIX = "nexios.ws.";

	private static final Set<String> BOOLEANS = Set.of("boolean", Boolean.class.getName());

	private final Map<String, Property> properties = new TreeMap<>();

	private final Map<String, String> propertiesClasses = new TreeMap<>();

	private ConfigurationMetadata(JsonNode json) {
		json.path("properties").forEach((property) -> {
			if (!property.path("deprecated").asBoolean(false) && !property.has("deprecation")
					&& !isOfAnEndpoint(property)) {
				this.properties.put(property.path("name").asString(), Property.of(property));
			}
		});
		json.path("groups").forEach((group) -> {
			if (group.has("sourceType") && !group.has("sourceMethod") && !isOfAnEndpoint(group)) {
				this.propertiesClasses.put(group.path("name").asString(), group.path("type").asString());
			}
		});
	}

	/**
	 * Spring Boot has properties for every endpoint, and describes them itself.
	 * @param item a property or a group
	 * @return whether it is one of these
	 */
	private static boolean isOfAnEndpoint(JsonNode item) {
		return item.path("name").asString().startsWith("management.endpoint.");
	}

	/**
	 * Return the metadata of the main classes.
	 * @return the metadata, empty if there are no properties
	 */
	static ConfigurationMetadata compiled() {
		String file = "META-INF/spring-configuration-metadata.json";
		return of(SourceTree.read(SourceTree.mainClasses().resolve(file)));
	}

	/**
	 * Create metadata.
	 * @param json what the annotation processor writes
	 * @return the metadata
	 */
	static ConfigurationMetadata of(String json) {
		return new ConfigurationMetadata(JsonMapper.shared().readTree(json.isEmpty() ? "{}" : json));
	}

	/**
	 * Return whether there is a property of this name, also below one that is a map.
	 * @param name the name in any of the forms that Spring Boot takes
	 * @return whether the property exists
	 */
	boolean knows(String name) {
		String uniform = uniform(name.replaceAll("\\[\\d+]$", ""));
		return this.properties.values()
			.stream()
			.anyMatch((property) -> uniform.equals(uniform(property.name()))
					|| (property.isMap() && uniform.startsWith(uniform(property.name()) + ".")));
	}

	private static String uniform(String name) {
		return name.replace("-", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the properties classes by their prefix.
	 * @return the names of the classes
	 */
	Map<String, String> propertiesClasses() {
		return this.propertiesClasses;
	}

	Collection<Property> properties() {
		return this.properties.values();
	}

	/**
	 * Return the violations of Spring Boot's rules for descriptions.
	 * @return the problems
	 */
	List<String> problems() {
		return this.properties.values().stream().flatMap(Property::problems).toList();
	}

	/**
	 * Return the problems with the order of an additional metadata file.
	 * @param json the content of the file
	 * @return the problems
	 */
	static List<String> problemsOfAdditional(String json) {
		JsonNode tree = JsonMapper.shared().readTree(json.isEmpty() ? "{}" : json);
		List<String> problems = new ArrayList<>();
		for (String kind : List.of("groups", "properties", "hints")) {
			List<String> names = tree.path(kind).valueStream().map((node) -> node.path("name").asString()).toList();
			if (!names.equals(List.copyOf(new TreeSet<>(names)))) {
				problems.add(kind + " are not sorted, or not unique: " + names);
			}
		}
		return problems;
	}

	/**
	 * Return the rows that a table of all properties has.
	 * @return the rows in Markdown
	 */
	String toMarkdown() {
		return this.properties.values()
			.stream()
			.map((property) -> "| `" + property.name() + "` | " + property.defaultCell() + " | "
					+ property.description().replace("|", "\\|") + " |")
			.collect(Collectors.joining("\n"));
	}

	/**
	 * One property.
	 *
	 * @param name the name
	 * @param type the name of the type
	 * @param description the description, empty if there is none
	 * @param defaultValue the default, {@code null} if there is none
	 */
	record Property(String name, String type, String description, @Nullable String defaultValue) {

		static Property of(JsonNode json) {
			JsonNode defaultValue = json.path("defaultValue");
			return new Property(json.path("name").asString(), json.path("type").asString(""),
					json.path("description").asString(""), text(defaultValue));
		}

		private static @Nullable String text(JsonNode value) {
			if (value.isMissingNode() || value.isNull()) {
				return null;
			}
			return value.isArray() ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
					: value.asString();
		}

		boolean isMap() {
			return this.type.startsWith("java.util.Map");
		}

		String defaultCell() {
			return StringUtils.hasLength(this.defaultValue) ? "`" + this.defaultValue + "`" : "";
		}

		Stream<String> problems() {
			List<String> problems = new ArrayList<>();
			if (!this.name.startsWith(PREFIX)) {
				problems.add("is outside of " + PREFIX);
			}
			if (this.description.isBlank()) {
				problems.add("has no description");
			}
			else {
				addProblemsOfDescription(problems);
			}
			return problems.stream().map((problem) -> this.name + " " + problem);
		}

		private void addProblemsOfDescription(List<String> problems) {
			if (this.description.matches("(?is)(the|an?)\\s.*")) {
				problems.add("has a description that begins with an article");
			}
			if (!this.description.endsWith(".")) {
				problems.add("has a description that is not a sentence");
			}
			if (this.description.matches("(?s).*(\\{@|</?\\w+>).*")) {
				problems.add("has a description that is not plain text");
			}
			if (BOOLEANS.contains(this.type) && !this.description.matches("(?s)(Whether|Enable)\\s.*")) {
				problems.add("is a boolean, and its description does not begin with Whether or Enable");
			}
			if (this.type.matches("java\\.util\\.(List|Set|Collection)<.*")
					&& !this.description.startsWith("Comma-separated ")) {
				problems.add("is a collection, and its description does not begin with Comma-separated");
			}
		}

	}

}
