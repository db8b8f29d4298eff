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

package io.nexios.ws.autoconfigure.tomcat;

import io.nexios.ws.server.tomcat.TomcatBuffers;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * Sets a system property to {@code nexios.ws.tomcat.buffer-size}. Tomcat reads this
 * system property once for all applications of the JVM. So the first application decides.
 * A system property that is already set is not changed.
 *
 * @author Nexios Team
 */
final class TomcatBufferSize implements EnvironmentPostProcessor, Ordered {

	static final String NAME = "nexios.ws.tomcat.buffer-size";

	static final String SYSTEM_PROPERTY = "org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE";

	private static volatile boolean systemPropertySet;

	// The compiler copies these constants, so the class is not loaded. Tomcat may be
	// absent
	private static boolean isAllowed(long bytes) {
		return bytes >= TomcatBuffers.MIN_SIZE && bytes <= TomcatBuffers.MAX_SIZE;
	}

	/**
	 * Return whether this class, and not the user, has set the system property.
	 * @return whether it was set by this class
	 */
	static boolean isSystemPropertySet() {
		return systemPropertySet;
	}

	@Override
	public int getOrder() {
		// Runs after the configuration files are loaded
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		long bytes = isUsed(environment) ? bytes(environment) : 0;
		if (isAllowed(bytes) && System.getProperty(SYSTEM_PROPERTY) == null) {
			System.setProperty(SYSTEM_PROPERTY, Long.toString(bytes));
			systemPropertySet = true;
		}
	}

	private static boolean isUsed(ConfigurableEnvironment environment) {
		return environment.getProperty("nexios.ws.enabled", Boolean.class, true)
				&& ClassUtils.isPresent("org.apache.tomcat.websocket.server.WsServerContainer", null);
	}

	private static long bytes(ConfigurableEnvironment environment) {
		try {
			return Binder.get(environment).bind(NAME, DataSize.class).map(DataSize::toBytes).orElse(0L);
		}
		catch (BindException ex) {
			// The properties bean fails at startup with the same message
			return 0;
		}
	}

}
