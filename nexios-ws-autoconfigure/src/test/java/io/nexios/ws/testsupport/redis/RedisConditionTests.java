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

package io.nexios.ws.testsupport.redis;

import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RedisCondition}.
 *
 * @author Nexios Team
 */
class RedisConditionTests {

	@TempDir
	private Path directory;

	@Test
	void missingRedisSkipsClassAndSaysHowManyTests() {
		RedisCondition condition = new RedisCondition(Optional.empty(), false);
		assertThat(condition.evaluate(Sample.class)).matches((result) -> result.isDisabled())
			.extracting((result) -> result.getReason().orElseThrow())
			.asString()
			.startsWith("Skipped 2 test methods of Sample: no redis-server in the PATH");
	}

	@Test
	void missingRedisFailsClassIfItIsRequired() {
		RedisCondition condition = new RedisCondition(Optional.empty(), true);
		assertThatIllegalStateException().isThrownBy(() -> condition.evaluate(Sample.class))
			.withMessage("There is no redis-server, and CI=true requires it");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void installedRedisEnablesClass(boolean required) {
		RedisCondition condition = new RedisCondition(Optional.of(Path.of("redis-server")), required);
		assertThat(condition.evaluate(Sample.class).isDisabled()).isFalse();
	}

	@Test
	void binaryIsFoundInDirectoriesOfThePath() throws Exception {
		Path binary = this.directory.resolve("redis-server");
		String path = "/nowhere::" + this.directory;
		assertThat(RedisBinary.find(path)).isEmpty();
		assertThat(binary.toFile().createNewFile()).isTrue();
		assertThat(RedisBinary.find(path)).isEmpty();
		assertThat(binary.toFile().setExecutable(true)).isTrue();
		assertThat(RedisBinary.find(path)).contains(binary);
	}

	static class Sample {

		@Test
		void first() {
		}

		@ParameterizedTest
		@ValueSource(ints = { 1, 2 })
		void second(int value) {
		}

	}

}
