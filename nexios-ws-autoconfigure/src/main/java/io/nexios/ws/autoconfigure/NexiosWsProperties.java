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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nexios.ws.OverflowPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of Nexios WS.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
@ConfigurationProperties("nexios.ws")
public class NexiosWsProperties {

	/**
	 * Path prefix of all routes.
	 */
	private String basePath = "";

	/**
	 * Path prefixes that replace the prefixes of routers. The key is the name of the
	 * router bean.
	 */
	private final Map<String, String> mounts = new LinkedHashMap<>();

	/**
	 * Comma-separated list of origins from which browsers may connect. The origin of the
	 * application itself is always allowed.
	 */
	private List<String> allowedOrigins = new ArrayList<>();

	/**
	 * Comma-separated list of origin patterns from which browsers may connect, such as
	 * "https://*.example.com".
	 */
	private List<String> allowedOriginPatterns = new ArrayList<>();

	/**
	 * Whether "*" is permitted as an allowed origin. Any web site can then connect with
	 * the cookies of its visitors.
	 */
	private boolean allowAnyOrigin;

	/**
	 * Maximum time that a handler may take to accept or reject a handshake. If a duration
	 * suffix is not specified, seconds will be used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration acceptTimeout = Duration.ofSeconds(10);

	/**
	 * Maximum size of a received message. A larger message closes its connection with
	 * 1009.
	 */
	private DataSize maxMessageSize = DataSize.ofMegabytes(1);

	/**
	 * Whether messages are compressed for clients that offer compression. Each connection
	 * with compression uses about 300 KB.
	 */
	private boolean compression;

	private final Channel channel = new Channel();

	private final Handler handler = new Handler();

	private final Heartbeat heartbeat = new Heartbeat();

	private final History history = new History();

	private final Inbound inbound = new Inbound();

	private final Limits limits = new Limits();

	private final Observation observation = new Observation();

	private final Close close = new Close();

	private final Outbound outbound = new Outbound();

	private final Redis redis = new Redis();

	private final Security security = new Security();

	private final Shutdown shutdown = new Shutdown();

	private final Tomcat tomcat = new Tomcat();

	public String getBasePath() {
		return this.basePath;
	}

	public void setBasePath(String basePath) {
		this.basePath = basePath;
	}

	public Map<String, String> getMounts() {
		return this.mounts;
	}

	public List<String> getAllowedOrigins() {
		return this.allowedOrigins;
	}

	public void setAllowedOrigins(List<String> allowedOrigins) {
		this.allowedOrigins = allowedOrigins;
	}

	public List<String> getAllowedOriginPatterns() {
		return this.allowedOriginPatterns;
	}

	public void setAllowedOriginPatterns(List<String> allowedOriginPatterns) {
		this.allowedOriginPatterns = allowedOriginPatterns;
	}

	public boolean isAllowAnyOrigin() {
		return this.allowAnyOrigin;
	}

	public void setAllowAnyOrigin(boolean allowAnyOrigin) {
		this.allowAnyOrigin = allowAnyOrigin;
	}

	public Duration getAcceptTimeout() {
		return this.acceptTimeout;
	}

	public void setAcceptTimeout(Duration acceptTimeout) {
		this.acceptTimeout = acceptTimeout;
	}

	public DataSize getMaxMessageSize() {
		return this.maxMessageSize;
	}

	public void setMaxMessageSize(DataSize maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
	}

	public boolean isCompression() {
		return this.compression;
	}

	public void setCompression(boolean compression) {
		this.compression = compression;
	}

	public Channel getChannel() {
		return this.channel;
	}

	public Handler getHandler() {
		return this.handler;
	}

	public Heartbeat getHeartbeat() {
		return this.heartbeat;
	}

	public History getHistory() {
		return this.history;
	}

	public Inbound getInbound() {
		return this.inbound;
	}

	public Limits getLimits() {
		return this.limits;
	}

	public Observation getObservation() {
		return this.observation;
	}

	public Close getClose() {
		return this.close;
	}

	public Outbound getOutbound() {
		return this.outbound;
	}

	public Redis getRedis() {
		return this.redis;
	}

	public Security getSecurity() {
		return this.security;
	}

	public Shutdown getShutdown() {
		return this.shutdown;
	}

	public Tomcat getTomcat() {
		return this.tomcat;
	}

	/**
	 * Properties of channels.
	 */
	public static class Channel {

