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

package io.nexios.ws.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeapDemand}.
 *
 * @author Nexios Team
 */
class HeapDemandTests {

	private static final long MB = 1024 * 1024;

	private static final HeapDemand DEFAULTS = demand(8192, 9 * MB / 4, 32 * MB, 0);

	private static HeapDemand demand(long connections, long one, long history, long outbound) {
		return new HeapDemand("server.tomcat.max-connections", connections, 54_500, one, history, outbound);
	}

	@ParameterizedTest
	@ValueSource(longs = { 512, 1024, 2048, 4096 })
	void defaultsFitUsualHeaps(long megabytes) {
		assertThat(DEFAULTS.complaint(megabytes * MB)).isNull();
	}

	@Test
	void idleConnectionsMayBeTooMany() {
		assertThat(demand(100_000, MB, MB, 0).complaint(4096 * MB)).contains("4096 MB", "5197 MB", "100000",
				"server.tomcat.max-connections");
	}

	@Test
	void complaintAboutDefaultsBlamesNobodyForThem() {
		assertThat(DEFAULTS.complaint(256 * MB)).doesNotContain("configured")
			.contains("425 MB for 8192 idle connections that 'server.tomcat.max-connections' permits");
	}

	@Test
	void complaintSaysHowLargeAHeapWouldDo() {
		assertThat(DEFAULTS.complaint(256 * MB)).contains("-Xmx461m");
		assertThat(DEFAULTS.complaint(461 * MB)).isNull();
	}

	@Test
	void complaintSaysHowManyConnectionsWouldFit() {
		assertThat(DEFAULTS.complaint(256 * MB)).endsWith("or lower 'server.tomcat.max-connections' to 4266");
		assertThat(demand(4266, 9 * MB / 4, 32 * MB, 0).complaint(256 * MB)).isNull();
		assertThat(demand(4267, 9 * MB / 4, 32 * MB, 0).complaint(256 * MB)).isNotNull();
	}

	@Test
	void complaintNamesWhatTakesMostIfFewerConnectionsWouldNotHelp() {
		assertThat(demand(10, 600 * MB, MB, 0).complaint(512 * MB))
			.contains("or lower 'nexios.ws.max-message-size', 'nexios.ws.inbound.max-bytes' and");
		assertThat(demand(10, MB, 600 * MB, 0).complaint(512 * MB))
			.endsWith("or lower 'nexios.ws.history.total-max-bytes'");
		assertThat(demand(10, MB, MB, 600 * MB).complaint(512 * MB))
			.endsWith("or lower 'nexios.ws.outbound.total-max-bytes'");
	}

	@Test
	void oneConnectionMayBeTooMuch() {
		assertThat(demand(10, 600 * MB, MB, 0).complaint(512 * MB)).contains("600 MB", "nexios.ws.max-message-size");
	}

	@Test
	void historyMayBeTooMuch() {
		assertThat(demand(10, MB, 600 * MB, 0).complaint(512 * MB)).contains("600 MB",
				"nexios.ws.history.total-max-bytes");
	}

	@Test
	void messagesForPeersMayBeTooMuch() {
		assertThat(demand(10, MB, MB, 600 * MB).complaint(512 * MB)).contains("600 MB",
				"nexios.ws.outbound.total-max-bytes");
	}

	@Test
	void unboundedPropertyIsNotNamed() {
		assertThat(demand(100_000, MB, MB, 0).complaint(512 * MB)).doesNotContain("nexios.ws.outbound.total-max-bytes");
	}

	@Test
	void unlimitedConnectionsAreNotCounted() {
		assertThat(demand(0, MB, MB, 0).bytes()).isEqualTo(2 * MB);
		assertThat(demand(0, MB, MB, 0).complaint(MB)).doesNotContain("idle", "server.tomcat.max-connections");
	}

	@Test
	void demandBeyondAllNumbersIsTooMuch() {
		assertThat(demand(Long.MAX_VALUE, Long.MAX_VALUE, MB, MB).complaint(512 * MB)).isNotNull();
	}

}
