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

package io.nexios.ws.broker.redis.publish;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The saved publications of each group that have no outcome, in the order of their
 * numbers. The lock of the {@link Outbox} guards it.
 *
 * @author Nexios Team
 */
final class GroupOrder {

	private final Map<String, Pending> newest = new HashMap<>();

	void add(Pending message) {
		Pending before = this.newest.put(message.group, message);
		message.before = before;
		if (before != null) {
			before.after = message;
		}
	}

	void remove(Pending message) {
		Pending before = message.before;
		Pending after = message.after;
		if (before != null) {
			before.after = after;
		}
		if (after != null) {
			after.before = before;
		}
		else {
			setNewest(message.group, before);
		}
		message.before = null;
		message.after = null;
	}

	private void setNewest(String group, @Nullable Pending message) {
		if (message != null) {
			this.newest.put(group, message);
		}
		else {
			this.newest.remove(group);
		}
	}

}
