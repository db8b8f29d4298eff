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

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the descriptions of the configuration properties against the rules of Spring
 * Boot, and the README against the descriptions.
 *
 * @author Nexios Team
 */
class ConfigurationMetadataTests {

	private static final String[] COLUMNS = { "property", "default", "description" };

	private static final String SAMPLE = """
			{
			  "groups": [
			    { "name": "nexios.ws", "type": "a.Props", "sourceType": "a.Props" },
			    { "name": "nexios.ws.in", "type": "a.Props$In", "sourceType": "a.Props", "sourceMethod": "getIn()" }
			  ],
			  "properties": [
			    { "name": "nexios.ws.max-age", "type": "java.time.Duration", "description": "Age.", "defaultValue": "10s" },
			    { "name": "nexios.ws.%s", "type": "%s", "description": "%s" },
			    { "name": "nexios.ws.mounts", "type": "java.util.Map<java.lang.String,java.lang.String>",
			      "description": "Either | or." },
			    { "name": "nexios.ws.old", "type": "int", "deprecated": true }
			  ]
			}
			""";

	private final ConfigurationMetadata metadata = ConfigurationMetadata.compiled();

	@Test
	void propertiesAreDescribedAsSpringBootDescribesThem() {
		assertThat(this.metadata.problems()).isEmpty();
	}

	@Test
	void propertiesAreFoundOncePropertiesClassExists() {
		List<?> sources = SourceTree.find((path) -> path.endsWith("NexiosWsProperties.java"));
		assertThat(this.metadata.properties().isEmpty()).isEqualTo(sources.isEmpty());
	}

	@Test
	void additionalPropertiesAreSortedAndUnique() {
		String file = "nexios-ws-autoconfigure/src/main/resources/META-INF/additional-spring-configuration-metadata.json";
		assertThat(ConfigurationMetadata.problemsOfAdditional(SourceTree.read(SourceTree.root().resolve(file))))
			.isEmpty();
	}

	@Test
	void tableOfTheReadmeEqualsTheMetadata() {
		MarkdownDocument readme = MarkdownDocument.read(SourceTree.root().resolve("README.md"));
		assertThat(rows(readme)).as("The table needs these rows:%n%s%n", this.metadata.toMarkdown())
			.containsExactlyInAnyOrderElementsOf(expectedRows(this.metadata));
	}

	private static List<List<String>> rows(MarkdownDocument document) {
		return document.tableRows(COLUMNS)
			.stream()
			.map((row) -> List.of(row.get(0), row.get(1), row.get(2).replace("`", "")))
			.toList();
	}

	private static List<List<String>> expectedRows(ConfigurationMetadata metadata) {
		return metadata.properties()
			.stream()
			.map((property) -> List.of("`" + property.name() + "`", property.defaultCell(),
					property.description().replace("`", "")))
			.toList();
	}

	@Test
	void everyRuleForDescriptionsCanFail() {
		assertThat(sample("x", "boolean", "Whether it is.").problems()).isEmpty();
		assertThat(sample("x", "boolean", "It is.").problems()).hasSize(1);
		assertThat(sample("x", "java.lang.Boolean", "It is.").problems()).hasSize(1);
		assertThat(sample("x", "int", "").problems()).hasSize(1);
		assertThat(sample("x", "int", "The number.").problems()).hasSize(1);
		assertThat(sample("x", "int", "A number.").problems()).hasSize(1);
		assertThat(sample("x", "int", "Any number.").problems()).isEmpty();
		assertThat(sample("x", "int", "Number").problems()).hasSize(1);
		assertThat(sample("x", "int", "Number of {@code x}.").problems()).hasSize(1);
		assertThat(sample("x", "java.util.List<java.lang.String>", "Origins.").problems()).hasSize(1);
		assertThat(ConfigurationMetadata.of(SAMPLE.replace("nexios.ws.%s", "other.x")).problems())
			.anyMatch((problem) -> problem.startsWith("other.x is outside"));
	}

	@Test
	void tableOfMetadataIsReadBackFromMarkdown() {
		ConfigurationMetadata metadata = sample("x", "boolean", "Whether it is.");
		String table = "text\n\n| Property | Default | Description |\n|---|---|---|\n" + metadata.toMarkdown()
				+ "\n\nmore";
		assertThat(rows(MarkdownDocument.of("sample", table))).hasSize(3).isEqualTo(expectedRows(metadata));
	}

	@Test
	void namesAreKnownInTheFormsThatSpringBootTakes() {
		ConfigurationMetadata metadata = sample("origins", "java.util.List<java.lang.String>", "Comma-separated list.");
		assertThat(List.of("nexios.ws.max-age", "nexios.ws.maxAge", "nexios.ws.origins[0]", "nexios.ws.mounts.chat"))
			.allMatch(metadata::knows);
		assertThat(List.of("nexios.ws.max", "nexios.ws.max-age.x", "nexios.ws.old")).noneMatch(metadata::knows);
		assertThat(metadata.propertiesClasses()).containsOnlyKeys("nexios.ws");
	}

	@Test
	void additionalPropertiesOutOfOrderAreAProblem() {
		String json = "{\"properties\": [{\"name\": \"%s\"}, {\"name\": \"b\"}]}";
		assertThat(ConfigurationMetadata.problemsOfAdditional(json.formatted("a"))).isEmpty();
		assertThat(ConfigurationMetadata.problemsOfAdditional(json.formatted("b"))).hasSize(1);
		assertThat(ConfigurationMetadata.problemsOfAdditional(json.formatted("c"))).hasSize(1);
	}

	private static ConfigurationMetadata sample(String name, String type, String description) {
		return ConfigurationMetadata.of(SAMPLE.formatted(name, type, description));
	}

}