		/**
		 * Time without a message in either direction after which a channel leaves its
		 * groups and its connection is closed. Channels do not expire by default. If a
		 * duration suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration expires;

		public @Nullable Duration getExpires() {
			return this.expires;
		}

		public void setExpires(@Nullable Duration expires) {
			this.expires = expires;
		}

	}

	/**
	 * Heartbeat properties. The heartbeat finds peers that have vanished without a close
	 * frame.
	 */
	public static class Heartbeat {

		/**
		 * Time between two pings to a peer. A value of 0 disables pings. If a duration
		 * suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration interval = Duration.ofSeconds(25);

		/**
		 * Maximum time that a peer may take to send anything after a ping. When it is
		 * exceeded, the connection is dropped. If a duration suffix is not specified,
		 * seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration timeout = Duration.ofSeconds(10);

		public Duration getInterval() {
			return this.interval;
		}

		public void setInterval(Duration interval) {
			this.interval = interval;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * History properties. The history of a group holds the messages that the group keeps.
	 */
	public static class History {

		/**
		 * Maximum number of messages that a group keeps. Must not exceed
		 * "nexios.ws.outbound.max-messages".
		 */
		private int maxMessages = 100;

		/**
		 * Maximum size of the messages that a group keeps. Messages count in bytes as
		 * they are sent, plus 250 bytes and the name of the group for each message. Must
		 * not exceed "nexios.ws.outbound.max-bytes". With Redis, this limit applies when
		 * the history is read.
		 */
		private DataSize maxBytes = DataSize.ofKilobytes(256);

		/**
		 * Maximum time that a group keeps a message. With Redis, a history is deleted
		 * when its last message is too old, and an older message is left out when the
		 * history is read. If a duration suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration ttl = Duration.ofHours(24);

		/**
		 * Maximum size of the messages that all groups keep together. Messages count as
		 * for "nexios.ws.history.max-bytes". Has no effect with Redis, where "maxmemory"
		 * is the limit.
		 */
		private DataSize totalMaxBytes = DataSize.ofMegabytes(32);

		public int getMaxMessages() {
			return this.maxMessages;
		}

		public void setMaxMessages(int maxMessages) {
			this.maxMessages = maxMessages;
		}

		public DataSize getMaxBytes() {
			return this.maxBytes;
		}

		public void setMaxBytes(DataSize maxBytes) {
			this.maxBytes = maxBytes;
		}

		public Duration getTtl() {
			return this.ttl;
		}

		public void setTtl(Duration ttl) {
			this.ttl = ttl;
		}

		public DataSize getTotalMaxBytes() {
			return this.totalMaxBytes;
		}

		public void setTotalMaxBytes(DataSize totalMaxBytes) {
			this.totalMaxBytes = totalMaxBytes;
		}

	}

	/**
	 * Limits for peers.
	 */
	public static class Limits {

		/**
		 * Maximum number of open connections. Further handshakes are answered with 503.
		 * Unlimited by default.
		 */
		private @Nullable Integer connections;

		/**
		 * Maximum number of open connections from one IPv4 address or one IPv6 /64
		 * network. Further handshakes are answered with 429. Unlimited by default.
		 */
		private @Nullable Integer connectionsPerAddress;

		/**
		 * Maximum number of open connections of one user. Further handshakes are answered
		 * with 429. Unlimited by default.
		 */
		private @Nullable Integer connectionsPerUser;

		/**
		 * Maximum number of handshakes that wait for their handlers to accept or reject.
		 * Further handshakes are answered with 503.
		 */
		private int undecidedHandshakes = 1000;

		/**
		 * Maximum number of handshakes per second. Further handshakes are answered with
		 * 503. Requires Bucket4j. Unlimited by default.
		 */
		private @Nullable Integer handshakesPerSecond;

		/**
		 * Maximum number of messages per second from one connection. A burst may have the
		 * messages of 5 seconds. When the limit is exceeded, the connection is closed
		 * with 1008. Requires Bucket4j. Unlimited by default.
		 */
		private @Nullable Integer messagesPerSecond;

		/**
		 * Maximum number of message bytes per second from one connection. A burst may
		 * have the bytes of 5 seconds, or of the largest message if that is more. When
		 * the limit is exceeded, the connection is closed with 1008. Requires Bucket4j.
		 * Unlimited by default.
		 */
		private @Nullable DataSize bytesPerSecond;

		/**
		 * Maximum number of fragments of one message that are empty or one byte long.
		 * Every 16 bytes in longer fragments permit one more. When the limit is exceeded,
		 * the connection is closed with 1008.
		 */
		private int fragmentsPerMessage = 1000;

		/**
		 * Maximum time that one message may take to arrive. When it is exceeded, the
		 * connection is closed with 1008. If a duration suffix is not specified, seconds
		 * will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration messageTime = Duration.ofSeconds(60);

		/**
		 * Maximum nesting depth of received JSON. Deeper JSON is invalid.
		 */
		private int jsonDepth = 200;

