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

package io.nexios.ws.server.tomcat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TomcatVersion}.
 *
 * @author Nexios Team
 */
class TomcatVersionTests {

	/**
	 * Fails when Spring Boot's BOM brings another version.
	 */
	@Test
	@Tag("tomcat-internals")
	void tomcatOnTheClassPathIsTested() {
		TomcatVersion running = TomcatVersion.running();
		assertThat(running.isTested())
			.as("Tomcat %s, which Spring Boot brings, is not on the list in TomcatVersion. Add it there, and leave it "
					+ "there if all tests with the tag 'tomcat-internals' pass", running.number())
			.isTrue();
	}

	@Test
	void numberHasThreeParts() {
		assertThat(TomcatVersion.running().number()).matches("\\d+\\.\\d+\\.\\d+");
	}

	@Test
	void anotherVersionIsNotTested() {
		assertThat(new TomcatVersion("11.0.999").isTested()).isFalse();
		assertThat(new TomcatVersion("").isTested()).isFalse();
	}

}
