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

package io.nexios.ws.server.connection;

import java.time.Duration;
import java.util.List;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.server.handshake.AcceptanceSpec;
import io.nexios.ws.server.inbound.InboundLimits;
import io.nexios.ws.server.limit.TestLimits;
import io.nexios.ws.server.outbound.OutboundLimits;
import org.jspecify.annotations.Nullable;

/**
 * Settings to start from. A test changes those that it is about.
 *
 * @author Nexios Team
 */
public final class TestSettings {

	private Duration acceptTimeout = Duration.ofSeconds(10);

	private int maxMessageSize = 1024 * 1024;

	private boolean compression;

	private InboundLimits inbound = new InboundLimits(64, 256 * 1024);

	private int outboundMaxBytes = 1024 * 1024;

	private int outboundMaxMessages = 16 * 1024;

	private Duration outboundMaxAge = Duration.ofSeconds(10);

	private long outboundTotalMaxBytes = Long.MAX_VALUE;

	private OverflowPolicy overflow = OverflowPolicy.CLOSE;

	private ServerSettings.Heartbeat heartbeat = new ServerSettings.Heartbeat(Duration.ofSeconds(25),
			Duration.ofSeconds(10));

	private ServerSettings.Close close = new ServerSettings.Close(Duration.ofSeconds(10), Duration.ofSeconds(60));

	private int handlerMaxThreads = 500;

	private TestLimits limits = TestLimits.defaults();

	private @Nullable Duration channelExpires;

	private TestSettings() {
	}

	/**
	 * Start from the defaults, without a limit for what waits for all peers together.
	 * @return the settings
	 */
	public static TestSettings defaults() {
		return new TestSettings();
	}

	/**
	 * Start from settings that are small enough to reach them.
	 * @return the settings
	 */
	public static TestSettings small() {
		return defaults().withMaxMessageSize(100)
			.withInbound(8, 1_000)
			.withOutboundMaxBytes(10)
			.withOutboundMaxMessages(1_000)
			.withOutboundMaxAge(Duration.ofSeconds(5))
			.withHandlerMaxThreads(10);
	}

	/**
	 * Create the acceptance of a connection with {@link #small() small} settings.
	 * @param offered the subprotocols that the client offers
	 * @return the acceptance
	 */
	public static AcceptanceSpec spec(String... offered) {
		ServerSettings settings = small().build();
		return new AcceptanceSpec(List.of(offered), null, settings.maxMessageSize(), settings.outbound().overflow());
	}

	public TestSettings withAcceptTimeout(Duration acceptTimeout) {
		this.acceptTimeout = acceptTimeout;
		return this;
	}

	public TestSettings withMaxMessageSize(int maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
		return this;
	}

	public TestSettings withCompression() {
		this.compression = true;
		return this;
	}

	public TestSettings withInbound(int maxMessages, int maxBytes) {
		this.inbound = new InboundLimits(maxMessages, maxBytes);
		return this;
	}

	public TestSettings withOutboundMaxBytes(int outboundMaxBytes) {
		this.outboundMaxBytes = outboundMaxBytes;
		return this;
	}

	public TestSettings withOutboundMaxMessages(int outboundMaxMessages) {
		this.outboundMaxMessages = outboundMaxMessages;
		return this;
	}

	public TestSettings withOutboundMaxAge(Duration outboundMaxAge) {
		this.outboundMaxAge = outboundMaxAge;
		return this;
	}

	public TestSettings withOutboundTotalMaxBytes(long outboundTotalMaxBytes) {
		this.outboundTotalMaxBytes = outboundTotalMaxBytes;
		return this;
	}

	public TestSettings withOverflow(OverflowPolicy overflow) {
		this.overflow = overflow;
		return this;
	}

	public TestSettings withHeartbeat(Duration interval, Duration timeout) {
		this.heartbeat = new ServerSettings.Heartbeat(interval, timeout);
		return this;
	}

	public TestSettings withClose(Duration timeout, Duration maxTime) {
		this.close = new ServerSettings.Close(timeout, maxTime);
		return this;
	}

	public TestSettings withHandlerMaxThreads(int handlerMaxThreads) {
		this.handlerMaxThreads = handlerMaxThreads;
		return this;
	}

	public TestSettings withLimits(TestLimits limits) {
		this.limits = limits;
		return this;
	}

	public TestSettings withChannelExpires(@Nullable Duration channelExpires) {
		this.channelExpires = channelExpires;
		return this;
	}

	public ServerSettings build() {
		return new ServerSettings(this.acceptTimeout, this.maxMessageSize, this.compression, this.inbound, outbound(),
				this.heartbeat, this.close, this.handlerMaxThreads, this.limits.build(), this.channelExpires);
	}

	private OutboundLimits outbound() {
		return new OutboundLimits(this.outboundMaxBytes, this.outboundMaxMessages, this.outboundMaxAge,
				this.outboundTotalMaxBytes, this.overflow);
	}

}
