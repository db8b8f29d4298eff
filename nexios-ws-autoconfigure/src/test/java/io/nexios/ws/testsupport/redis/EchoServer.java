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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Sends back what it receives, and remembers it.
 *
 * @author Nexios Team
 */
final class EchoServer implements AutoCloseable {

	private final ServerSocket listener;

	private final List<Session> sessions = new CopyOnWriteArrayList<>();

	EchoServer() {
		try {
			this.listener = new ServerSocket(FreePort.find(), 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "echo-server");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				Session session = new Session(this.listener.accept());
				this.sessions.add(session);
				start(session::echo);
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Return the connections so far, the oldest first.
	 * @return the connections, also those that have ended
	 */
	List<Session> sessions() {
		return this.sessions;
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Session session : this.sessions) {
			session.socket.close();
		}
	}

	/**
	 * One connection.
	 */
	static final class Session {

		private final Socket socket;

		private final ByteArrayOutputStream received = new ByteArrayOutputStream();

		private volatile String end = "";

		Session(Socket socket) {
			this.socket = socket;
		}

		private void echo() {
			byte[] buffer = new byte[4096];
			try (this.socket) {
				int read = this.socket.getInputStream().read(buffer);
				while (read >= 0) {
					this.received.write(buffer, 0, read);
					this.socket.getOutputStream().write(buffer, 0, read);
					read = this.socket.getInputStream().read(buffer);
				}
				this.end = "end";
			}
			catch (IOException ex) {
				this.end = "failure";
			}
		}

		int port() {
			return this.socket.getPort();
		}

		int received() {
			return this.received.size();
		}

		/**
		 * Say how the connection has ended.
		 * @return "end", "failure" such as a reset, or nothing if it is open
		 */
		String ending() {
			return this.end;
		}

	}

}