		/**
		 * Maximum number of groups that a connection may join.
		 */
		private int groupsPerConnection = 128;

		public @Nullable Integer getConnections() {
			return this.connections;
		}

		public void setConnections(@Nullable Integer connections) {
			this.connections = connections;
		}

		public @Nullable Integer getConnectionsPerAddress() {
			return this.connectionsPerAddress;
		}

		public void setConnectionsPerAddress(@Nullable Integer connectionsPerAddress) {
			this.connectionsPerAddress = connectionsPerAddress;
		}

		public @Nullable Integer getConnectionsPerUser() {
			return this.connectionsPerUser;
		}

		public void setConnectionsPerUser(@Nullable Integer connectionsPerUser) {
			this.connectionsPerUser = connectionsPerUser;
		}

		public int getUndecidedHandshakes() {
			return this.undecidedHandshakes;
		}

		public void setUndecidedHandshakes(int undecidedHandshakes) {
			this.undecidedHandshakes = undecidedHandshakes;
		}

		public @Nullable Integer getHandshakesPerSecond() {
			return this.handshakesPerSecond;
		}

		public void setHandshakesPerSecond(@Nullable Integer handshakesPerSecond) {
			this.handshakesPerSecond = handshakesPerSecond;
		}

		public @Nullable Integer getMessagesPerSecond() {
			return this.messagesPerSecond;
		}

		public void setMessagesPerSecond(@Nullable Integer messagesPerSecond) {
			this.messagesPerSecond = messagesPerSecond;
		}

		public @Nullable DataSize getBytesPerSecond() {
			return this.bytesPerSecond;
		}

		public void setBytesPerSecond(@Nullable DataSize bytesPerSecond) {
			this.bytesPerSecond = bytesPerSecond;
		}

		public int getFragmentsPerMessage() {
			return this.fragmentsPerMessage;
		}

		public void setFragmentsPerMessage(int fragmentsPerMessage) {
			this.fragmentsPerMessage = fragmentsPerMessage;
		}

		public Duration getMessageTime() {
			return this.messageTime;
		}

		public void setMessageTime(Duration messageTime) {
			this.messageTime = messageTime;
		}

		public int getJsonDepth() {
			return this.jsonDepth;
		}

		public void setJsonDepth(int jsonDepth) {
			this.jsonDepth = jsonDepth;
		}

		public int getGroupsPerConnection() {
			return this.groupsPerConnection;
		}

		public void setGroupsPerConnection(int groupsPerConnection) {
			this.groupsPerConnection = groupsPerConnection;
		}

	}

	/**
	 * Properties of the threads that run handlers.
	 */
	public static class Handler {

		/**
		 * Maximum number of handlers that run at the same time below JDK 21, where there
		 * are no virtual threads. Further handshakes are answered with 503. Also the
		 * maximum number of threads that may wait for slow clients. When it is reached,
		 * the overflow policy applies to messages from consumer callbacks without
		 * waiting.
		 */
		private int maxThreads = 500;

		public int getMaxThreads() {
			return this.maxThreads;
		}

		public void setMaxThreads(int maxThreads) {
			this.maxThreads = maxThreads;
		}

	}

	/**
	 * Properties of the inbound queue. It holds what a connection has received and its
	 * handler has not.
	 */
	public static class Inbound {

		/**
		 * Maximum number of messages of a connection that may wait for its handler. When
		 * the limit is reached, the server stops reading from the connection.
		 */
		private int maxMessages = 64;

		/**
		 * Maximum size of the complete messages of a connection that may wait for its
		 * handler. When the limit is reached, the server stops reading from the
		 * connection.
		 */
		private DataSize maxBytes = DataSize.ofKilobytes(256);

		public int getMaxMessages() {
			return this.maxMessages;
		}

		public void setMaxMessages(int maxMessages) {
			this.maxMessages = maxMessages;
		}

		public DataSize getMaxBytes() {
			return this.maxBytes;
		}

		public void setMaxBytes(DataSize maxBytes) {
			this.maxBytes = maxBytes;
		}

	}

	/**
	 * Observation properties.
	 */
	public static class Observation {

		/**
		 * Whether each message that a handler or consumer receives is observed in
		 * addition to each connection.
		 */
		private boolean messages;

		public boolean isMessages() {
			return this.messages;
		}

		public void setMessages(boolean messages) {
			this.messages = messages;
		}

	}

	/**
	 * Properties of closing a connection.
	 */
	public static class Close {

