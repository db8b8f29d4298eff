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
	 * Prefix of all routes.
	 */
	private String basePath = "";

	/**
	 * Prefixes to use for routers instead of their own, by the name of the router's bean.
	 */
	private final Map<String, String> mounts = new LinkedHashMap<>();

	/**
	 * Comma-separated list of origins from which browsers may connect, besides the
	 * application's own.
	 */
	private List<String> allowedOrigins = new ArrayList<>();

	/**
	 * Comma-separated list of patterns of origins from which browsers may connect, such
	 * as "https://*.example.com".
	 */
	private List<String> allowedOriginPatterns = new ArrayList<>();

	/**
	 * Whether "*" may stand among the allowed origins, so that any web site can connect
	 * with the cookies of its visitors.
	 */
	private boolean allowAnyOrigin;

	/**
	 * How long a handler may take to accept or reject a handshake. If a duration suffix
	 * is not specified, seconds will be used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private Duration acceptTimeout = Duration.ofSeconds(10);

	/**
	 * Largest message that is received. A larger one closes its connection with 1009.
	 */
	private DataSize maxMessageSize = DataSize.ofMegabytes(1);

	/**
	 * Whether messages are compressed for clients that offer it, at about 300 KB for each
	 * connection.
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
		 * After how much time without a message in either direction a channel leaves its
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
	 * Properties of how peers are found that have vanished without a word.
	 */
	public static class Heartbeat {

		/**
		 * Time between two pings to a peer, 0 for none. If a duration suffix is not
		 * specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration interval = Duration.ofSeconds(25);

		/**
		 * How long a peer may take to send anything after a ping before its connection is
		 * given up. If a duration suffix is not specified, seconds will be used.
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
	 * Properties of the messages that groups keep.
	 */
	public static class History {

		/**
		 * Messages that a group keeps. Not more than may wait for the peer of a
		 * connection.
		 */
		private int maxMessages = 100;

		/**
		 * Size of the messages that a group keeps, in bytes as they are sent, each with
		 * 250 bytes for itself. Not more than may wait for the peer of a connection.
		 */
		private DataSize maxBytes = DataSize.ofKilobytes(256);

		/**
		 * How long a group keeps a message. If a duration suffix is not specified,
		 * seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration ttl = Duration.ofHours(24);

		/**
		 * Size of the messages that all groups keep together, each with 250 bytes for
		 * itself.
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
	 * Properties of what peers may do.
	 */
	public static class Limits {

		/**
		 * Connections at a time. Above it handshakes are answered with 503. Any number by
		 * default.
		 */
		private @Nullable Integer connections;

		/**
		 * Connections at a time from one address, or from one /64 network of IPv6. Above
		 * it handshakes are answered with 429. Any number by default.
		 */
		private @Nullable Integer connectionsPerAddress;

		/**
		 * Connections at a time of one user. Above it handshakes are answered with 429.
		 * Any number by default.
		 */
		private @Nullable Integer connectionsPerUser;

		/**
		 * Handshakes at a time that wait for their handlers to accept or reject. Above it
		 * handshakes are answered with 503.
		 */
		private int undecidedHandshakes = 1000;

		/**
		 * Handshakes each second. Above it they are answered with 503. Needs Bucket4j.
		 * Any number by default.
		 */
		private @Nullable Integer handshakesPerSecond;

		/**
		 * Messages each second from one connection, with those of 5 seconds at once.
		 * Above it the connection is closed with 1008. Needs Bucket4j. Any number by
		 * default.
		 */
		private @Nullable Integer messagesPerSecond;

		/**
		 * Bytes of messages each second from one connection, with those of 5 seconds or
		 * the largest message at once. Above it the connection is closed with 1008. Needs
		 * Bucket4j. Any number by default.
		 */
		private @Nullable DataSize bytesPerSecond;

		/**
		 * Fragments of one message that are empty or one byte long, besides one for every
		 * 16 bytes in longer ones. Above it the connection is closed with 1008.
		 */
		private int fragmentsPerMessage = 1000;

		/**
		 * How long one message may take to arrive before its connection is closed with
		 * 1008. If a duration suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration messageTime = Duration.ofSeconds(60);

		/**
		 * How deep JSON that is received may be nested. Deeper JSON is invalid.
		 */
		private int jsonDepth = 200;

		/**
		 * Groups that a connection may be in.
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
	 * Properties of the threads that handlers run on.
	 */
	public static class Handler {

		/**
		 * Handlers at a time where there are no virtual threads, that is, below JDK 21.
		 * Above it handshakes are answered with 503. As many threads may wait for slow
		 * clients; above it the callbacks of consumers have the overflow policy applied
		 * at once.
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
	 * Properties of what a connection has received and its handler has not.
	 */
	public static class Inbound {

		/**
		 * Messages of a connection that may wait for its handler. Above it the connection
		 * is not read from.
		 */
		private int maxMessages = 64;

		/**
		 * Bytes of complete messages of a connection that may wait for its handler. Above
		 * it the connection is not read from.
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
	 * What is observed.
	 */
	public static class Observation {

		/**
		 * Whether each message that a handler or consumer deals with is observed, besides
		 * each connection.
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
		 * How long a close may take after its last progress: bytes that were taken for
		 * the peer, or input from it. Also how long the answer to a close of the peer
		 * waits for the messages before it. If a duration suffix is not specified,
		 * seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration timeout = Duration.ofSeconds(10);

		/**
		 * How long a close may take in all. If a duration suffix is not specified,
		 * seconds will be used.
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
	 * Properties of what was sent to a connection and its peer has not read.
	 */
	public static class Outbound {

		/**
		 * Bytes that may wait for the peer of a connection.
		 */
		private DataSize maxBytes = DataSize.ofMegabytes(1);

		/**
		 * Messages that may wait for the peer of a connection. By default 16384, or as
		 * many as a group keeps if that is more.
		 */
		private @Nullable Integer maxMessages;

		/**
		 * How long a message may wait for the peer before its connection is closed with
		 * 1013. If a duration suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private Duration maxAge = Duration.ofSeconds(10);

		/**
		 * What happens to a message for which there is no room, unless its sender is the
		 * handler, who waits.
		 */
		private OverflowPolicy overflow = OverflowPolicy.CLOSE;

		/**
		 * Bytes that may wait for the peers of all connections together, a message to a
		 * group once. Above it messages that may be dropped are, then the slowest
		 * connections are closed with 1013, and handshakes are answered with 503. A
		 * quarter of the heap by default.
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
	 * Properties of how long users stay connected.
	 */
	public static class Security {

		/**
		 * Whether the connections of a user are closed with 1008 when the HTTP session
		 * ends that they were opened with, or when the user logs out. A session also ends
		 * when there are no requests for its timeout: messages are not requests.
		 */
		private boolean closeOnSessionEnd = true;

		/**
		 * Whether connections are closed with 1008 when the token expires that they were
		 * opened with, that of an OAuth2 resource server or what a "PrincipalExpiry" bean
		 * says.
		 */
		private boolean closeOnTokenExpiry;

		/**
		 * How often each session in which connections were opened is looked up, where
		 * nothing else tells that it has ended: in a repository of Spring Session that
		 * publishes no events, and in a "SessionRegistry" of Spring Security. By default
		 * 1 minute there, and not at all elsewhere; 0 for never. If a duration suffix is
		 * not specified, seconds will be used.
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
	 * Properties of how the application stops.
	 */
	public static class Shutdown {

		/**
		 * How long connections have to be closed and handlers to return when the
		 * application stops. Less than "spring.lifecycle.timeout-per-shutdown-phase"; by
		 * default 10 seconds, or as much as that allows. If a duration suffix is not
		 * specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration timeout;

		/**
		 * Connections that are closed at a time, so that not all clients connect
		 * elsewhere at once.
		 */
		private int batchSize = 200;

		/**
		 * Time between two batches of connections that are closed. Shorter where it would
		 * take more than half of the timeout.
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
	 * Properties of Tomcat.
	 */
	public static class Tomcat {

		/**
		 * Size of each buffer that Tomcat has for a connection, 512 bytes to 64 KB,
		 * instead of 8 KB. Smaller ones save memory and take more time for large messages
		 * and HTTP responses. Those of sockets are the connector's, those of WebSockets
		 * the same in the whole JVM. With a version of Tomcat that is not tested, the two
		 * for messages are 24 KB until the first message.
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
