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

package io.nexios.ws.broker.redis.script;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RespClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.util.Assert;

/**
 * A Redis for the tests of a class, empty before each of them. The scripts run as a user
 * who may do no more than a node has to.
 *
 * @author Nexios Team
 */
public final class ScriptedRedis implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

	/** What a node has to be allowed to. */
	public static final String RULES = "on nopass ~nx:* &nx:* -@all +evalsha +script|load +hmget +hset +hdel +hlen +hkeys"
			+ " +hgetall +hscan +scan +exists +xadd +xrange +del +pexpire +publish +subscribe +unsubscribe +ping +hello"
			+ " +info +client|setname +set +get +getdel +sadd +srem +smembers +srandmember";

	private @Nullable RedisServer server;

	private @Nullable RespClient admin;

	private @Nullable RespClient node;

	@Override
	public void beforeAll(ExtensionContext context) {
		this.server = RedisServer.configure().withUser("node", RULES).start();
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		this.admin = server().connect();
		this.admin.call("FLUSHALL");
		this.node = login("node");
		load(this.node);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		admin().call("CONFIG", "SET", "maxmemory", 0);
		admin().close();
		node().close();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.server != null) {
			this.server.close();
		}
	}

	static void load(RespClient client) {
		for (RedisScript script : RedisScript.values()) {
			client.call("SCRIPT", "LOAD", RespClient.utf8(script.text()));
		}
	}

	RedisServer server() {
		Assert.state(this.server != null, "The server has not started");
		return this.server;
	}

	/**
	 * Return the client that may do everything.
	 * @return the client
	 */
	RespClient admin() {
		Assert.state(this.admin != null, "Not connected");
		return this.admin;
	}

	/**
	 * Return the client that may do what a node has to.
	 * @return the client
	 */
	RespClient node() {
		Assert.state(this.node != null, "Not connected");
		return this.node;
	}

	/**
	 * Connect as a user who has no password.
	 * @param user the name of the user
	 * @return the client
	 */
	RespClient login(String user) {
		RespClient client = server().connect();
		client.call("AUTH", user, "");
		return client;
	}

	/**
	 * Connect as a user who may do less than a node has to.
	 * @param rules what is taken away, as in "-hset"
	 * @return the client
	 */
	RespClient loginWith(String rules) {
		admin().call("ACL", "DELUSER", "limited");
		String[] all = ("ACL SETUSER limited " + RULES + " " + rules).split(" ");
		admin().call((Object[]) all);
		return login("limited");
	}

	/**
	 * Return a group, as the node sees it.
	 * @param name the name of the group
	 * @return the group
	 */
	ScriptedGroup group(String name) {
		return new ScriptedGroup(node(), admin(), name);
	}

	/**
	 * Let every write fail that needs memory.
	 */
	void fillMemory() {
		admin().call("CONFIG", "SET", "maxmemory", 1);
	}

	/**
	 * Return everything that Redis has, to be compared.
	 * @return the value and the end of each key
	 */
	Map<String, List<@Nullable Object>> state() {
		Map<String, List<@Nullable Object>> state = new TreeMap<>();
		for (Object key : admin().list("KEYS", "*")) {
			String name = String.valueOf(key);
			state.put(name, List.of(String.valueOf(admin().text("DUMP", name)), admin().number("PEXPIRETIME", name)));
		}
		return state;
	}

}
