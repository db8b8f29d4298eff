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

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.nexios.ws.WebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link MdcContext}.
 *
 * @author Nexios Team
 */
class MdcContextTests {

	private final WebSocket ws = mock(WebSocket.class);

	@BeforeEach
	void setId() {
		given(this.ws.id()).willReturn("1234");
	}

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void runHasWhatTheRequestHadAndTheConnection() {
		MDC.put("trace", "abc");
		AtomicReference<Map<String, String>> seen = new AtomicReference<>();
		Runnable code = new MdcContext().capture(this.ws, "/t").decorate(() -> seen.set(MDC.getCopyOfContextMap()));
		MDC.clear();
		code.run();
		assertThat(seen.get()).containsOnly(Map.entry("trace", "abc"), Map.entry("nexios.ws.connection", "1234"),
				Map.entry("nexios.ws.route", "/t"));
	}

	@Test
	void valueThatIsNullIsLeftOut() {
		MDC.put("trace", "abc");
		MDC.put("request", null);
		AtomicReference<Map<String, String>> seen = new AtomicReference<>();
		Runnable code = new MdcContext().capture(this.ws, "/t").decorate(() -> seen.set(MDC.getCopyOfContextMap()));
		MDC.clear();
		code.run();
		assertThat(seen.get()).containsOnly(Map.entry("trace", "abc"), Map.entry("nexios.ws.connection", "1234"),
				Map.entry("nexios.ws.route", "/t"));
	}

	@Test
	void nullOfTheThreadIsThereAfterwards() {
		MDC.put("thread", null);
		new MdcContext().capture(this.ws, "/t").decorate(MDC::clear).run();
		assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("thread").containsValue(null);
	}

	@Test
	void threadHasAfterwardsWhatItHadBefore() {
		Runnable code = new MdcContext().capture(this.ws, "/t").decorate(() -> {
			MDC.put("own", "value");
			throw new IllegalStateException();
		});
		MDC.put("thread", "7");
		assertThatIllegalStateException().isThrownBy(code::run);
		assertThat(MDC.getCopyOfContextMap()).containsOnly(Map.entry("thread", "7"));
	}

}
