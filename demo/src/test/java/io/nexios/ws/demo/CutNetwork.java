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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between a browser and the demo that can be cut. While it is cut, it has no
 * connections, and new ones wait.
 *
 * @author Nexios Team
 */
final class CutNetwork implements AutoCloseable {

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final ServerSocket server;

	private volatile int target;

	private boolean cut;

	CutNetwork(int target) throws IOException {
		this.target = target;
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		daemon(this::accept);
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "network");
		thread.setDaemon(true);
		thread.start();
	}

	int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Close all connections. New ones wait until the network is back.
	 */
	synchronized void cut() {
		this.cut = true;
		this.sockets.forEach(CutNetwork::close);
		this.sockets.clear();
	}

	/**
	 * Let the network be back.
	 * @param target the port of the demo
	 */
	synchronized void restore(int target) {
		this.target = target;
		this.cut = false;
		notifyAll();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				daemon(() -> connect(client));
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	private void connect(Socket client) {
		try {
			awaitNetwork();
			Socket demo = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.sockets.add(client);
			this.sockets.add(demo);
			daemon(() -> copy(demo, client));
			copy(client, demo);
		}
		catch (IOException ex) {
			close(client);
		}
	}

	private synchronized void awaitNetwork() throws IOException {
		try {
			while (this.cut) {
				wait();
			}
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	private void copy(Socket from, Socket to) {
		try {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// Cut, or the end of a connection
		}
		finally {
			close(from);
			close(to);
			this.sockets.remove(from);
			this.sockets.remove(to);
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		cut();
	}

}
