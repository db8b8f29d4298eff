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

import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.broker.Publication;
import io.nexios.ws.server.group.DelegatingBroker;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Replaces the broker by one that makes mistakes.
 *
 * @author Nexios Team
 */
final class WrongDeliveries implements BeanPostProcessor {

	private static final int INTERVAL = 50;

	private final Mistake mistake;

	WrongDeliveries(Mistake mistake) {
		this.mistake = mistake;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		return (bean instanceof GroupBroker broker) ? new WrongBroker(broker, this.mistake) : bean;
	}

	/**
	 * What happens to every 50th message.
	 */
	enum Mistake {

		/** It is not delivered. */
		NOT_DELIVERED,

		/** It is saved twice. */
		SAVED_TWICE

	}

	/**
	 * Makes the mistakes.
	 */
	private static final class WrongBroker extends DelegatingBroker {

		private final AtomicInteger count = new AtomicInteger();

		private final Mistake mistake;

		WrongBroker(GroupBroker delegate, Mistake mistake) {
			super(delegate);
			this.mistake = mistake;
		}

		private boolean isWrong(Mistake mistake) {
			return this.mistake == mistake && this.count.incrementAndGet() % INTERVAL == 0;
		}

		@Override
		public CompletionStage<Acceptance> publish(Publication publication) {
			if (isWrong(Mistake.SAVED_TWICE)) {
				super.publish(new Publication(publication.group(), UUID.randomUUID(), publication.created(),
						publication.payload(), publication.except(), publication.saved()));
			}
			return super.publish(publication);
		}

		@Override
		public void start(Subscriber subscriber) {
			super.start((message) -> {
				if (!isWrong(Mistake.NOT_DELIVERED)) {
					subscriber.onMessage(message);
				}
			});
		}

	}

}
