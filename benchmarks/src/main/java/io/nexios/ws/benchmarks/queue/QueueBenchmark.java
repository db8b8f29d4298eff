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

package io.nexios.ws.benchmarks.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.OverflowPolicy;
import io.nexios.ws.WSMessage;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.server.channel.SharedFrames;
import io.nexios.ws.server.inbound.InboundLimits;
import io.nexios.ws.server.inbound.InboundQueue;
import io.nexios.ws.server.json.JsonCodec;
import io.nexios.ws.server.limit.Limit;
import io.nexios.ws.server.outbound.OutboundBudget;
import io.nexios.ws.server.outbound.OutboundLimits;
import io.nexios.ws.server.outbound.OutboundListener;
import io.nexios.ws.server.outbound.OutboundQueue;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.server.transport.OutboundFrame;
import io.nexios.ws.server.transport.Transport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tools.jackson.databind.json.JsonMapper;

/**
 * The cost of a message in the queues of its connection, without a network and without a
 * second thread.
 *
 * @author Nexios Team
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class QueueBenchmark {

	private static final String TEXT = "x".repeat(128);

	private static final OutboundLimits LIMITS = new OutboundLimits(1024 * 1024, 16 * 1024, Duration.ofSeconds(10),
			Long.MAX_VALUE, OverflowPolicy.CLOSE);

	private final WSMessage message = new WSMessage.Text(TEXT);

	private final OutboundFrame frame = OutboundFrame.text(TEXT);

	private final JsonCodec json = new JsonCodec(JsonMapper.shared());

	private final ServerThreads threads = new ServerThreads(1);

	private final Transport transport = new InstantTransport();

	private final InboundQueue inbound = new InboundQueue(this.transport, new InboundLimits(64, 256 * 1024), false,
			null, (nanos) -> {
			});

	private final OutboundQueue outbound = new OutboundQueue(this.threads, this.transport, new NoOwner(),
			new OutboundBudget(Long.MAX_VALUE), LIMITS, OverflowPolicy.CLOSE, System::nanoTime);

	@Benchmark
	public WSMessage inboundAddAndTake() {
		this.inbound.add(this.message, 128);
		return this.inbound.take();
	}

	@Benchmark
	public boolean outboundSendInline() {
		return this.outbound.send(this.frame, true, true);
	}

	@Benchmark
	public int sharedFrameEncodeOnce() {
		return new SharedFrames(new Payload.Text(TEXT), this.json).frame(PayloadType.TEXT).payload().remaining();
	}

	@TearDown
	public void close() {
		this.threads.close();
	}

	/**
	 * The queue cannot fail here.
	 */
	private static final class NoOwner implements OutboundListener {

		@Override
		public void overflowed(Limit limit) {
			throw new IllegalStateException("Overflowed");
		}

		@Override
		public void messagesDropped(int messages) {
			throw new IllegalStateException("Dropped");
		}

		@Override
		public void dropNoticeQueued() {
			throw new IllegalStateException("Dropped");
		}

		@Override
		public void closeSent() {
		}

		@Override
		public void waitRefused() {
		}

		@Override
		public void written(List<OutboundFrame> frames) {
		}

		@Override
		public void writeFailed(Throwable failure) {
			throw new IllegalStateException(failure);
		}

	}

}
