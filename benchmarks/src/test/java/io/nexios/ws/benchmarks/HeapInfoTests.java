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
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link HeapInfo}.
 *
 * @author Nexios Team
 */
class HeapInfoTests {

	@Test
	void usedHeapIsReadAsJdk17WritesIt() {
		assertThat(HeapInfo.usedBytes("""
				1234:
				 garbage-first heap   total 2097152K, used 12345K [0x0000000080000000, 0x0000000100000000)
				  region size 1024K, 3 young (3072K), 0 survivors (0K)
				 Metaspace       used 3456K, committed 3584K, reserved 1114112K
				""")).isEqualTo(12345 * 1024);
	}

	@Test
	void usedHeapIsReadAsJdk25WritesIt() {
		assertThat(HeapInfo.usedBytes("""
				1234:
				 garbage-first heap   total reserved 2097152K, committed 2097152K, used 12345K [0x80000000, 0x100000000)
				  region size 1024K, 3 young (3072K), 0 survivors (0K)
				 Metaspace       used 3456K, committed 3584K, reserved 1114112K
				""")).isEqualTo(12345 * 1024);
	}

	@Test
	void megabytesAreRead() {
		assertThat(HeapInfo.usedBytes(" ZHeap           used 68M, capacity 512M")).isEqualTo(68 * 1024 * 1024);
	}

	@Test
	void anythingElseIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> HeapInfo.usedBytes("No such process"));
	}

}
