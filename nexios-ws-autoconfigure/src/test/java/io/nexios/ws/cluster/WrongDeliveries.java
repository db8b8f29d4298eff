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

package io.nexios.ws.cluster;

import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.server.group.DelegatingBroker;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Replaces the broker by one that makes mistakes.
 *
 * @author Nexios Team
 */
final class WrongDeliveries implements BeanPostProcessor {

	private static final int INTERVAL = 50;

	private final int repetitions;

	/**
	 * Create a broker with mistakes.
	 * @param repetitions how often every 50th message is delivered
	 */
	WrongDeliveries(int repetitions) {
		this.repetitions = repetitions;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		return (bean instanceof GroupBroker broker) ? new WrongBroker(broker) : bean;
	}

	/**
	 * Delivers every 50th message never, or more than once.
	 */
	private final class WrongBroker extends DelegatingBroker {

		WrongBroker(GroupBroker delegate) {
			super(delegate);
		}

		@Override
		public void start(Subscriber subscriber) {
			super.start(new WrongSubscriber(subscriber));
		}

	}

	/**
	 * Receives the messages and makes the mistakes.
	 */
	private final class WrongSubscriber implements GroupBroker.Subscriber {

		private final AtomicInteger count = new AtomicInteger();

		private final GroupBroker.Subscriber delegate;

		WrongSubscriber(GroupBroker.Subscriber delegate) {
			this.delegate = delegate;
		}

		@Override
		public void onMessage(BrokerMessage message) {
			boolean wrong = this.count.incrementAndGet() % INTERVAL == 0;
			for (int i = 0; i < (wrong ? WrongDeliveries.this.repetitions : 1); i++) {
				this.delegate.onMessage(message);
			}
		}

		@Override
		public void onLoss(GroupBroker.Loss loss) {
			this.delegate.onLoss(loss);
		}

		@Override
		public void onState(BrokerState state) {
			this.delegate.onState(state);
		}

	}

}
