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

package io.nexios.ws.broker.redis.feed;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.GroupBroker.Subscriber;
import org.jspecify.annotations.Nullable;

/**
 * Passes messages on from the start to the end.
 *
 * @author Nexios Team
 */
public final class DeliveryGate implements Subscriber {

	private volatile @Nullable Subscriber subscriber;

	public void open(Subscriber subscriber) {
		this.subscriber = subscriber;
	}

	public void close() {
		this.subscriber = null;
	}

	@Override
	public void onMessage(BrokerMessage message) {
		Subscriber subscriber = this.subscriber;
		if (subscriber != null) {
			subscriber.onMessage(message);
		}
	}

	@Override
	public void onLoss(Loss loss) {
		Subscriber subscriber = this.subscriber;
		if (subscriber != null) {
			subscriber.onLoss(loss);
		}
	}

}
