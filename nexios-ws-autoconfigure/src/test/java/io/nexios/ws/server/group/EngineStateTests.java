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

package io.nexios.ws.server.group;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.nexios.ws.broker.BrokerState;
import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.channel.GroupEngineStateEvent;
import io.nexios.ws.channel.GroupEngineStateEvent.State;
import io.nexios.ws.server.handler.LocalServer;
import io.nexios.ws.server.lifecycle.EventSink;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.thread.ServerThreads;
import io.nexios.ws.spi.ManualTimeSource;
import io.nexios.ws.spi.TimeSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes of the state that a broker reports.
 *
 * @author Nexios Team
 */
@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class EngineStateTests {

	private static final BrokerState DOWN = BrokerState.down("no answer");

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final ManualTimeSource time = new ManualTimeSource();

	private final EngineStateLog log = new EngineStateLog(this.time);

	private final LoggingSystem logging = LoggingSystem.get(EngineStateTests.class.getClassLoader());

	@BeforeEach
	void logInfo() {
		this.logging.setLogLevel(Loggers.GROUPS, LogLevel.INFO);
	}

	@AfterEach
	void logAsBefore() {
		this.logging.setLogLevel(Loggers.GROUPS, null);
	}

	@ParameterizedTest
	@EnumSource
	void listenersAreToldOnAThreadOfTheServer(BrokerState.Level level) {
		ReportingBroker broker = new ReportingBroker();
		try (LocalServer server = LocalServer.with(broker).build()) {
			server.listen();
			broker.report(new BrokerState(level, "why"));
			Awaitility.await().until(() -> !server.events().isEmpty());
			assertThat(server.events()).containsExactly(new GroupEngineStateEvent(State.valueOf(level.name()), "why"));
			assertThat(server.threadsOfEvents()).singleElement().asString().startsWith("nexios-ws-");
		}
	}

	@Test
	void changesAreToldInOrderAndTheOldestAreLeftOutAboveTheLimit() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		BlockingSink sink = new BlockingSink(release);
		try (ServerThreads threads = new ServerThreads(10)) {
			EngineStates states = new EngineStates(threads, sink, this.log);
			states.changed(BrokerState.down("0"));
			sink.entered.await();
			IntStream.rangeClosed(1, 40).forEach((i) -> states.changed(BrokerState.down("" + i)));
			release.countDown();
			Awaitility.await().until(() -> sink.reasons.contains("40"));
			List<String> latest = IntStream.rangeClosed(41 - EngineStates.MAX_WAITING, 40)
				.mapToObj(String::valueOf)
				.toList();
			assertThat(sink.reasons).startsWith("0").endsWith(latest.toArray(String[]::new)).hasSize(1 + latest.size());
		}
	}

	@Test
	void listenerThatFailsGetsTheNextChange() {
		CountDownLatch release = new CountDownLatch(0);
		BlockingSink sink = new BlockingSink(release);
		try (ServerThreads threads = new ServerThreads(10)) {
			EngineStates states = new EngineStates(threads, sink, this.log);
			states.changed(BrokerState.down("fail"));
			states.changed(BrokerState.UP);
			Awaitility.await().until(() -> sink.reasons.size() == 2);
			assertThat(sink.reasons).containsExactly("fail", "");
		}
	}

	@Test
	void brokerThatIsDownAndUpAgainIsLogged(CapturedOutput output) {
		this.log.changed(DOWN);
		assertThat(output).containsOnlyOnce("WARN").contains("The broker of the groups is DOWN: no answer");
		this.log.changed(BrokerState.UP);
		assertThat(output).containsOnlyOnce("INFO").contains("The broker of the groups is UP again");
	}

	@Test
	void firstStateIsNotLoggedIfItIsUp(CapturedOutput output) {
		this.log.changed(BrokerState.UP);
		assertThat(output).doesNotContain("UP again");
	}

	@Test
	void warningIsWrittenOnceAMinute(CapturedOutput output) {
		for (int i = 0; i < 100; i++) {
			this.log.changed(DOWN);
			this.log.changed(BrokerState.UP);
		}
		assertThat(output).containsOnlyOnce("is DOWN").containsOnlyOnce("is UP again");
		this.time.advance(MINUTE);
		assertThat(output).containsOnlyOnce("is DOWN").containsOnlyOnce("is UP again");
		this.log.changed(BrokerState.degraded("slow"));
		assertThat(output).contains("is DEGRADED: slow, and 99 more since this was last logged");
	}

	@Test
	void changeThatCameTooEarlyIsLoggedIfItLasts(CapturedOutput output) {
		this.log.changed(DOWN);
		this.log.changed(BrokerState.UP);
		this.log.changed(BrokerState.degraded("slow"));
		assertThat(output).doesNotContain("DEGRADED");
		this.time.advance(MINUTE);
		assertThat(output).contains("is DEGRADED: slow");
		assertThat(this.time.waiting()).isZero();
	}

	@Test
	void timerThatRunsAtOnceSetsNoOther(CapturedOutput output) {
		EngineStateLog stopped = new EngineStateLog(new StoppedTime(this.time));
		stopped.changed(DOWN);
		stopped.changed(BrokerState.degraded("slow"));
		assertThat(output).contains("is DOWN").doesNotContain("DEGRADED");
	}

	private static final class ReportingBroker extends DelegatingBroker {

		private @Nullable Subscriber subscriber;

		ReportingBroker() {
			super(LocalServer.broker(10));
		}

		@Override
		public void start(GroupBroker.Subscriber subscriber) {
			this.subscriber = subscriber;
			super.start(subscriber);
		}

		void report(BrokerState state) {
			assertThat(this.subscriber).isNotNull();
			this.subscriber.onState(state);
		}

	}

	private static final class BlockingSink implements EventSink {

		private final List<String> reasons = new CopyOnWriteArrayList<>();

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch release;

		BlockingSink(CountDownLatch release) {
			this.release = release;
		}

		@Override
		public boolean isListening(Class<?> eventType) {
			return eventType == GroupEngineStateEvent.class;
		}

		@Override
		public void publish(Object event) {
			String reason = ((GroupEngineStateEvent) event).reason();
			this.entered.countDown();
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.reasons.add(reason);
			if (reason.equals("fail")) {
				throw new IllegalStateException("on purpose");
			}
		}

	}

	/**
	 * The time of a server that has stopped: tasks run at once.
	 *
	 * @param time the time
	 */
	private record StoppedTime(TimeSource time) implements TimeSource {

		@Override
		public Instant instant() {
			return this.time.instant();
		}

		@Override
		public long nanoTime() {
			return this.time.nanoTime();
		}

		@Override
		public Timer schedule(Runnable task, Duration delay) {
			task.run();
			return () -> {
			};
		}

	}

}
