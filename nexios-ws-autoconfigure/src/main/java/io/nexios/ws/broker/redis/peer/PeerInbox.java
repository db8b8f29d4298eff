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

package io.nexios.ws.broker.redis.peer;

import io.nexios.ws.broker.GroupBroker.Subscriber;
import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.node.NodeId;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.broker.redis.wire.PeerFormat;
import io.nexios.ws.broker.redis.wire.PeerMessage;
import io.nexios.ws.broker.redis.wire.PeerMessage.Answer;
import io.nexios.ws.broker.redis.wire.PeerMessage.Command;
import io.nexios.ws.broker.redis.wire.PeerMessage.Direct;
import org.jspecify.annotations.Nullable;

/**
 * Handles the messages of other nodes. Each request is answered. If the answer is lost,
 * the other node finds out by its timeout.
 *
 * @author Nexios Team
 */
final class PeerInbox {

	private final PeerSettings settings;

	private final RedisCalls publish;

	private final OpenRequests requests;

	private final RedisObserver observer;

	private volatile @Nullable Subscriber subscriber;

	PeerInbox(PeerSettings settings, RedisCalls publish, OpenRequests requests, RedisObserver observer) {
		this.settings = settings;
		this.publish = publish;
		this.requests = requests;
		this.observer = observer;
	}

	void open(Subscriber subscriber) {
		this.subscriber = subscriber;
	}

	void close() {
		this.subscriber = null;
	}

	void onMessage(byte[] bytes) {
		Subscriber subscriber = this.subscriber;
		PeerMessage message = PeerFormat.read(bytes);
		if (message == null || !NodeId.isId(message.sender())) {
			this.observer.ignored();
		}
		else if (message instanceof Answer answer) {
			this.requests.answer(answer);
		}
		else if (subscriber != null && !message.sender().equals(this.settings.node())) {
			handle(message, subscriber);
		}
	}

	private void handle(PeerMessage message, Subscriber subscriber) {
		if (message instanceof Direct direct) {
			answer(message, subscriber.onDirect(direct.channelId(), direct.payload()));
		}
		else if (message instanceof Command command) {
			subscriber.onCommand(command.command());
			answer(message, true);
		}
	}

	private void answer(PeerMessage message, boolean accepted) {
		byte[] answer = PeerFormat.write(new Answer(message.request(), this.settings.node(), accepted));
		this.publish.call(RedisRequest.of("PUBLISH", this.settings.names().inbox(message.sender()), answer));
	}

}
