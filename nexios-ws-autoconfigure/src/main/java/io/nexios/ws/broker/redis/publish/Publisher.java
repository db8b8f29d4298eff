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

import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.nexios.ws.broker.GroupBroker.Acceptance;
import io.nexios.ws.broker.Publication;
import io.nexios.ws.broker.redis.connection.LinkListener;
import io.nexios.ws.broker.redis.connection.RedisConnection;
import io.nexios.ws.broker.redis.observer.RedisObserver;
import io.nexios.ws.broker.redis.wire.Envelope;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.broker.redis.wire.WireFormat;
import io.nexios.ws.spi.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the messages of this node to Redis, in the order of the calls.
 * <p>
 * A publication has one outcome, at the latest when its time is over:
 * <ul>
 * <li>It is accepted. A saved message is in the stream once, however often it was
 * sent.</li>
 * <li>It fails with a {@link io.nexios.ws.channel.SendOutcomeUnknownException} if it was
 * sent and Redis has not answered in time. If it is not saved, also if the connection has
 * ended without an answer: it is never sent twice.</li>
 * <li>It fails with a {@link io.nexios.ws.channel.GroupsUnavailableException} if it is
 * known that it was not accepted.</li>
 * </ul>
 * While it is known that there is no connection, publications fail at once. Those that
 * wait since before go on waiting. {@link Outbox} says what is not guaranteed.
 *
 * @author Nexios Team
 */
public final class Publisher implements LinkListener<RedisConnection>, AutoCloseable {

	private final PublishSettings settings;

	private final Outbox outbox;

	private final Flusher flusher;

	private final PublishCheck check;

	private final BooleanSupplier mayPublish;

	/**
	 * Create a publisher.
	 * @param settings the settings
	 * @param time the time
	 * @param observer is told the outcomes
	 * @param mayPublish whether this node has its lease. If not, publications wait until
	 * {@link #proceed()} is called
	 */
	public Publisher(PublishSettings settings, TimeSource time, RedisObserver observer, BooleanSupplier mayPublish) {
		this.settings = settings;
		this.mayPublish = mayPublish;
		this.outbox = new Outbox(settings, time, observer);
		PublishRequests requests = new PublishRequests(settings.names(), settings.node());
		this.check = new PublishCheck(settings.names(), requests);
		PublishSender sender = new PublishSender(this.outbox, requests, time, this::proceed);
		this.flusher = new Flusher(this::next, sender::send, time);
	}

	private @Nullable Step next() {
		return this.mayPublish.getAsBoolean() ? this.outbox.next() : null;
	}

	/**
	 * Return what a new connection has to pass before {@link #onUp}.
	 * @return makes all requests of a publisher once. The stage fails with the reason if
	 * one of them is not allowed
	 */
	public Function<RedisConnection, CompletionStage<Void>> preparation() {
		return this.check;
	}

	/**
	 * Publish a message.
	 * @param publication the message
	 * @return a stage that completes with the outcome
	 * @throws IllegalArgumentException if Redis cannot have the name of the group
	 */
	public CompletionStage<Acceptance> publish(Publication publication) {
		Pending message = pending(publication);
		if (this.outbox.add(message)) {
			this.flusher.flush();
		}
		return message.result;
	}

	private Pending pending(Publication publication) {
		String group = publication.group();
		GroupKeys keys = this.settings.names().group(group);
		Envelope envelope = Envelope.of(publication);
		if (!publication.saved()) {
			return new Pending(group, keys, WireFormat.unsaved(envelope), null);
		}
		return new Pending(group, keys, envelope.encode(), Saving.of(this.settings.history().apply(group)));
	}

	@Override
	public void onUp(RedisConnection connection) {
		this.outbox.onUp(connection);
		proceed();
	}

	@Override
	public void onDown(String reason) {
		this.outbox.onDown();
	}

	/**
	 * Send what waits. Called when this node has its lease again.
	 */
	public void proceed() {
		this.flusher.flush();
	}

	/**
	 * Forget which groups are in the set of this node's groups. Called when the lease of
	 * this node was lost, because the set may be lost too.
	 */
	public void forgetOwned() {
		this.outbox.forgetEntered();
	}

	/**
	 * Return the size of all publications that have no outcome.
	 * @return the number of bytes
	 */
	public long pendingBytes() {
		return this.outbox.bytes();
	}

	/**
	 * Return a stage that tells when nothing waits any more.
	 * @return a stage that completes when all publications have an outcome. If none is
	 * added, this takes the time of a publication at most
	 */
	public CompletionStage<Void> flushed() {
		return this.outbox.flushed();
	}

	/**
	 * Fail all publications that have no outcome, and all further ones.
	 */
	@Override
	public void close() {
		this.outbox.close();
	}

}
