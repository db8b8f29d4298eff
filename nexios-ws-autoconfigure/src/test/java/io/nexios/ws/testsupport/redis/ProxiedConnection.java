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
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * A connection through a {@link FaultProxy}, which can fail alone.
 *
 * @author Nexios Team
 */
public final class ProxiedConnection {

	private final FaultProxy proxy;

	private final SocketChannel client;

	private final SocketChannel server;

	private final Map<FaultProxy.Direction, Flow> flows = new EnumMap<>(FaultProxy.Direction.class);

	private final SelectionKey clientKey;

	private final SelectionKey serverKey;

	private int serverSidePort;

	ProxiedConnection(FaultProxy proxy, SocketChannel client, InetSocketAddress target, Selector selector,
			Map<FaultProxy.Direction, FlowFaults> all) throws IOException {
		this.proxy = proxy;
		this.client = client;
		this.server = SocketChannel.open();
		prepare(client);
		prepare(this.server);
		this.flows.put(FaultProxy.Direction.TO_SERVER,
				new Flow(client, this.server, new FlowFaults(), all.get(FaultProxy.Direction.TO_SERVER)));
		this.flows.put(FaultProxy.Direction.TO_CLIENT,
				new Flow(this.server, client, new FlowFaults(), all.get(FaultProxy.Direction.TO_CLIENT)));
		this.clientKey = client.register(selector, 0, this);
		this.serverKey = this.server.register(selector, 0, this);
		connect(target);
	}

	// Closing such a socket resets it
	private static void prepare(SocketChannel channel) throws IOException {
		channel.configureBlocking(false);
		channel.setOption(StandardSocketOptions.SO_LINGER, 0);
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
	}

	private void connect(InetSocketAddress target) {
		try {
			if (this.server.connect(target)) {
				connected();
			}
		}
		catch (IOException ex) {
			abort();
		}
	}

	private void connected() throws IOException {
		this.serverSidePort = ((InetSocketAddress) this.server.getLocalAddress()).getPort();
	}

	// On the thread of the proxy

	/**
	 * Do what can be done now.
	 * @param now the time
	 * @return when to call this again, or {@link Flow#NEVER}
	 * @throws Flow.Cut if all connections have to be cut
	 */
	long proceed(long now) throws Flow.Cut {
		try {
			return isConnecting() ? Flow.NEVER : transfer(now);
		}
		catch (IOException ex) {
			abort();
			return Flow.NEVER;
		}
		catch (Flow.Cut ex) {
			abort();
			if (ex.ofAll()) {
				throw ex;
			}
			return Flow.NEVER;
		}
	}

	private boolean isConnecting() throws IOException {
		if (!this.server.isConnectionPending()) {
			return false;
		}
		if (!this.server.finishConnect()) {
			this.serverKey.interestOps(SelectionKey.OP_CONNECT);
			return true;
		}
		connected();
		return false;
	}

	private long transfer(long now) throws IOException, Flow.Cut {
		Flow toServer = flow(FaultProxy.Direction.TO_SERVER);
		Flow toClient = flow(FaultProxy.Direction.TO_CLIENT);
		if (toServer.wantsToRead()) {
			toServer.read(now);
		}
		if (toClient.wantsToRead()) {
			toClient.read(now);
		}
		long next = Math.min(toServer.forward(now), toClient.forward(now));
		if (toServer.isOver() && toClient.isOver()) {
			end();
			return Flow.NEVER;
		}
		this.clientKey.interestOps(interest(toServer, toClient));
		this.serverKey.interestOps(interest(toClient, toServer));
		return next;
	}

	private static int interest(Flow from, Flow to) {
		return (from.wantsToRead() ? SelectionKey.OP_READ : 0) | (to.wantsToWrite() ? SelectionKey.OP_WRITE : 0);
	}

	Flow flow(FaultProxy.Direction direction) {
		return this.flows.get(direction);
	}

	boolean isOpen() {
		return this.client.isOpen();
	}

	/**
	 * End both sides with a reset.
	 */
	void abort() {
		closeQuietly(this.client);
		closeQuietly(this.server);
	}

	private void end() throws IOException {
		this.client.setOption(StandardSocketOptions.SO_LINGER, -1);
		this.server.setOption(StandardSocketOptions.SO_LINGER, -1);
		abort();
	}

	private static void closeQuietly(SocketChannel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			// There is nothing to be done
		}
	}

	// For tests

	/**
	 * Return the port by which the server knows this connection, as in CLIENT LIST.
	 * @return the port, or 0 if it is not connected yet
	 */
	public int serverSidePort() {
		return this.proxy.ask(() -> this.serverSidePort);
	}

	/**
	 * End both sides with a reset.
	 */
	public void cut() {
		this.proxy.change(this::abort);
	}

	/**
	 * End both sides with a reset once some more bytes were forwarded.
	 * @param direction the direction in which they are counted
	 * @param bytes their number
	 */
	public void cutAfter(FaultProxy.Direction direction, long bytes) {
		this.proxy.change(() -> flow(direction).faults().cutAfter(bytes));
	}

	/**
	 * Forward nothing more in one direction. Nothing is lost unless the connection ends.
	 * @param direction the direction
	 */
	public void hold(FaultProxy.Direction direction) {
		this.proxy.change(() -> flow(direction).faults().hold(true));
	}

	/**
	 * Forward again what was held.
	 * @param direction the direction
	 */
	public void release(FaultProxy.Direction direction) {
		this.proxy.change(() -> flow(direction).faults().hold(false));
	}

	/**
	 * Forward everything later.
	 * @param direction the direction
	 * @param delay how much later
	 */
	public void delay(FaultProxy.Direction direction, Duration delay) {
		this.proxy.change(() -> flow(direction).faults().delay(delay.toNanos()));
	}

	/**
	 * Forward slowly.
	 * @param direction the direction
	 * @param bytesPerSecond the rate
	 */
	public void throttle(FaultProxy.Direction direction, long bytesPerSecond) {
		this.proxy.change(() -> flow(direction).faults().throttle(bytesPerSecond));
	}

	/**
	 * Return how many bytes were forwarded.
	 * @param direction the direction
	 * @return their number
	 */
	public long forwarded(FaultProxy.Direction direction) {
		return this.proxy.ask(() -> flow(direction).forwarded());
	}

}
