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

import io.nexios.ws.testsupport.redis.FaultProxy;
import io.nexios.ws.testsupport.redis.FaultProxy.Direction;
import io.nexios.ws.testsupport.redis.RedisServer;

/**
 * What can happen to a cluster. Each fault is over when it returns.
 *
 * @author Nexios Team
 */
enum Fault {

	/** The connections of a node are reset. */
	CUT {
		@Override
		void happen(RoomCluster cluster, int node) {
			cluster.proxy(node).cut();
		}
	},

	/** Nothing from Redis reaches a node, and its connections stay open. */
	BLACKHOLE {
		@Override
		void happen(RoomCluster cluster, int node) {
			FaultProxy proxy = cluster.proxy(node);
			proxy.hold(Direction.TO_CLIENT);
			cluster.awaitDown(node);
			proxy.release(Direction.TO_CLIENT);
		}
	},

	/** A node cannot reach Redis. */
	PARTITION {
		@Override
		void happen(RoomCluster cluster, int node) {
			FaultProxy proxy = cluster.proxy(node);
			proxy.refuse();
			proxy.cut();
			cluster.awaitDown(node);
			proxy.accept();
		}
	},

	/** Redis stops for some time. */
	PAUSE {
		@Override
		void happen(RoomCluster cluster, int node) {
			cluster.redis().primary().suspend();
			cluster.awaitDown(node);
			cluster.redis().primary().resume();
		}
	},

	/** Redis is killed and comes back with its data. */
	KILL {
		@Override
		void happen(RoomCluster cluster, int node) {
			cluster.redis().primary().kill();
			cluster.awaitDown(node);
			cluster.redis().primary().startAgain();
		}
	},

	/** Redis is killed and comes back empty. */
	EMPTY {
		@Override
		void happen(RoomCluster cluster, int node) {
			cluster.redis().primary().kill();
			cluster.awaitDown(node);
			cluster.redis().primary().startEmpty();
		}
	},

	/** A replica that is behind becomes the primary. */
	FAILOVER {
		@Override
		void happen(RoomCluster cluster, int node) {
			cluster.redis().failover(node * 2_000L);
			cluster.retarget();
			cluster.awaitUp();
			cluster.redis().follow();
		}
	},

	/** Redis loses its scripts. */
	SCRIPT_FLUSH {
		@Override
		void happen(RoomCluster cluster, int node) {
			cluster.redis().primary().call("SCRIPT", "FLUSH");
		}
	},

	/** Redis ends the connections of subscribers. */
	KILL_SUBSCRIBERS {
		@Override
		void happen(RoomCluster cluster, int node) {
			cluster.redis().primary().call("CLIENT", "KILL", "TYPE", "pubsub");
		}
	},

	/** A group is deleted. */
	FLUSH {
		@Override
		void happen(RoomCluster cluster, int node) {
			RedisServer primary = cluster.redis().primary();
			primary.call("FLUSHALL");
		}
	},

	/** The process of a node is killed, and another one takes its place. */
	NODE_KILL {
		@Override
		void happen(RoomCluster cluster, int node) {
			((ProcessNode) cluster.node(node)).replace();
		}
	};

	/**
	 * Let the fault happen.
	 * @param cluster to what
	 * @param node the node to which it happens, if it is a fault of one node
	 */
	abstract void happen(RoomCluster cluster, int node);

}
