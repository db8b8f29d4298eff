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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WebSocket;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A placeholder for a handler, which each test sets.
 *
 * @author Nexios Team
 */
public final class HandlerSlot implements WSHandler {

	private final List<Outcome<?>> outcomes = new CopyOnWriteArrayList<>();

	private volatile @Nullable Outcome<?> current;

	@Override
	public void handle(WebSocket ws) throws Exception {
		Outcome<?> outcome = this.current;
		Assert.state(outcome != null, "The test serves nothing");
		outcome.run(ws);
	}

	<T extends @Nullable Object> Outcome<T> fill(Outcome.Handling<T> handling) {
		Outcome<T> outcome = new Outcome<>(handling);
		this.outcomes.add(outcome);
		this.current = outcome;
		return outcome;
	}

	void verifyAndClear() {
		this.current = null;
		List<Outcome<?>> ended = List.copyOf(this.outcomes);
		this.outcomes.clear();
		ended.forEach(Outcome::verify);
	}

}
