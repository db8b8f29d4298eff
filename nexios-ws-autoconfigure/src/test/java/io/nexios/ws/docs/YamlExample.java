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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.ClassUtils;

/**
 * A configuration that a document shows.
 *
 * @author Nexios Team
 */
final class YamlExample {

	private final StandardEnvironment environment = new StandardEnvironment();

	private final List<String> names;

	YamlExample(String content) {
		List<EnumerablePropertySource<?>> sources = load(content);
		sources.forEach(this.environment.getPropertySources()::addFirst);
		this.names = sources.stream().flatMap((source) -> Stream.of(source.getPropertyNames())).toList();
	}

	private static List<EnumerablePropertySource<?>> load(String content) {
		try {
			return new YamlPropertySourceLoader()
				.load("example", new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8)))
				.stream()
				.<EnumerablePropertySource<?>>map((source) -> (EnumerablePropertySource<?>) source)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the names of all properties.
	 * @return the names
	 */
	List<String> names() {
		return this.names;
	}

	/**
	 * Return the names of our properties that do not exist.
	 * @param metadata the properties that exist
	 * @return the unknown names
	 */
	List<String> unknownNames(ConfigurationMetadata metadata) {
		return this.names.stream()
			.filter((name) -> name.startsWith(ConfigurationMetadata.PREFIX))
			.filter((name) -> !metadata.knows(name))
			.toList();
	}

	/**
	 * Bind the configuration as an application does.
	 * @param metadata the properties classes to bind to
	 */
	void bind(ConfigurationMetadata metadata) {
		Binder binder = Binder.get(this.environment);
		metadata.propertiesClasses()
			.forEach((prefix, type) -> binder.bind(prefix, Bindable.of(ClassUtils.resolveClassName(type, null))));
	}

}