		/**
		 * Maximum time that a close may take after its last progress. Progress is that
		 * bytes were written to the peer or received from it. Also the maximum time that
		 * the answer to a close of the peer waits for the messages before it. If a
		 * duration suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration timeout = Duration.ofSeconds(10);

		/**
		 * Maximum time that a close may take in total. If a duration suffix is not
		 * specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration maxTime = Duration.ofSeconds(60);

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

		public Duration getMaxTime() {
			return this.maxTime;
		}

		public void setMaxTime(Duration maxTime) {
			this.maxTime = maxTime;
		}

	}

	/**
	 * Properties of the outbound queue. It holds what was sent to a connection and its
	 * peer has not read.
	 */
	public static class Outbound {

		/**
		 * Maximum number of bytes that may wait for the peer of a connection.
		 */
		private DataSize maxBytes = DataSize.ofMegabytes(1);

		/**
		 * Maximum number of messages that may wait for the peer of a connection. The
		 * default is 16384, or "nexios.ws.history.max-messages" if that is more.
		 */
		private @Nullable Integer maxMessages;

		/**
		 * Maximum time that a message may wait for the peer. When it is exceeded, the
		 * connection is closed with 1013. If a duration suffix is not specified, seconds
		 * will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration maxAge = Duration.ofSeconds(10);

		/**
		 * Policy for a message that does not fit into the outbound queue. It does not
		 * apply to messages from the handler: the handler waits until there is room.
		 */
		private OverflowPolicy overflow = OverflowPolicy.CLOSE;

		/**
		 * Maximum number of bytes that may wait for the peers of all connections
		 * together. A message to a group counts once. When the limit is exceeded, the
		 * server first drops messages of connections with a drop policy, then closes the
		 * slowest connections with 1013. Meanwhile it answers new handshakes with 503.
		 * The default is a quarter of the heap.
		 */
		private @Nullable DataSize totalMaxBytes;

		public DataSize getMaxBytes() {
			return this.maxBytes;
		}

		public void setMaxBytes(DataSize maxBytes) {
			this.maxBytes = maxBytes;
		}

		public @Nullable Integer getMaxMessages() {
			return this.maxMessages;
		}

		public void setMaxMessages(@Nullable Integer maxMessages) {
			this.maxMessages = maxMessages;
		}

		public Duration getMaxAge() {
			return this.maxAge;
		}

		public void setMaxAge(Duration maxAge) {
			this.maxAge = maxAge;
		}

		public OverflowPolicy getOverflow() {
			return this.overflow;
		}

		public void setOverflow(OverflowPolicy overflow) {
			this.overflow = overflow;
		}

		public @Nullable DataSize getTotalMaxBytes() {
			return this.totalMaxBytes;
		}

		public void setTotalMaxBytes(@Nullable DataSize totalMaxBytes) {
			this.totalMaxBytes = totalMaxBytes;
		}

	}

	/**
	 * Properties of groups across nodes on Redis.
	 */
	public static class Redis {

		/**
		 * Whether groups work across nodes on Redis. Requires Spring Data Redis with
		 * Lettuce. The address and the credentials are those of "spring.data.redis".
		 */
		private boolean enabled;

		/**
		 * Start of the names of all keys and channels in Redis. All nodes with the same
		 * prefix share their groups, even if their database numbers are different.
		 */
		private String keyPrefix = "nx";

		/**
		 * Maximum time that a call may wait for Redis. Must not exceed two thirds of
		 * "nexios.ws.redis.lease". If a duration suffix is not specified, seconds will be
		 * used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration publishTimeout = Duration.ofSeconds(2);

		/**
		 * Maximum size of the messages that Redis has not accepted yet. Further messages
		 * are refused.
		 */
		private DataSize maxPending = DataSize.ofMegabytes(16);

