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

package io.nexios.ws.testsupport.redis;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.nexios.ws.testsupport.jvm.TestClients;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A client that sends raw commands to Redis in RESP2, so that tests of Redis do not
 * depend on the library that they also test.
 * <p>
 * A string stands for bytes: each of its characters is one byte. So binary values can be
 * compared like all others. {@link #utf8(String)} makes such a string of a text. An
 * answer is a string, a {@link Long}, a list, null or a {@link RespException}.
 *
 * @author Nexios Team
 */
public final class RespClient implements AutoCloseable {

	/** How long to wait for an answer before giving up. */
	public static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final Socket socket;

	private final DataInputStream in;

	private final OutputStream out;

	private RespClient(Socket socket) throws IOException {
		TestClients.opened(socket);
		this.socket = socket;
		this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
		this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
	}

	/**
	 * Connect to a port of the loopback interface.
	 * @param port the port
	 * @return the client
	 */
	public static RespClient connect(int port) {
		return connect(port, TIMEOUT);
	}

	static RespClient connect(int port, Duration timeout) {
		Socket socket = new Socket();
		try {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout((int) timeout.toMillis());
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) timeout.toMillis());
			return new RespClient(socket);
		}
		catch (IOException ex) {
			closeQuietly(socket);
			throw new UncheckedIOException(ex);
		}
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// There is nothing to be done
		}
	}

	/**
	 * Return a text as a string of bytes.
	 * @param text the text
	 * @return a string with a character for each byte of the text in UTF-8
	 */
	public static String utf8(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
	}

	/**
	 * Send a command and wait for its answer.
	 * @param command the command and its arguments: strings, byte arrays, numbers
	 * @return the answer
	 * @throws RespException if the answer is an error
	 */
	public @Nullable Object call(Object... command) {
		send(command);
		Object answer = receive();
		if (answer instanceof RespException ex) {
			throw ex;
		}
		return answer;
	}

	/**
	 * Send a command that answers a string.
	 * @param command as above
	 * @return the answer
	 */
	public @Nullable String text(Object... command) {
		return (String) call(command);
	}

	/**
	 * Send a command that answers a number.
	 * @param command as above
	 * @return the answer
	 */
	public long number(Object... command) {
		Object answer = call(command);
		Assert.state(answer instanceof Long, () -> "A number and not " + answer);
		return (Long) answer;
	}

	/**
	 * Send a command that answers a list.
	 * @param command as above
	 * @return the answer
	 */
	public List<@Nullable Object> list(Object... command) {
		return asList(call(command));
	}

	/**
	 * Send a command that answers names and values by turns.
	 * @param command as above
	 * @return the answer, sorted by the names
	 */
	public Map<String, @Nullable Object> map(Object... command) {
		List<@Nullable Object> list = list(command);
		Map<String, @Nullable Object> map = new TreeMap<>();
		for (int i = 0; i < list.size(); i += 2) {
			map.put(String.valueOf(list.get(i)), list.get(i + 1));
		}
		return map;
	}

	/**
	 * Return an answer that is a list.
	 * @param answer the answer
	 * @return the same
	 */
	@SuppressWarnings("unchecked")
	public static List<@Nullable Object> asList(@Nullable Object answer) {
		Assert.state(answer instanceof List, () -> "A list and not " + answer);
		return (List<@Nullable Object>) answer;
	}

	/**
	 * Send a command without waiting. It leaves with the next {@link #receive()} or
	 * {@link #flush()}.
	 * @param command as above
	 */
	public void send(Object... command) {
		try {
			write("*" + command.length);
			for (Object argument : command) {
				byte[] bytes = bytes(argument);
				write("$" + bytes.length);
				this.out.write(bytes);
				write("");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void write(String line) throws IOException {
		this.out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
	}

	private static byte[] bytes(Object argument) {
		if (argument instanceof byte[] bytes) {
			return bytes;
		}
		String text = argument.toString();
		Assert.isTrue(text.chars().allMatch((character) -> character < 256), () -> "Not bytes: " + text);
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Let all commands leave.
	 */
	public void flush() {
		try {
			this.out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Wait for the next answer, or for a message of a channel.
	 * @return what has come, also if it is an error
	 */
	public @Nullable Object receive() {
		flush();
		try {
			return read();
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("Redis has sent nothing within " + TIMEOUT, ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private @Nullable Object read() throws IOException {
		String line = readLine();
		String rest = line.substring(1);
		return switch (line.charAt(0)) {
			case '+' -> rest;
			case '-' -> new RespException(rest);
			case ':' -> Long.valueOf(rest);
			case '$' -> readString(Integer.parseInt(rest));
			case '*' -> readList(Integer.parseInt(rest));
			default -> throw new IllegalStateException("Not RESP2: " + line);
		};
	}

	private String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		int read = this.in.readUnsignedByte();
		while (read != '\r') {
			line.append((char) read);
			read = this.in.readUnsignedByte();
		}
		Assert.state(this.in.readUnsignedByte() == '\n', "A line ends with CR and LF");
		return line.toString();
	}

	private @Nullable String readString(int length) throws IOException {
		if (length < 0) {
			return null;
		}
		byte[] bytes = new byte[length];
		this.in.readFully(bytes);
		readLine();
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	private @Nullable List<@Nullable Object> readList(int size) throws IOException {
		if (size < 0) {
			return null;
		}
		List<@Nullable Object> list = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			list.add(read());
		}
		return list;
	}

	/**
	 * Return the port of this client, by which Redis and proxies know it.
	 * @return the port
	 */
	public int localPort() {
		return this.socket.getLocalPort();
	}

	@Override
	public void close() {
		closeQuietly(this.socket);
	}

}
