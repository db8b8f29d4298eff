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

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Options}.
 *
 * @author Nexios Team
 */
class OptionsTests {

	private static final List<String> PARTS = List.of("echo", "groups", "heap");

	@Test
	void everythingRunsWithoutOptions() {
		Options options = parse();
		assertThat(options.parts()).isEqualTo(PARTS);
		assertThat(options.container()).isEqualTo(Container.TOMCAT);
		assertThat(options.hasPeers()).isTrue();
		assertThat(options.isQuick()).isFalse();
		assertThat(options.isPublish()).isFalse();
	}

	@Test
	void partsAreThoseThatWereNamed() {
		assertThat(parse("--only", "echo,heap").parts()).containsExactly("echo", "heap");
	}

	@Test
	void containerIsFoundByItsName() {
		assertThat(parse("--container", "jetty").container()).isEqualTo(Container.JETTY);
	}

	@Test
	void commandRepeatsWhatWasAskedForWithoutPaths() {
		Options options = parse("--home", "/somewhere", "--quick", "--only", "echo", "--no-peers");
		assertThat(options.home()).isEqualTo(Path.of("/somewhere"));
		assertThat(options.command()).isEqualTo("benchmarks/run --quick --only echo --no-peers");
	}

	@Test
	void unknownPartIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> parse("--only", "echo,what"))
			.withMessageContaining("echo, groups, heap");
	}

	@Test
	void unknownContainerIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> parse("--container", "what"));
	}

	@Test
	void unknownOptionIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> parse("--what")).withMessageContaining("--what");
	}

	@Test
	void missingValueIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> parse("--only"));
	}

	private static Options parse(String... arguments) {
		return Options.parse(List.of(arguments), PARTS);
	}

}
