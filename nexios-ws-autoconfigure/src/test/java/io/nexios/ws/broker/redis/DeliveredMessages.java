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

package io.nexios.ws.broker.redis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.NumberedPublisher.Outcome;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a node has delivered of a group, in order: messages and losses.
 *
 * @author Nexios Team
 */
final class DeliveredMessages {

	private final List<Object> events = new ArrayList<>();

	synchronized void add(BrokerMessage message) {
		this.events.add(message);
	}

	synchronized void add(Loss loss) {
		this.events.add(loss);
	}

	synchronized List<Object> events() {
		return List.copyOf(this.events);
	}

	List<Loss> losses() {
		return events().stream().filter(Loss.class::isInstance).map(Loss.class::cast).toList();
	}

	List<Integer> numbers() {
		return events().stream()
			.filter(BrokerMessage.class::isInstance)
			.map((event) -> number((BrokerMessage) event))
			.toList();
	}

	private static int number(BrokerMessage message) {
		return Integer.parseInt(((Payload.Text) message.publication().payload()).text());
	}

	/**
	 * Wait for a number.
	 * @param number the number of the message
	 */
	void awaitNumber(int number) {
		Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> numbers().contains(number));
	}

	/**
	 * Wait for losses.
	 * @param count the number of losses
	 */
	void awaitLosses(int count) {
		Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> losses().size() >= count);
	}

	/**
	 * Wait until as many messages have been delivered from now on.
	 * @param count the number of messages
	 */
	void awaitMore(int count) {
		int before = numbers().size();
		Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> numbers().size() >= before + count);
	}

	/**
	 * Check that each message follows the one before, or that there is a loss between
	 * them. So nothing is skipped silently, and nothing comes twice.
	 */
	void expectNoSilentGap() {
		Position last = null;
		for (Object event : events()) {
			if (event instanceof Loss loss) {
				if (last != null) {
					assertThat(loss.last()).isEqualTo(last);
				}
				last = loss.next();
			}
			else {
				Position position = ((BrokerMessage) event).position();
				if (last != null) {
					assertThat(position.epoch()).isEqualTo(last.epoch());
					assertThat(position.offset()).isEqualTo(last.offset() + 1);
				}
				last = position;
			}
		}
		assertThat(new HashSet<>(numbers())).hasSameSizeAs(numbers());
	}

	/**
	 * Check that the last accepted message was delivered, and no message that was not
	 * sent.
	 * @param publisher the publisher, which is closed
	 */
	void expectLastOf(NumberedPublisher publisher) {
		assertThat(publisher.numbers(Outcome.WRONG)).isEmpty();
		publisher.numbers(Outcome.ACCEPTED).stream().reduce((first, second) -> second).ifPresent(this::awaitNumber);
		assertThat(numbers()).noneMatch(publisher.numbers(Outcome.NOT_SENT)::contains);
	}

	/**
	 * Check that every accepted message was delivered, and no message that was not sent.
	 * @param publisher the publisher, which is closed
	 */
	void expectAllOf(NumberedPublisher publisher) {
		expectLastOf(publisher);
		assertThat(numbers()).containsAll(publisher.numbers(Outcome.ACCEPTED));
	}

}
