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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Container}.
 *
 * @author Nexios Team
 */
class ContainerTests {

	@Test
	void tomcatRunsWithoutJetty() {
		assertThat(Container.TOMCAT.uses("tomcat-embed-websocket-11.0.27.jar")).isTrue();
		assertThat(Container.TOMCAT.uses("jetty-server-12.1.14.jar")).isFalse();
		assertThat(Container.TOMCAT.uses("spring-boot-jetty-4.1.2.jar")).isFalse();
	}

	@Test
	void jettyRunsWithoutTomcat() {
		assertThat(Container.JETTY.uses("jetty-server-12.1.14.jar")).isTrue();
		assertThat(Container.JETTY.uses("tomcat-embed-core-11.0.27.jar")).isFalse();
		assertThat(Container.JETTY.uses("spring-boot-tomcat-4.1.2.jar")).isFalse();
	}

}
