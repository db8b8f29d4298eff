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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The request of an opening handshake. It is valid unless it is changed.
 *
 * @author Nexios Team
 */
public final class RawHandshake {

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private final int port;

	private final String target;

	private final String key;

	private String method = "GET";

	private String version = "HTTP/1.1";

	private final List<String> headers = new ArrayList<>();

	private final ByteArrayOutputStream pipelined = new ByteArrayOutputStream();

	private int pieceSize = Integer.MAX_VALUE;

	private int receiveBuffer;

	RawHandshake(int port, String target) {
		this.port = port;
		this.target = target;
		byte[] nonce = new byte[16];
		ThreadLocalRandom.current().nextBytes(nonce);
		this.key = Base64.getEncoder().encodeToString(nonce);
		header("Host", "localhost:" + port).header("Upgrade", "websocket")
			.header("Connection", "Upgrade")
			.header("Sec-WebSocket-Key", this.key)
			.header("Sec-WebSocket-Version", "13");
	}

	public RawHandshake method(String method) {
		this.method = method;
		return this;
	}

	/**
	 * Use another version of HTTP.
	 * @param version the version, as in "HTTP/1.0"
	 * @return this handshake
	 */
	public RawHandshake version(String version) {
		this.version = version;
		return this;
	}

	/**
	 * Add a header.
	 * @param name the name
	 * @param value the value
	 * @return this handshake
	 */
	public RawHandshake header(String name, String value) {
		this.headers.add(name + ": " + value);
		return this;
	}

	/**
	 * Add headers.
	 * @param lines the headers, as in "Origin: http://localhost"
	 * @return this handshake
	 */
	public RawHandshake headers(String... lines) {
		this.headers.addAll(List.of(lines));
		return this;
	}

	/**
	 * Replace all headers of a name.
	 * @param name the name
	 * @param value the value
	 * @return this handshake
	 */
	public RawHandshake replace(String name, String value) {
		return without(name).header(name, value);
	}

	public RawHandshake without(String name) {
		this.headers.removeIf((header) -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1));
		return this;
	}

	/**
	 * Turn it into a plain HTTP request.
	 * @return this handshake
	 */
	public RawHandshake withoutUpgrade() {
		return without("Upgrade").without("Connection").without("Sec-WebSocket-Key").without("Sec-WebSocket-Version");
	}

	/**
	 * Send frames right behind the request, without waiting for the answer.
	 * @param frames the frames
	 * @return this handshake
	 */
	public RawHandshake pipelining(RawFrame... frames) {
		for (RawFrame frame : frames) {
			this.pipelined.writeBytes(frame.toBytes());
		}
		return this;
	}

	/**
	 * Send the request in pieces, each a packet of its own.
	 * @param size the size of one piece in bytes
	 * @return this handshake
	 */
	public RawHandshake inPiecesOf(int size) {
		this.pieceSize = size;
		return this;
	}

	/**
	 * Let the socket hold little, so that a client that does not read is noticed soon.
	 * @param bytes the size of the receive buffer
	 * @return this handshake
	 */
	public RawHandshake receiveBuffer(int bytes) {
		this.receiveBuffer = bytes;
		return this;
	}

	/**
	 * Send the request. The answer is read when the client is first asked about it.
	 * @return the client, whether or not the handshake will be accepted
	 */
	public RawWs send() {
		RawWs client = connectOnly();
		client.sendInPieces(toBytes(), this.pieceSize);
		return client;
	}

	/**
	 * Open the TCP connection and send nothing.
	 * @return the client, which has still to send its request
	 */
	public RawWs connectOnly() {
		try {
			return new RawWs(openSocket());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Send the request and wait until it is accepted.
	 * @return the client of an open connection
	 */
	public RawWs connect() {
		RawWs client = send();
		try {
			assertAccepted(client);
			return client;
		}
		catch (AssertionError | RuntimeException ex) {
			client.close();
			throw ex;
		}
	}

	private void assertAccepted(RawWs client) {
		assertThat(client.status()).as(() -> "Status of a handshake answered with " + client.body()).isEqualTo(101);
		assertThat(client.header("Sec-WebSocket-Accept")).isEqualTo(expectedAccept());
	}

	private Socket openSocket() throws IOException {
		Socket socket = new Socket();
		socket.setTcpNoDelay(true);
		if (this.receiveBuffer > 0) {
			socket.setReceiveBufferSize(this.receiveBuffer);
		}
		int timeout = (int) RawWs.TIMEOUT.toMillis();
		socket.setSoTimeout(timeout);
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), timeout);
		return socket;
	}

	/**
	 * Return what goes over the wire.
	 * @return the request, and the frames right behind it
	 */
	public byte[] toBytes() {
		String head = this.method + " " + this.target + " " + this.version + "\r\n" + String.join("\r\n", this.headers)
				+ "\r\n\r\n";
		ByteArrayOutputStream request = new ByteArrayOutputStream();
		request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
		request.writeBytes(this.pipelined.toByteArray());
		return request.toByteArray();
	}

	private String expectedAccept() {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-1")
				.digest((this.key + GUID).getBytes(StandardCharsets.US_ASCII));
			return Base64.getEncoder().encodeToString(hash);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
