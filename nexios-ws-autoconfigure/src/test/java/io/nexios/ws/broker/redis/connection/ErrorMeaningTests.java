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

package io.nexios.ws.broker.redis.connection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorMeaning}.
 *
 * @author Nexios Team
 */
class ErrorMeaningTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			READONLY You can't write against a read only replica. | CONNECTION
			MASTERDOWN Link with MASTER is down                   | CONNECTION
			LOADING Redis is loading the dataset in memory        | CONNECTION
			NOAUTH Authentication required.                       | CONNECTION
			CLUSTERDOWN Hash slot not served                      | CONNECTION
			MOVED 3999 127.0.0.1:6381                             | CONNECTION
			ASK 3999 127.0.0.1:6381                               | CONNECTION
			NOSCRIPT No matching script.                          | SCRIPTS
			OOM command not allowed when used memory              | WRITES
			MISCONF Redis is configured to save RDB snapshots     | WRITES
			NOREPLICAS Not enough good replicas to write.         | WRITES
			NOPERM User node has no permissions                   | PERMISSION
			WRONGTYPE Operation against a key                     | REQUEST
			BUSY Redis is busy running a script.                  | REQUEST
			CROSSSLOT Keys in request don't hash                  | REQUEST
			ERR user_script:1: Script attempted                   | UNCLEAR
			ERR                                                   | UNCLEAR
			READONLYX                                             | UNCLEAR
			""")
	void eachCodeHasOneMeaning(String error, ErrorMeaning meaning) {
		assertThat(ErrorMeaning.of(new RedisErrorException(error))).isEqualTo(meaning);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			OOM command not allowed. script: 1, on @user_script:1.   | true
			READONLY You can't write. script: 1, on @user_script:1.  | true
			NOPERM this user has no permissions                      | true
			NOPERM no permissions. script: 1, on @user_script:1.     | false
			ERR unknown                                              | false
			""")
	void scriptWithoutPermissionMayHaveDonePart(String error, boolean nothing) {
		assertThat(ErrorMeaning.isNothingDone(new RedisErrorException(error))).isEqualTo(nothing);
	}

	@Test
	void codeHasNoNames() {
		assertThat(new RedisErrorException("NOPERM of user").code()).isEqualTo("NOPERM");
		assertThat(new RedisErrorException("").code()).isEmpty();
	}

}
