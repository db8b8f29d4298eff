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

package io.nexios.ws.server.inbound;

import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.limit.PeerLimits;
import io.nexios.ws.spi.RateLimiter;
import io.nexios.ws.spi.RateLimiters;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the peer of one connection sends more messages or bytes per second than
 * it may.
 * <p>
 * A burst of some seconds is allowed, because after a delay in the network, messages that
 * were sent in time arrive together. Messages that accumulated while the server did not
 * read are allowed in addition.
 *
 * @author Nexios Team
 */
public final class MessageRate {

	private static final int BURST_SECONDS = 5;

	private static final MessageRate UNLIMITED = new MessageRate(RateLimiter.UNLIMITED, RateLimiter.UNLIMITED);

	private final RateLimiter messages;

	private final RateLimiter bytes;

	private MessageRate(RateLimiter messages, RateLimiter bytes) {
		this.messages = messages;
		this.bytes = bytes;
	}

	/**
	 * Create a rate.
	 * @param limits the limits for the peer
	 * @param rateLimiters create rate limiters
	 * @param maxMessageSize the largest message, which is always allowed after a quiet
	 * time
	 * @return the rate
	 */
	public static MessageRate of(PeerLimits limits, RateLimiters rateLimiters, int maxMessageSize) {
		if (limits.messagesPerSecond() == 0 && limits.bytesPerSecond() == 0) {
			return UNLIMITED;
		}
		return new MessageRate(limiter(limits.messagesPerSecond(), 0, rateLimiters),
				limiter(limits.bytesPerSecond(), maxMessageSize, rateLimiters));
	}

	private static RateLimiter limiter(long perSecond, long leastBurst, RateLimiters rateLimiters) {
		return (perSecond > 0) ? rateLimiters.create(perSecond, Math.max(BURST_SECONDS * perSecond, leastBurst))
				: RateLimiter.UNLIMITED;
	}

	/**
	 * Count a message or pong.
	 * @param size its size in bytes
	 * @return the limit that it exceeds, or {@code null}
	 */
	public @Nullable Limit exceededBy(int size) {
		return this.messages.tryAcquire(1) ? exceededByPiece(size) : Limit.MESSAGE_RATE;
	}

	/**
	 * Count a piece of a message that is dropped while it arrives.
	 * @param size its size in bytes
	 * @param last whether it completes the message
	 * @return the limit that it exceeds, or {@code null}
	 */
	public @Nullable Limit exceededByDropped(int size, boolean last) {
		return last ? exceededBy(size) : exceededByPiece(size);
	}

	private @Nullable Limit exceededByPiece(int size) {
		return (size == 0 || this.bytes.tryAcquire(size)) ? null : Limit.BYTE_RATE;
	}

	/**
	 * Reading resumes, and messages that accumulated meanwhile will arrive.
	 * @param nanos for how long it was paused
	 */
	public void resumed(long nanos) {
		this.messages.credit(nanos);
		this.bytes.credit(nanos);
	}

}
