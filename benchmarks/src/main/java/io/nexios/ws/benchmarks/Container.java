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

package io.nexios.ws.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.springframework.util.StringUtils;

/**
 * The servlet container of the Spring Boot application. The libraries contain all
 * containers. The classpath omits the other containers.
 *
 * @author Nexios Team
 */
enum Container {

	TOMCAT("jetty-", "spring-boot-jetty-", "spring-boot-starter-jetty-", "jakarta.servlet-api-", "jakarta.websocket-"),

	JETTY("tomcat-embed-core-", "tomcat-embed-websocket-", "spring-boot-tomcat-", "spring-boot-starter-tomcat-");

	private final List<String> foreignLibraries;

	Container(String... foreignLibraries) {
		this.foreignLibraries = List.of(foreignLibraries);
	}

	static Container of(String id) {
		return Stream.of(values())
			.filter((container) -> container.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No such container: " + id));
	}

	String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	String title() {
		return StringUtils.capitalize(id());
	}

	/**
	 * Return whether the application on this container has a library.
	 * @param library the name of the library's file
	 * @return whether it has the library
	 */
	boolean uses(String library) {
		return this.foreignLibraries.stream().noneMatch(library::startsWith);
	}

}
