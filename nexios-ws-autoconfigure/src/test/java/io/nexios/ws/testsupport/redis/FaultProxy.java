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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A TCP proxy that makes the network between a client and a server fail, while it runs.
 * Faults are those of all connections, also of later ones, or those of one
 * {@link #connection(int) connection}.
 * <p>
 * One thread does everything. So a fault has begun when its method returns: after
 * {@link #hold(Direction)} not one more byte is forwarded.
 *
 * @author Nexios Team
 */
public final class FaultProxy implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Selector selector;

	private final int port;

	private final Thread thread;

	private final Queue<Runnable> changes = new ConcurrentLinkedQueue<>();

	private final List<ProxiedConnection> connections = new ArrayList<>();

	private final Map<Direction, FlowFaults> faults = new EnumMap<>(Direction.class);

	private @Nullable ServerSocketChannel listener;

	private InetSocketAddress target;

	private boolean closed;

	private FaultProxy(int targetPort) throws IOException {
		this.target = loopback(targetPort);
		this.selector = Selector.open();
		this.port = FreePort.find();
		this.faults.put(Direction.TO_SERVER, new FlowFaults());
		this.faults.put(Direction.TO_CLIENT, new FlowFaults());
		listen();
		this.thread = new Thread(this::run, "fault-proxy-" + this.port);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Start a proxy without faults.
	 * @param targetPort the port of the server on the loopback interface
	 * @return the proxy, listening
	 */
	public static FaultProxy to(int targetPort) {
		try {
			return new FaultProxy(targetPort);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static InetSocketAddress loopback(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	private void listen() throws IOException {
		ServerSocketChannel channel = ServerSocketChannel.open();
		channel.setOption(StandardSocketOptions.SO_REUSEADDR, true).configureBlocking(false);
		channel.bind(loopback(this.port));
		channel.register(this.selector, SelectionKey.OP_ACCEPT);
		this.listener = channel;
	}

	public int port() {
		return this.port;
	}

	// The thread

	private void run() {
		try (this.selector) {
			while (!this.closed) {
				pass();
			}
			cutAll();
			stopListening();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void pass() throws IOException {
		for (Runnable change = this.changes.poll(); change != null; change = this.changes.poll()) {
			change.run();
		}
		if (this.listener != null) {
			accept(this.listener);
		}
		long now = System.nanoTime();
		long next = proceed(now);
		this.connections.removeIf((connection) -> !connection.isOpen());
		this.selector.selectedKeys().clear();
		select(next, now);
	}

	private void accept(ServerSocketChannel channel) throws IOException {
		for (SocketChannel client = channel.accept(); client != null; client = channel.accept()) {
			this.connections.add(new ProxiedConnection(this, client, this.target, this.selector, this.faults));
		}
	}

	private long proceed(long now) {
		long next = Flow.NEVER;
		try {
			for (ProxiedConnection connection : this.connections) {
				if (connection.isOpen()) {
					next = Math.min(next, connection.proceed(now));
				}
			}
		}
		catch (Flow.Cut ex) {
			cutAll();
			this.faults.values().forEach((faults) -> faults.cutAfter(FlowFaults.NO_LIMIT));
		}
		return next;
	}

	private void select(long next, long now) throws IOException {
		if (!this.changes.isEmpty() || this.closed) {
			this.selector.selectNow();
		}
		else if (next == Flow.NEVER) {
			this.selector.select();
		}
		else {
			this.selector.select(Math.max(1, (next - now) / 1_000_000));
		}
	}

	private void cutAll() {
		this.connections.forEach(ProxiedConnection::abort);
		this.connections.clear();
	}

	private void stopListening() throws IOException {
		if (this.listener != null) {
			this.listener.close();
			this.listener = null;
			// The socket is closed only when the selector has let go of it
			this.selector.selectNow();
		}
	}

	void change(Runnable change) {
		ask(() -> {
			change.run();
			return true;
		});
	}

	<T> T ask(Supplier<T> question) {
		Assert.state(this.thread.isAlive(), "The proxy has ended");
		CompletableFuture<T> answer = new CompletableFuture<>();
		this.changes.add(() -> {
			try {
				answer.complete(question.get());
			}
			catch (RuntimeException ex) {
				answer.completeExceptionally(ex);
			}
		});
		this.selector.wakeup();
		return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
	}

	// Faults of all connections

	/**
	 * End both sides of all connections with a reset. New ones are accepted.
	 */
	public void cut() {
		change(this::cutAll);
		// A socket is closed only when the selector has let go of it
		change(() -> {
		});
	}

	/**
	 * Cut all connections once some more bytes were forwarded, whichever connection they
	 * belong to.
	 * @param direction the direction in which they are counted
	 * @param bytes their number
	 */
	public void cutAfter(Direction direction, long bytes) {
		change(() -> faults(direction).cutAfter(bytes));
	}

	/**
	 * Refuse new connections. Those that are open stay.
	 */
	public void refuse() {
		change(() -> {
			try {
				stopListening();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	/**
	 * Accept connections again.
	 */
	public void accept() {
		change(() -> {
			try {
				Assert.state(this.listener == null, "The proxy accepts connections");
				listen();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	/**
	 * Forward nothing more in one direction. Nothing is lost unless a connection ends.
	 * The sender does not notice before the buffers of the system are full.
	 * @param direction the direction
	 */
	public void hold(Direction direction) {
		change(() -> faults(direction).hold(true));
	}

	/**
	 * Forward again what was held.
	 * @param direction the direction
	 */
	public void release(Direction direction) {
		change(() -> faults(direction).hold(false));
	}

	/**
	 * Forward everything later.
	 * @param direction the direction
	 * @param delay how much later
	 */
	public void delay(Direction direction, Duration delay) {
		change(() -> faults(direction).delay(delay.toNanos()));
	}

	/**
	 * Forward slowly.
	 * @param direction the direction
	 * @param bytesPerSecond the rate of each connection
	 */
	public void throttle(Direction direction, long bytesPerSecond) {
		change(() -> faults(direction).throttle(bytesPerSecond));
	}

	/**
	 * End the faults that all connections share, except refusing.
	 */
	public void heal() {
		change(() -> this.faults.values().forEach(FlowFaults::heal));
	}

	/**
	 * Connect new connections to another server.
	 * @param targetPort its port on the loopback interface
	 */
	public void target(int targetPort) {
		change(() -> this.target = loopback(targetPort));
	}

	private FlowFaults faults(Direction direction) {
		return this.faults.get(direction);
	}

	// Connections

	/**
	 * Return the connections that are open.
	 * @return the connections, the oldest first
	 */
	public List<ProxiedConnection> connections() {
		return ask(() -> List.copyOf(this.connections));
	}

	/**
	 * Return one connection.
	 * @param serverSidePort the port by which the server knows it, as in CLIENT LIST
	 * @return the connection
	 */
	public ProxiedConnection connection(int serverSidePort) {
		return connections().stream()
			.filter((connection) -> connection.serverSidePort() == serverSidePort)
			.findFirst()
			.orElseThrow(() -> new AssertionError("No connection comes from port " + serverSidePort));
	}

	/**
	 * Cut all connections and end the proxy.
	 */
	@Override
	public void close() {
		if (!this.thread.isAlive()) {
			return;
		}
		change(() -> this.closed = true);
		try {
			this.thread.join(PATIENCE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Where bytes go.
	 */
	public enum Direction {

		/**
		 * From the client to the server.
		 */
		TO_SERVER,

		/**
		 * From the server to the client.
		 */
		TO_CLIENT

	}

}
