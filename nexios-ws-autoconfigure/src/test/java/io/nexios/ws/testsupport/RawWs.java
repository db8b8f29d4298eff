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

package io.nexios.ws.testsupport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.testsupport.jvm.TestClients;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A WebSocket client that does only what a test requests. It does not answer pings or
 * closes, and it can send invalid frames. It never waits longer than {@link #TIMEOUT}.
 * <p>
 * One thread may read while another writes.
 *
 * @author Nexios Team
 */
public final class RawWs implements AutoCloseable {

	/** How long to wait for anything before giving up. */
	public static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread thread = new Thread(task, "raw-ws-watchdog");
		thread.setDaemon(true);
		return thread;
	});
	static {
		watchdog.setRemoveOnCancelPolicy(true);
	}

	private final Socket socket;

	private final DataInputStream in;

	private final Deque<RawFrame> controlFrames = new ArrayDeque<>();

	private @Nullable RawResponse response;

	RawWs(Socket socket) throws IOException {
		TestClients.opened(socket);
		this.socket = socket;
		this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
	}

	/**
	 * Prepare a handshake.
	 * @param port the port of the server
	 * @param target the path and the query, encoded
	 * @return the handshake
	 */
	public static RawHandshake handshake(int port, String target) {
		return new RawHandshake(port, target);
	}

	/**
	 * Send a handshake, accepted or not.
	 * @param port the port of the server
	 * @param target the path and the query, encoded
	 * @param headers further headers, as in "Origin: http://localhost"
	 * @return the client
	 */
	public static RawWs open(int port, String target, String... headers) {
		return handshake(port, target).headers(headers).send();
	}

	// The answer to the handshake

	public int status() {
		return response().status();
	}

	public HttpHeaders headers() {
		return response().headers();
	}

	public @Nullable String header(String name) {
		return headers().getFirst(name);
	}

	public String body() {
		return new String(bodyBytes(), StandardCharsets.UTF_8);
	}

	public byte[] bodyBytes() {
		return response().body();
	}

	/**
	 * Return the status, where a server may also end the connection without an answer.
	 * @return the status, or 0 if the connection has ended
	 */
	public int statusOrEnd() {
		return read(() -> {
			try {
				this.response = RawResponse.read(this.in);
				return this.response.status();
			}
			catch (EOFException | SocketException ex) {
				return 0;
			}
		});
	}

	private RawResponse response() {
		if (this.response == null) {
			this.response = read(() -> RawResponse.read(this.in));
		}
		return this.response;
	}

	// Sending

	/**
	 * Send frames, all of them in one write.
	 * @param frames the frames
	 */
	public void send(RawFrame... frames) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (RawFrame frame : frames) {
			bytes.writeBytes(frame.toBytes());
		}
		sendRaw(bytes.toByteArray());
	}

	public void sendText(String text) {
		send(RawFrame.text(text));
	}

	public void sendBinary(byte... bytes) {
		send(RawFrame.binary(bytes));
	}

	public void sendPing(String payload) {
		send(RawFrame.ping(payload));
	}

	public void sendClose(int code, String reason) {
		send(RawFrame.close(code, reason));
	}

	public void sendRaw(byte[] bytes) {
		sendInPieces(bytes, bytes.length);
	}

	/**
	 * Send bytes in several packets.
	 * @param bytes the bytes
	 * @param size the size of one packet
	 */
	public void sendInPieces(byte[] bytes, int size) {
		Future<?> alarm = watchdog.schedule(this::abort, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		try {
			for (int sent = 0; sent < bytes.length; sent += Math.min(size, bytes.length - sent)) {
				this.socket.getOutputStream().write(bytes, sent, Math.min(size, bytes.length - sent));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			alarm.cancel(false);
		}
	}

	// Receiving

	/**
	 * Read the next frame, of whatever kind.
	 * @return the frame
	 */
	public RawFrame readFrame() {
		assertThat(status()).isEqualTo(101);
		RawFrame frame = read(() -> RawFrame.read(this.in));
		assertThat(frame).as("A frame and not the end of the connection").isNotNull();
		return frame;
	}

	/**
	 * Read the next message and put its fragments together. Pings and pongs on the way
	 * are kept for {@link #expectPing()} and {@link #expectPong(String)}.
	 * @return the message as one frame
	 */
	public RawFrame readMessage() {
		RawFrame first = readFrameOtherThanPingOrPong();
		assertThat(first.opcode()).as(() -> "A message and not " + first).isIn(RawFrame.TEXT, RawFrame.BINARY);
		if (first.fin()) {
			return first;
		}
		ByteArrayOutputStream payload = new ByteArrayOutputStream();
		payload.writeBytes(first.payload());
		RawFrame next;
		do {
			next = readFrameOtherThanPingOrPong();
			assertThat(next.opcode()).as("Opcode of %s within a message", next).isEqualTo(RawFrame.CONTINUATION);
			payload.writeBytes(next.payload());
		}
		while (!next.fin());
		return RawFrame.of(first.opcode(), payload.toByteArray());
	}

	/**
	 * Read the next frame that is neither a ping nor a pong.
	 * @return a message, if it is in one frame, or a close
	 */
	public RawFrame readMessageOrClose() {
		return readFrameOtherThanPingOrPong();
	}

	private RawFrame readFrameOtherThanPingOrPong() {
		RawFrame frame = readFrame();
		while (frame.opcode() == RawFrame.PING || frame.opcode() == RawFrame.PONG) {
			this.controlFrames.add(frame);
			frame = readFrame();
		}
		return frame;
	}

	public String readText() {
		RawFrame message = readMessage();
		assertThat(message.opcode()).as(() -> "A text and not " + message).isEqualTo(RawFrame.TEXT);
		return message.text();
	}

	public byte[] readBinary() {
		RawFrame message = readMessage();
		assertThat(message.opcode()).as(() -> "A binary message and not " + message).isEqualTo(RawFrame.BINARY);
		return message.payload();
	}

	public void expectText(String expected) {
		assertThat(readText()).isEqualTo(expected);
	}

	public void expectBinary(byte... expected) {
		assertThat(readBinary()).isEqualTo(expected);
	}

	/**
	 * Expect the next message to be the server's close, and do not answer it.
	 * @param code the expected code
	 * @return the reason
	 */
	public String expectClose(int code) {
		return expectCloseWithAnyOf(code);
	}

	/**
	 * Expect the next message to be the server's close, and do not answer it.
	 * @param codes the codes to expect one of, where RFC 6455 leaves a choice
	 * @return the reason
	 */
	public String expectCloseWithAnyOf(Integer... codes) {
		RawFrame frame = readFrameOtherThanPingOrPong();
		assertThat(frame.opcode()).as(() -> "A close and not " + frame).isEqualTo(RawFrame.CLOSE);
		assertThat(frame.closeCode()).as(frame::toString).isIn((Object[]) codes);
		return frame.closeReason();
	}

	public RawFrame expectPing() {
		return expectControl(RawFrame.PING);
	}

	/**
	 * Return the pongs that were met while messages were read.
	 * @return their payloads
	 */
	public List<String> pongs() {
		return this.controlFrames.stream()
			.filter((frame) -> frame.opcode() == RawFrame.PONG)
			.map(RawFrame::text)
			.toList();
	}

	public void expectPong(String payload) {
		assertThat(expectControl(RawFrame.PONG).text()).isEqualTo(payload);
	}

	private RawFrame expectControl(int opcode) {
		RawFrame frame = this.controlFrames.isEmpty() ? readFrame() : this.controlFrames.remove();
		assertThat(frame.opcode()).as(frame::toString).isEqualTo(opcode);
		return frame;
	}

	/**
	 * Expect that the server has sent nothing more, by asking it for a pong.
	 */
	public void expectNothing() {
		String unique = UUID.randomUUID().toString();
		sendPing(unique);
		RawFrame frame = readFrame();
		assertThat(frame.text()).as(() -> "Nothing but the pong, and not " + frame).isEqualTo(unique);
	}

	/**
	 * Expect that the server ends the TCP connection and sends no other frame before.
	 */
	public void expectEnd() {
		RawFrame frame = read(() -> {
			try {
				return RawFrame.read(this.in);
			}
			catch (SocketException ex) {
				return null;
			}
		});
		assertThat(frame).as("The end of the connection").isNull();
	}

	/**
	 * Read whatever the server sends until the TCP connection ends, also by a reset or
	 * within a frame.
	 * @return the frames
	 */
	public List<RawFrame> readToEnd() {
		List<RawFrame> frames = new ArrayList<>();
		RawFrame frame = readOrEnd();
		while (frame != null) {
			frames.add(frame);
			frame = readOrEnd();
		}
		return frames;
	}

	private @Nullable RawFrame readOrEnd() {
		return read(() -> {
			try {
				return RawFrame.read(this.in);
			}
			catch (EOFException | SocketException ex) {
				return null;
			}
		});
	}

	private <T extends @Nullable Object> T read(Reading<T> reading) {
		try {
			return reading.read();
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("The server sent nothing within " + TIMEOUT, ex);
		}
		catch (IOException ex) {
			throw new AssertionError("The connection failed while something was expected: " + ex.getMessage(), ex);
		}
	}

	// Leaving

	/**
	 * Close with 1000, and wait for the server to do the same.
	 */
	public void leave() {
		sendClose(1000, "");
		expectClose(1000);
		expectEnd();
		close();
	}

	/**
	 * Vanish with a TCP reset, unless the connection is over.
	 */
	public void abort() {
		if (this.socket.isClosed()) {
			return;
		}
		try {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * End the sending direction of the TCP connection, without a close frame.
	 */
	public void halfClose() {
		try {
			this.socket.shutdownOutput();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int localPort() {
		return this.socket.getLocalPort();
	}

	/**
	 * End the TCP connection, without a close frame.
	 */
	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@FunctionalInterface
	private interface Reading<T extends @Nullable Object> {

		T read() throws IOException;

	}

}
