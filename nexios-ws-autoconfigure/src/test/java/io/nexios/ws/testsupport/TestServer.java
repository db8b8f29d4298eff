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

package io.nexios.ws.testsupport;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.Assert;

/**
 * An application with all auto-configurations, on the container that is on the classpath,
 * and on a free port.
 *
 * @author Nexios Team
 */
public final class TestServer implements AutoCloseable {

	/**
	 * The property that enables Spring Security. It is on the classpath, but would
	 * require a password in every test.
	 */
	public static final String WITH_SPRING_SECURITY = "spring.autoconfigure.exclude=";

	private static final String LEVEL = "logging.level.";

	private static final String SPRING_SECURITY = Stream
		.of("UserDetailsServiceAutoConfiguration", "web.servlet.SecurityFilterAutoConfiguration",
				"web.servlet.ServletWebSecurityAutoConfiguration",
				"actuate.web.servlet.ManagementWebSecurityAutoConfiguration")
		.map("org.springframework.boot.security.autoconfigure."::concat)
		.collect(Collectors.joining(","));

	private static final Map<String, Object> DEFAULTS = Map.of("server.port", "0", "server.shutdown", "immediate",
			"spring.lifecycle.timeout-per-shutdown-phase", "5s", "spring.main.banner-mode", "off", "logging.level.root",
			"warn", "nexios.ws.heartbeat.interval", "0", "spring.autoconfigure.exclude", SPRING_SECURITY);

	private final ServletWebServerApplicationContext context;

	private final List<String> loggers;

	private TestServer(ServletWebServerApplicationContext context, List<String> loggers) {
		this.context = context;
		this.loggers = loggers;
	}

	/**
	 * Start an application.
	 * @param configurations its configuration classes
	 * @param properties its properties, as in "nexios.ws.enabled=false"
	 * @return the server, listening
	 */
	public static TestServer start(List<Class<?>> configurations, String... properties) {
		SpringApplication application = new SpringApplication(
				Stream.concat(Stream.of(AutoConfigured.class), configurations.stream()).toArray(Class<?>[]::new));
		application.setWebApplicationType(WebApplicationType.SERVLET);
		application.setRegisterShutdownHook(false);
		application.setDefaultProperties(DEFAULTS);
		String[] arguments = Stream.of(properties).map((property) -> "--" + property).toArray(String[]::new);
		return new TestServer((ServletWebServerApplicationContext) application.run(arguments), loggers(properties));
	}

	private static List<String> loggers(String... properties) {
		return Stream.of(properties)
			.filter((property) -> property.startsWith(LEVEL))
			.map((property) -> property.substring(LEVEL.length(), property.indexOf('=')))
			.toList();
	}

	public static TestServer start(Class<?> configuration, String... properties) {
		return start(List.of(configuration), properties);
	}

	/**
	 * Start an application that must not start.
	 * @param configuration its configuration class
	 * @param properties its properties
	 * @return what Spring Boot tells the user about it
	 */
	public static FailureAnalysis failToStart(Class<?> configuration, String... properties) {
		return failToStart(List.of(configuration), properties);
	}

	public static FailureAnalysis failToStart(List<Class<?>> configurations, String... properties) {
		try (TestServer server = start(configurations, properties)) {
			throw new AssertionError("The application started on port " + server.port());
		}
		catch (RuntimeException ex) {
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				if (cause instanceof FailureAnalyzedException failure) {
					return failure.analysis();
				}
			}
			throw ex;
		}
	}

	public int port() {
		Assert.state(this.context.getWebServer() != null, "The server has stopped");
		return this.context.getWebServer().getPort();
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public ServletWebServerApplicationContext context() {
		return this.context;
	}

	/**
	 * Prepare a handshake.
	 * @param target the path and the query, encoded
	 * @return the handshake
	 */
	public RawHandshake handshake(String target) {
		return RawWs.handshake(port(), target);
	}

	/**
	 * Open a connection.
	 * @param target the path and the query, encoded
	 * @param headers further headers, as in "Origin: http://localhost"
	 * @return the client, accepted
	 */
	public RawWs connect(String target, String... headers) {
		return handshake(target).headers(headers).connect();
	}

	@Override
	public void close() {
		this.context.close();
		// Log levels belong to the JVM and not to the application
		LoggingSystem logging = LoggingSystem.get(TestServer.class.getClassLoader());
		this.loggers.forEach((name) -> logging.setLogLevel(name, null));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class AutoConfigured {

	}

}
