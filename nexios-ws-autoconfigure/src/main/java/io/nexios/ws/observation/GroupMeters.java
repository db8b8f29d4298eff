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

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nexios.ws.server.group.BrokerChannelBox;

/**
 * A gauge of the number of groups.
 *
 * @author Nexios Team
 */
public final class GroupMeters implements MeterBinder {

	private final BrokerChannelBox channelBox;

	/**
	 * Create a gauge.
	 * @param channelBox the groups
	 */
	public GroupMeters(BrokerChannelBox channelBox) {
		this.channelBox = channelBox;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("nexios.ws.groups", this.channelBox, BrokerChannelBox::size)
			.description("Groups with members on this node")
			.register(registry);
	}

}