		/**
		 * Time for which this node still receives the messages of a group after its last
		 * member here has left. If a duration suffix is not specified, seconds will be
		 * used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration unsubscribeDelay = Duration.ofSeconds(5);

		/**
		 * Time without a message from Redis after which the connection that receives
		 * messages is probed. If a probe does not arrive within the same time, the
		 * connection is replaced. If a duration suffix is not specified, seconds will be
		 * used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration probeInterval = Duration.ofSeconds(5);

		/**
		 * Time after which a node that has stopped without notice counts as gone. If a
		 * duration suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration lease = Duration.ofSeconds(30);

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public String getKeyPrefix() {
			return this.keyPrefix;
		}

		public void setKeyPrefix(String keyPrefix) {
			this.keyPrefix = keyPrefix;
		}

		public Duration getPublishTimeout() {
			return this.publishTimeout;
		}

		public void setPublishTimeout(Duration publishTimeout) {
			this.publishTimeout = publishTimeout;
		}

		public DataSize getMaxPending() {
			return this.maxPending;
		}

		public void setMaxPending(DataSize maxPending) {
			this.maxPending = maxPending;
		}

		public Duration getUnsubscribeDelay() {
			return this.unsubscribeDelay;
		}

		public void setUnsubscribeDelay(Duration unsubscribeDelay) {
			this.unsubscribeDelay = unsubscribeDelay;
		}

		public Duration getProbeInterval() {
			return this.probeInterval;
		}

		public void setProbeInterval(Duration probeInterval) {
			this.probeInterval = probeInterval;
		}

		public Duration getLease() {
			return this.lease;
		}

		public void setLease(Duration lease) {
			this.lease = lease;
		}

	}

	/**
	 * Security properties. They decide how long users stay connected.
	 */
	public static class Security {

		/**
		 * Whether connections are closed with 1008 when the HTTP session in which they
		 * were opened ends, or when the user logs out. A session also ends when its
		 * timeout passes without an HTTP request. WebSocket messages do not count as
		 * requests.
		 */
		private boolean closeOnSessionEnd = true;

		/**
		 * Whether connections are closed with 1008 when the token with which they were
		 * opened expires. The expiry is that of an OAuth2 resource server's token, or the
		 * one that a "PrincipalExpiry" bean returns.
		 */
		private boolean closeOnTokenExpiry;

		/**
		 * Interval at which the server looks up each HTTP session in which connections
		 * were opened. The default is 1 minute for a Spring Session repository that
		 * publishes no events and for a "SessionRegistry" of Spring Security. Otherwise
		 * there is no lookup by default. A value of 0 disables lookups. If a duration
		 * suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration sessionCheckInterval;

		public boolean isCloseOnSessionEnd() {
			return this.closeOnSessionEnd;
		}

		public void setCloseOnSessionEnd(boolean closeOnSessionEnd) {
			this.closeOnSessionEnd = closeOnSessionEnd;
		}

		public boolean isCloseOnTokenExpiry() {
			return this.closeOnTokenExpiry;
		}

		public void setCloseOnTokenExpiry(boolean closeOnTokenExpiry) {
			this.closeOnTokenExpiry = closeOnTokenExpiry;
		}

		public @Nullable Duration getSessionCheckInterval() {
			return this.sessionCheckInterval;
		}

		public void setSessionCheckInterval(@Nullable Duration sessionCheckInterval) {
			this.sessionCheckInterval = sessionCheckInterval;
		}

	}

	/**
	 * Properties of the shutdown of the application.
	 */
	public static class Shutdown {

		/**
		 * Maximum time to close connections and to wait for handlers when the application
		 * stops. Must be shorter than "spring.lifecycle.timeout-per-shutdown-phase" by
		 * more than 500 milliseconds. The default is 10 seconds, or less if that phase is
		 * short. If a duration suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration timeout;

		/**
		 * Number of connections that are closed in one batch. Batches prevent all clients
		 * from connecting to another instance at once.
		 */
		private int batchSize = 200;

		/**
		 * Time between two batches of connections that are closed. It is shortened if all
		 * batches together would take more than half of the timeout.
		 */
		private Duration batchInterval = Duration.ofMillis(20);

		public @Nullable Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(@Nullable Duration timeout) {
			this.timeout = timeout;
		}

		public int getBatchSize() {
			return this.batchSize;
		}

		public void setBatchSize(int batchSize) {
			this.batchSize = batchSize;
		}

		public Duration getBatchInterval() {
			return this.batchInterval;
		}

		public void setBatchInterval(Duration batchInterval) {
			this.batchInterval = batchInterval;
		}

	}

	/**
	 * Tomcat properties.
	 */
	public static class Tomcat {

		/**
		 * Size of each buffer that Tomcat allocates for a connection, from 512 bytes to
		 * 64 KB. Tomcat uses 8 KB by default. Smaller buffers save memory, but make large
		 * messages and HTTP responses slower. The size of socket buffers applies to the
		 * whole connector, the size of WebSocket buffers to the whole JVM. With a version
		 * of Tomcat that is not tested, the two buffers for messages together have 24 KB
		 * until the first message.
		 */
		private @Nullable DataSize bufferSize;

		public @Nullable DataSize getBufferSize() {
			return this.bufferSize;
		}

		public void setBufferSize(@Nullable DataSize bufferSize) {
			this.bufferSize = bufferSize;
		}

	}

}
