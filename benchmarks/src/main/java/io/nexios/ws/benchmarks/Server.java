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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The server processes of the sides.
 *
 * @author Nexios Team
 */
public enum Server {

	/**
	 * The Spring Boot application with Nexios WS, raw Spring and STOMP.
	 */
	APPLICATION {

		@Override
		List<String> arguments(Options options, int port) {
			Predicate<String> foreign = (name) -> name.startsWith("vertx-") || name.startsWith("netty-")
					|| name.startsWith("jmh-") || isForRedis(name);
			return application(options, port, foreign.negate());
		}

	},

	/**
	 * The same application with the client for Redis.
	 */
	NODE {

		@Override
		List<String> arguments(Options options, int port) {
			Predicate<String> foreign = (name) -> name.startsWith("vertx-") || name.startsWith("jmh-");
			return application(options, port, foreign.negate());
		}

	},

	/**
	 * Vert.x.
	 */
	VERTX {

		@Override
		List<String> arguments(Options options, int port) {
			String classPath = classPath(options, (name) -> name.startsWith("vertx-") || name.startsWith("netty-")
					|| name.startsWith("jackson-core-") || name.startsWith("jspecify-"));
			return List.of("-cp", classPath, "io.nexios.ws.benchmarks.vertx.VertxServer", String.valueOf(port));
		}

	},

	/**
	 * Quarkus, which has a separate build.
	 */
	QUARKUS {

		@Override
		List<String> arguments(Options options, int port) {
			Path jar = options.home().resolve("peers/quarkus/target/quarkus-app/quarkus-run.jar");
			if (!Files.exists(jar)) {
				throw new UnavailableException("Quarkus was not measured, because it could not be built.");
			}
			return List.of("-Dquarkus.http.port=" + port, "-jar", jar.toString());
		}

	};

	private static final List<String> FOR_REDIS = List.of("lettuce-", "redis-authx-", "reactor-", "reactive-streams-",
			"spring-boot-data-", "spring-boot-netty-", "spring-boot-persistence-", "spring-boot-starter-data-",
			"spring-boot-transaction-", "spring-context-support-", "spring-data-", "spring-oxm-", "spring-tx-");

	/**
	 * Return the arguments of the JVM.
	 * @param options the options, which have the directories
	 * @param port the port to listen on
	 * @return the arguments
	 */
	abstract List<String> arguments(Options options, int port);

	private static List<String> application(Options options, int port, Predicate<String> filter) {
		String classPath = classPath(options, filter.and(options.container()::uses));
		return List.of("-cp", classPath, "io.nexios.ws.benchmarks.application.BenchmarkApplication",
				"--server.port=" + port);
	}

	private static boolean isForRedis(String name) {
		return FOR_REDIS.stream().anyMatch(name::startsWith);
	}

	static String classPath(Options options, Predicate<String> filter) {
		Path libraries = options.target().resolve("libraries");
		try (Stream<Path> files = Files.list(libraries)) {
			Stream<Path> used = files.filter((file) -> filter.test(file.getFileName().toString())).sorted();
			return Stream.concat(Stream.of(options.target().resolve("classes")), used)
				.map(Path::toString)
				.collect(Collectors.joining(":"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
