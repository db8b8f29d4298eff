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

package io.nexios.ws.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A WebSocket client that keeps what it receives until a test asks for it.
 *
 * @author Nexios Team
 */
final class DemoClient implements WebSocket.Listener, AutoCloseable {

	private static final HttpClient http = HttpClient.newHttpClient();

	private static final JsonMapper json = JsonMapper.shared();

	private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();

	private final CompletableFuture<Integer> closed = new CompletableFuture<>();

	private final StringBuilder text = new StringBuilder();

	private final WebSocket socket;

	private String id = "";

	DemoClient(URI uri, String... headers) throws Exception {
		WebSocket.Builder builder = http.newWebSocketBuilder();
		for (int i = 0; i < headers.length; i += 2) {
			builder.header(headers[i], headers[i + 1]);
		}
		this.socket = builder.buildAsync(uri, this).get(30, TimeUnit.SECONDS);
	}

	void send(String message) throws Exception {
		this.socket.sendText(message, true).get(30, TimeUnit.SECONDS);
	}

	JsonNode next() throws Exception {
		JsonNode message = this.received.poll(30, TimeUnit.SECONDS);
		assertThat(message).as("message within 30 seconds").isNotNull();
		return message;
	}

	JsonNode next(Predicate<JsonNode> condition) throws Exception {
		JsonNode message = next();
		while (!condition.test(message)) {
			message = next();
		}
		return message;
	}

	JsonNode next(String type) throws Exception {
		JsonNode message = next();
		assertThat(message.get("type").stringValue()).as(message.toString()).isEqualTo(type);
		return message;
	}

	void welcome() throws Exception {
		this.id = next((message) -> message.get("type").stringValue().equals("welcome")).at("/you/id").stringValue();
	}

	String id() {
		return this.id;
	}

	String nextText() throws Exception {
		return next().get("text").stringValue();
	}

	int closeCode() throws Exception {
		return this.closed.get(30, TimeUnit.SECONDS);
	}

	boolean isOpenAfter(Duration time) throws Exception {
		try {
			this.closed.get(time.toMillis(), TimeUnit.MILLISECONDS);
			return false;
		}
		catch (TimeoutException ex) {
			return true;
		}
	}

	void abort() {
		this.socket.abort();
	}

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
		this.text.append(data);
		if (last) {
			receive(json.readTree(this.text.toString()));
			this.text.setLength(0);
		}
		socket.request(1);
		return null;
	}

	private void receive(JsonNode message) {
		if (!message.has("group")) {
			this.received.add(message);
		}
		else if (message.has("data")) {
			this.received.add(message.get("data"));
		}
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
		this.closed.complete(code);
		return null;
	}

	@Override
	public void onError(WebSocket socket, Throwable error) {
		this.closed.completeExceptionally(error);
	}

	@Override
	public void close() throws Exception {
		this.socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
			.exceptionally((alreadyClosed) -> this.socket)
			.get(30, TimeUnit.SECONDS);
	}

}
