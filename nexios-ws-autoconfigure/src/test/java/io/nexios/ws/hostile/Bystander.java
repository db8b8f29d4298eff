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

package io.nexios.ws.hostile;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.nexios.ws.WebSocketRoute;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A harmless client that sends messages and gets their echoes.
 *
 * @author Nexios Team
 */
final class Bystander {

	static final String ROUTE = "/bystander";

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

	private final RawWs client;

	private final AtomicInteger rounds = new AtomicInteger();

	private final ReentrantLock round = new ReentrantLock(true);

	private volatile @Nullable Throwable failure;

	private volatile boolean leaving;

	private Bystander(RawWs client) {
		this.client = client;
	}

	static Bystander connect(SocketServer server) {
		Bystander bystander = new Bystander(server.connect(ROUTE));
		Thread thread = new Thread(bystander::run, "bystander");
		thread.setDaemon(true);
		thread.start();
		return bystander;
	}

	private void run() {
		while (!this.leaving && this.failure == null) {
			this.round.lock();
			try {
				String text = "round " + this.rounds.get();
				this.client.sendText(text);
				this.client.expectText(text);
				this.rounds.incrementAndGet();
			}
			catch (Throwable ex) {
				this.failure = ex;
			}
			finally {
				this.round.unlock();
			}
			LockSupport.parkNanos(PAUSE);
		}
	}

	/**
	 * Expect that all messages were answered so far, and that further messages are
	 * answered.
	 */
	void verify() {
		int before = this.rounds.get();
		Awaitility.await("the bystander to be served")
			.atMost(RawWs.TIMEOUT)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.until(() -> this.failure != null || this.rounds.get() > before + 1);
		Throwable failure = this.failure;
		if (failure != null) {
			throw new AssertionError("The bystander was not served", failure);
		}
	}

	/**
	 * Get a value while the bystander is connected and silent.
	 * @param <T> the type of what is seen
	 * @param look what looks
	 * @return what is seen
	 */
	<T> T whileSilent(Supplier<T> look) {
		this.round.lock();
		try {
			return look.get();
		}
		finally {
			this.round.unlock();
		}
	}

	void leave() {
		this.leaving = true;
		whileSilent(() -> {
			this.client.close();
			return true;
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Served {

		@Bean
		WebSocketRoute bystanderRoute() {
			return new WebSocketRoute(ROUTE, BesiegedServer::echo);
		}

		@Bean
		OpenConnections openConnections() {
			return new OpenConnections();
		}

	}

}
