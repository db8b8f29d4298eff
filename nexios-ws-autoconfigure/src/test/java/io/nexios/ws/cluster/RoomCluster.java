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

package io.nexios.ws.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nexios.ws.testsupport.redis.FaultProxy;
import io.nexios.ws.testsupport.redis.RedisPair;
import org.awaitility.Awaitility;

/**
 * Nodes, each with a proxy between it and Redis.
 *
 * @author Nexios Team
 */
final class RoomCluster implements AutoCloseable {

	private final List<FaultProxy> proxies = new ArrayList<>();

	private final List<RoomNode> nodes = new ArrayList<>();

	private final RedisPair redis;

	private RoomCluster(RedisPair redis) {
		this.redis = redis;
	}

	static RoomCluster start(int size, Class<?>... configurations) {
		return start(size, (redisPort) -> LocalNode.start(List.of(configurations), redisPort));
	}

	/**
	 * Start nodes that have a JVM each, so that they can be killed.
	 * @param size the number of nodes
	 * @return the cluster
	 */
	static RoomCluster startProcesses(int size) {
		return start(size, (redisPort) -> ProcessNode.start(LocalNode.properties(redisPort)));
	}

	private static RoomCluster start(int size, IntFunction<RoomNode> starter) {
		RoomCluster cluster = new RoomCluster(RedisPair.start());
		try {
			IntStream.range(0, size).forEach((number) -> cluster.addNode(starter));
			cluster.awaitUp();
			return cluster;
		}
		catch (RuntimeException | Error ex) {
			cluster.close();
			throw ex;
		}
	}

	private void addNode(IntFunction<RoomNode> starter) {
		FaultProxy proxy = FaultProxy.to(this.redis.primary().port());
		this.proxies.add(proxy);
		this.nodes.add(starter.apply(proxy.port()));
	}

	RedisPair redis() {
		return this.redis;
	}

	int size() {
		return this.nodes.size();
	}

	FaultProxy proxy(int node) {
		return this.proxies.get(node);
	}

	List<Integer> ports() {
		return this.nodes.stream().map(RoomNode::port).toList();
	}

	RoomNode node(int node) {
		return this.nodes.get(node);
	}

	/**
	 * Return what can happen to this cluster.
	 * @return the faults
	 */
	List<Fault> faults() {
		boolean processes = this.nodes.stream().allMatch(ProcessNode.class::isInstance);
		return Stream.of(Fault.values()).filter((fault) -> processes || fault != Fault.NODE_KILL).toList();
	}

	boolean isUp(int node) {
		return node(node).isUp();
	}

	void awaitDown(int node) {
		Awaitility.await("node " + node + " is down").atMost(30, TimeUnit.SECONDS).until(() -> !isUp(node));
	}

	/**
	 * Wait until all nodes work.
	 */
	void awaitUp() {
		for (int i = 0; i < size(); i++) {
			int node = i;
			Awaitility.await("node " + node + " is up").atMost(60, TimeUnit.SECONDS).until(() -> isUp(node));
		}
	}

	/**
	 * Connect all nodes to the primary.
	 */
	void retarget() {
		this.proxies.forEach((proxy) -> {
			proxy.target(this.redis.primary().port());
			proxy.cut();
		});
	}

	@Override
	public void close() {
		this.proxies.forEach(FaultProxy::heal);
		this.nodes.forEach(RoomNode::close);
		this.proxies.forEach(FaultProxy::close);
		this.redis.close();
	}

}
