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

package io.nexios.ws.autoconfigure;

import java.time.Duration;
import java.util.regex.Pattern;

import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.redis.RedisSettings;
import io.nexios.ws.server.ConnectionDrain;
import io.nexios.ws.server.DrainSettings;
import io.nexios.ws.server.connection.ServerSettings;
import io.nexios.ws.server.group.ClosePace;
import io.nexios.ws.server.group.GroupSettings;
import io.nexios.ws.server.inbound.InboundLimits;
import io.nexios.ws.server.limit.PeerLimits;
import io.nexios.ws.server.outbound.OutboundLimits;
import io.nexios.ws.server.tomcat.TomcatBuffers;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.util.unit.DataSize;

/**
 * Checks {@link NexiosWsProperties} and converts them to the settings of the server and
 * of its groups.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class PropertiesServerSettings {

	// Leaves room for received messages, for history, and for the application
	private static final int HEAP_SHARE = 4;

	// Tiny messages take much more memory than their bytes. This number takes about 2 MB
	private static final int OUTBOUND_MESSAGES = 16 * 1024;

	// One per nanosecond, the maximum of a rate limiter
	private static final int MAX_RATE = 1_000_000_000;

	// A hundred years. Sums in nanoseconds must not overflow
	private static final Duration LONGEST = Duration.ofDays(36_500);

	// The resolution of channels
	private static final Duration SHORTEST_EXPIRY = Duration.ofMillis(1);

	// More than any machine has, and small enough that sums do not overflow
	private static final DataSize LARGEST = DataSize.ofTerabytes(1_000_000);

	// Braces would change where Redis Cluster places a key
	private static final Pattern KEY_PREFIX = Pattern.compile("[\\w.:-]{1,64}");

	private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

	private PropertiesServerSettings() {
	}

	static ServerSettings of(NexiosWsProperties properties) {
		return new ServerSettings(positive("accept-timeout", properties.getAcceptTimeout()),
				bytes("max-message-size", properties.getMaxMessageSize()), properties.isCompression(),
				inbound(properties.getInbound()), outbound(properties), heartbeat(properties.getHeartbeat()),
				close(properties.getClose()), positive("handler.max-threads", properties.getHandler().getMaxThreads()),
				limits(properties.getLimits()), expires(properties.getChannel().getExpires()));
	}

	private static InboundLimits inbound(NexiosWsProperties.Inbound inbound) {
		return new InboundLimits(positive("inbound.max-messages", inbound.getMaxMessages()),
				bytes("inbound.max-bytes", inbound.getMaxBytes()));
	}

	private static OutboundLimits outbound(NexiosWsProperties properties) {
		NexiosWsProperties.Outbound outbound = properties.getOutbound();
		return new OutboundLimits(bytes("outbound.max-bytes", outbound.getMaxBytes()), outboundMessages(properties),
				positive("outbound.max-age", outbound.getMaxAge()), totalMaxBytes(outbound), outbound.getOverflow());
	}

	private static int outboundMessages(NexiosWsProperties properties) {
		Integer value = properties.getOutbound().getMaxMessages();
		return (value != null) ? positive("outbound.max-messages", value)
				: Math.max(OUTBOUND_MESSAGES, properties.getHistory().getMaxMessages());
	}

	private static ServerSettings.Heartbeat heartbeat(NexiosWsProperties.Heartbeat heartbeat) {
		Duration interval = heartbeat.getInterval();
		return new ServerSettings.Heartbeat(
				interval.isZero() ? interval : positive("heartbeat.interval", interval, ", or to 0 to disable pings"),
				positive("heartbeat.timeout", heartbeat.getTimeout()));
	}

	private static ServerSettings.Close close(NexiosWsProperties.Close close) {
		Duration timeout = positive("close.timeout", close.getTimeout());
		Duration maxTime = positive("close.max-time", close.getMaxTime());
		check(maxTime.compareTo(timeout) >= 0, "close.max-time", maxTime, "at least 'nexios.ws.close.timeout'");
		return new ServerSettings.Close(timeout, maxTime);
	}

	private static PeerLimits limits(NexiosWsProperties.Limits limits) {
		return new PeerLimits(positiveOrUnset("limits.connections", limits.getConnections()),
				positiveOrUnset("limits.connections-per-address", limits.getConnectionsPerAddress()),
				positiveOrUnset("limits.connections-per-user", limits.getConnectionsPerUser()),
				positive("limits.undecided-handshakes", limits.getUndecidedHandshakes()),
				rate("limits.handshakes-per-second", limits.getHandshakesPerSecond()),
				rate("limits.messages-per-second", limits.getMessagesPerSecond()),
				bytesPerSecond(limits.getBytesPerSecond()),
				positive("limits.fragments-per-message", limits.getFragmentsPerMessage()),
				positive("limits.message-time", limits.getMessageTime()),
				positive("limits.json-depth", limits.getJsonDepth()));
	}

	private static int positiveOrUnset(String name, @Nullable Integer value) {
		return (value != null) ? positive(name, value) : 0;
	}

	private static int rate(String name, @Nullable Integer value) {
		check(value == null || (value > 0 && value <= MAX_RATE), name, String.valueOf(value), "1 to " + MAX_RATE);
		return (value != null) ? value : 0;
	}

	private static long bytesPerSecond(@Nullable DataSize value) {
		check(value == null || (value.toBytes() > 0 && value.toBytes() <= MAX_RATE), "limits.bytes-per-second",
				String.valueOf(value), "1 byte to " + MAX_RATE + " bytes");
		return (value != null) ? value.toBytes() : 0;
	}

	private static long totalMaxBytes(NexiosWsProperties.Outbound outbound) {
		DataSize value = outbound.getTotalMaxBytes();
		if (value == null) {
			return Runtime.getRuntime().maxMemory() / HEAP_SHARE;
		}
		check(value.compareTo(outbound.getMaxBytes()) >= 0, "outbound.total-max-bytes", value,
				"at least 'nexios.ws.outbound.max-bytes'");
		return positive("outbound.total-max-bytes", value);
	}

	private static @Nullable Duration expires(@Nullable Duration value) {
		check(value == null || value.compareTo(SHORTEST_EXPIRY) >= 0, "channel.expires", String.valueOf(value),
				"at least 1 millisecond");
		return (value != null) ? positive("channel.expires", value) : null;
	}

	static @Nullable Duration sessionCheckInterval(NexiosWsProperties properties) {
		Duration value = properties.getSecurity().getSessionCheckInterval();
		check(value == null || value.isZero() || isUpToOneDay(value), "security.session-check-interval",
				String.valueOf(value), "100 ms to 1 day, or to 0 to disable lookups");
		return value;
	}

	private static boolean isUpToOneDay(Duration value) {
		return value.compareTo(Duration.ofMillis(100)) >= 0 && value.compareTo(Duration.ofDays(1)) <= 0;
	}

	public static HistoryLimits historyLimits(NexiosWsProperties properties) {
		NexiosWsProperties.History history = properties.getHistory();
		DataSize maxBytes = history.getMaxBytes();
		int maxMessages = positive("history.max-messages", history.getMaxMessages());
		check(maxBytes.compareTo(properties.getOutbound().getMaxBytes()) <= 0, "history.max-bytes", maxBytes,
				"at most 'nexios.ws.outbound.max-bytes', because a whole history has to fit into the outbound queue of a connection");
		check(maxMessages <= outboundMessages(properties), "history.max-messages", maxMessages,
				"at most 'nexios.ws.outbound.max-messages', because a whole history has to fit into the outbound queue of a connection");
		return new HistoryLimits(maxMessages, bytes("history.max-bytes", maxBytes),
				positive("history.ttl", history.getTtl()),
				positive("history.total-max-bytes", history.getTotalMaxBytes()));
	}

	/**
	 * Return the settings of the drain.
	 * @param properties the properties
	 * @param phaseTimeout how long Spring waits for all beans that stop in one phase
	 * @return the settings
	 */
	static DrainSettings drain(NexiosWsProperties properties, Duration phaseTimeout) {
		NexiosWsProperties.Shutdown shutdown = properties.getShutdown();
		Duration timeout = drainTimeout(shutdown.getTimeout(), phaseTimeout.minus(ConnectionDrain.GRACE));
		ClosePace pace = closePace(shutdown);
		return new DrainSettings(timeout, pace.batchSize(), pace.interval());
	}

	private static Duration drainTimeout(@Nullable Duration value, Duration longest) {
		if (value == null) {
			return (longest.compareTo(DRAIN_TIMEOUT) < 0) ? longest.multipliedBy(9).dividedBy(10) : DRAIN_TIMEOUT;
		}
		check(value.compareTo(longest) < 0, "shutdown.timeout", value,
				"less than 'spring.lifecycle.timeout-per-shutdown-phase' minus " + ConnectionDrain.GRACE.toMillis()
						+ " ms, because otherwise Spring would continue to stop while connections are being closed");
		return positive("shutdown.timeout", value);
	}

	/**
	 * Return the size of Tomcat's buffers.
	 * @param properties the properties
	 * @return the size in bytes, or {@code null} if Tomcat's own are to stay
	 */
	public static @Nullable Integer tomcatBufferSize(NexiosWsProperties properties) {
		DataSize value = properties.getTomcat().getBufferSize();
		if (value == null) {
			return null;
		}
		check(isTomcatBufferSize(value), "tomcat.buffer-size", value,
				TomcatBuffers.MIN_SIZE + " to " + TomcatBuffers.MAX_SIZE + " bytes");
		return (int) value.toBytes();
	}

	// Constants of a class that is not loaded, as Tomcat may be absent
	private static boolean isTomcatBufferSize(DataSize value) {
		return value.toBytes() >= TomcatBuffers.MIN_SIZE && value.toBytes() <= TomcatBuffers.MAX_SIZE;
	}

	static GroupSettings groups(NexiosWsProperties properties) {
		return new GroupSettings(
				positive("limits.groups-per-connection", properties.getLimits().getGroupsPerConnection()),
				bytes("outbound.max-bytes", properties.getOutbound().getMaxBytes()), outboundMessages(properties),
				historyLimits(properties), closePace(properties.getShutdown()));
	}

	private static ClosePace closePace(NexiosWsProperties.Shutdown shutdown) {
		Duration interval = shutdown.getBatchInterval();
		return new ClosePace(positive("shutdown.batch-size", shutdown.getBatchSize()),
				interval.isZero() ? interval : positive("shutdown.batch-interval", interval, ", or to 0 for no pause"));
	}

	/**
	 * Return the settings of the work with Redis.
	 * @param properties the properties
	 * @return the settings
	 */
	public static RedisSettings redis(NexiosWsProperties properties) {
		NexiosWsProperties.Redis redis = properties.getRedis();
		String prefix = redis.getKeyPrefix();
		check(KEY_PREFIX.matcher(prefix).matches(), "redis.key-prefix", "'" + prefix + "'",
				"1 to 64 letters, digits, '-', '_', '.' and ':'");
		Duration delay = redis.getUnsubscribeDelay();
		Duration timeout = upToOneDay("redis.publish-timeout", redis.getPublishTimeout());
		Duration lease = upToOneDay("redis.lease", redis.getLease());
		// Otherwise other nodes may remove this node while it still repeats a message
		check(timeout.compareTo(lease.multipliedBy(2).dividedBy(3)) <= 0, "redis.publish-timeout", timeout,
				"at most two thirds of 'nexios.ws.redis.lease'");
		return new RedisSettings(prefix, timeout, positive("redis.max-pending", redis.getMaxPending()),
				delay.isZero() ? delay
						: positive("redis.unsubscribe-delay", delay, ", or to 0 to unsubscribe without delay"),
				upToOneDay("redis.probe-interval", redis.getProbeInterval()), lease);
	}

	private static Duration upToOneDay(String name, Duration value) {
		check(isUpToOneDay(value), name, value, "100 ms to 1 day");
		return value;
	}

	private static long positive(String name, DataSize value) {
		check(value.toBytes() > 0 && value.compareTo(LARGEST) <= 0, name, value, "1 byte to 1000000 TB");
		return value.toBytes();
	}

	private static int positive(String name, int value) {
		check(value > 0, name, value, "a number above 0");
		return value;
	}

	private static Duration positive(String name, Duration value) {
		return positive(name, value, "");
	}

	private static Duration positive(String name, Duration value, String otherwise) {
		check(!value.isNegative() && !value.isZero() && value.compareTo(LONGEST) <= 0, name, value,
				"a duration above 0 and of at most 36500 days" + otherwise);
		return value;
	}

	private static int bytes(String name, DataSize value) {
		check(value.toBytes() > 0 && value.toBytes() <= Integer.MAX_VALUE, name, value, "1 byte to 2147483647 bytes");
		return (int) value.toBytes();
	}

	private static void check(boolean valid, String name, Object value, String allowed) {
		if (!valid) {
			throw new FailureAnalyzedException("The property 'nexios.ws." + name + "' is " + value + ".",
					"Set it to " + allowed + ", or remove it to use the default.");
		}
	}

}
