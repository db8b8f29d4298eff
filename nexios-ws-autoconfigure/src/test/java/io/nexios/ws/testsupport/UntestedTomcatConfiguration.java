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

import io.nexios.ws.server.tomcat.TomcatVersion;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes an application take its Tomcat for a version that is not tested.
 *
 * @author Nexios Team
 */
@Configuration(proxyBeanMethods = false)
public class UntestedTomcatConfiguration {

	/** The number of the version. */
	public static final String NUMBER = "11.0.999";

	@Bean
	TomcatVersion untestedTomcatVersion() {
		return new TomcatVersion(NUMBER);
	}

}
