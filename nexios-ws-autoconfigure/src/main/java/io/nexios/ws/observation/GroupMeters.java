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

package io.nexios.ws.observation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nexios.ws.broker.BrokerState.Level;
import io.nexios.ws.broker.MemoryGroupBroker;
import io.nexios.ws.server.group.BrokerChannelBox;
import org.jspecify.annotations.Nullable;

/**
 * Meters of the groups on this node.
 *
 * @author Nexios Team
 */
public final class GroupMeters implements MeterBinder {

	private final BrokerChannelBox channelBox;

	private final @Nullable MemoryGroupBroker memory;

	/**
	 * Create the meters.
	 * @param channelBox the groups
	 * @param memory the broker, or {@code null} if it is another one
	 */
	public GroupMeters(BrokerChannelBox channelBox, @Nullable MemoryGroupBroker memory) {
		this.channelBox = channelBox;
		this.memory = memory;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("nexios.ws.groups", this.channelBox, BrokerChannelBox::size)
			.description("Groups with members on this node")
			.register(registry);
		Gauge.builder("nexios.ws.engine.up", this.channelBox, GroupMeters::up)
			.description("Whether the broker of the groups works: 1 or 0")
			.register(registry);
		if (this.memory != null) {
			FunctionCounter
				.builder("nexios.ws.groups.positions.forgotten", this.memory, MemoryGroupBroker::forgottenPositions)
				.description("Positions of unused groups that were forgotten because there were too many")
				.register(registry);
		}
	}

	private static int up(BrokerChannelBox channelBox) {
		return (channelBox.state().level() == Level.UP) ? 1 : 0;
	}

}
