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
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A Redis on a port of its own on the loopback interface, with a directory of its own. It
 * can be suspended, killed and started again, and be the replica of another.
 * <p>
 * It saves nothing unless it is configured to. The user {@code default} has no password
 * and may do everything, so that a test can always look inside.
 *
 * @author Nexios Team
 */
public final class RedisServer implements AutoCloseable {

	private static final String SNAPSHOT = "dump.rdb";

	private static final String USERS = "users.acl";

	private final RedisProcess process;

	private RedisServer(RedisProcess process) {
		this.process = process;
	}

	/**
	 * Start a server with nothing configured.
	 * @return the server, answering
	 */
	public static RedisServer start() {
		return configure().start();
	}

	/**
	 * Prepare a server.
	 * @return its options
	 */
	public static Options configure() {
		return new Options();
	}

	public int port() {
		return this.process.port();
	}

	/**
	 * Connect as the user who may do everything.
	 * @return the client
	 */
	public RespClient connect() {
		return RespClient.connect(port());
	}

	/**
	 * Send one command on a connection of its own.
	 * @param command the command and its arguments
	 * @return the answer
	 */
	public @Nullable Object call(Object... command) {
		try (RespClient client = connect()) {
			return client.call(command);
		}
	}

	/**
	 * Return what the server says of itself.
	 * @param section the section, as in "replication"
	 * @return the fields
	 */
	public Map<String, String> info(String section) {
		return String.valueOf(call("INFO", section))
			.lines()
			.filter((line) -> line.contains(":"))
			.map((line) -> line.split(":", 2))
			.collect(Collectors.toMap((field) -> field[0], (field) -> field[1]));
	}

	/**
	 * Wait until a field has a value.
	 * @param section the section, as in "replication"
	 * @param field the name of the field
	 * @param condition what the value has to be
	 */
	public void awaitInfo(String section, String field, Predicate<String> condition) {
		RedisProcess.await(section + " " + field, () -> {
			try {
				return condition.test(info(section).getOrDefault(field, ""));
			}
			catch (UncheckedIOException | RespException ex) {
				// A server that changes its role ends its connections, and then loads
				return false;
			}
		});
	}

	/**
	 * Return the connections of clients whose name starts like this.
	 * @param name the start of the name, empty for all
	 * @return the fields of each connection
	 */
	public List<Map<String, String>> clients(String name) {
		return String.valueOf(call("CLIENT", "LIST"))
			.lines()
			.map(RedisServer::fields)
			.filter((client) -> !client.getOrDefault("cmd", "").startsWith("client|list"))
			.filter((client) -> client.getOrDefault("name", "").startsWith(name))
			.toList();
	}

	private static Map<String, String> fields(String line) {
		return Arrays.stream(line.split(" "))
			.map((field) -> field.split("=", 2))
			.collect(Collectors.toMap((field) -> field[0], (field) -> field[1]));
	}

	// Stopping and starting

	/**
	 * Suspend the process. It keeps its connections, and the system still accepts some.
	 */
	public void suspend() {
		this.process.suspend();
	}

	/**
	 * Let the process continue.
	 */
	public void resume() {
		this.process.resume();
	}

	/**
	 * Kill the process. What was not saved is lost.
	 */
	public void kill() {
		this.process.kill();
	}

	/**
	 * Start the process again, on the same port and with what was saved.
	 */
	public void startAgain() {
		this.process.start();
	}

	/**
	 * Start the process again, on the same port and with nothing. It must have been
	 * killed.
	 */
	public void startEmpty() {
		this.process.deleteData();
		this.process.start();
	}

	/**
	 * Save the data, end the process and start it again.
	 */
	public void restart() {
		try (RespClient client = connect()) {
			client.send("SHUTDOWN", "SAVE");
			client.flush();
			this.process.awaitEnd();
		}
		this.process.start();
	}

	/**
	 * Take a snapshot of the data. It is lost with this server.
	 * @return the snapshot
	 */
	public byte[] snapshot() {
		call("SAVE");
		try {
			return Files.readAllBytes(this.process.file(SNAPSHOT));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start the process again with a snapshot. It must have been killed.
	 * @param snapshot the snapshot
	 */
	public void startFrom(byte[] snapshot) {
		this.process.deleteData();
		try {
			Files.write(this.process.file(SNAPSHOT), snapshot);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.process.start();
	}

	// Replication

	/**
	 * Follow another server, and wait until both have the same data.
	 * @param primary the other server
	 */
	public void follow(RedisServer primary) {
		call("REPLICAOF", "127.0.0.1", primary.port());
		awaitInStepWith(primary);
	}

	/**
	 * Wait until this replica has everything that its primary has.
	 * @param primary the primary, which does not write meanwhile
	 */
	public void awaitInStepWith(RedisServer primary) {
		awaitInfo("replication", "master_link_status", "up"::equals);
		awaitInfo("replication", "slave_repl_offset",
				(offset) -> offset.equals(primary.info("replication").get("master_repl_offset")));
	}

	/**
	 * Make a replica a primary, while its former primary goes on.
	 */
	public void promote() {
		call("REPLICAOF", "NO", "ONE");
		awaitInfo("replication", "role", "master"::equals);
	}

	/**
	 * End the process and delete its directory.
	 */
	@Override
	public void close() {
		this.process.close();
	}

	/**
	 * What a server is configured to.
	 *
	 * @author Nexios Team
	 */
	public static final class Options {

		private final List<String> lines = new ArrayList<>(List.of("save \"\"", "repl-diskless-sync yes",
				"repl-diskless-sync-delay 0", "repl-ping-replica-period 1"));

		private final List<String> users = new ArrayList<>();

		private @Nullable RedisServer primary;

		private Options() {
		}

		/**
		 * Add a line to the configuration.
		 * @param name the name of the setting
		 * @param value its value, as in the file
		 * @return these options
		 */
		public Options with(String name, Object value) {
			this.lines.add(name + " " + value);
			return this;
		}

		/**
		 * Keep each write, so that nothing is lost when the process is killed.
		 * @return these options
		 */
		public Options durable() {
			return with("appendonly", "yes").with("appendfsync", "always");
		}

		/**
		 * Refuse writes beyond a limit.
		 * @param size the limit, as in "5mb"
		 * @param policy what to evict, as in "noeviction"
		 * @return these options
		 */
		public Options withMaxMemory(String size, String policy) {
			return with("maxmemory", size).with("maxmemory-policy", policy);
		}

		/**
		 * Add a user.
		 * @param name the name
		 * @param rules the rules, as in "on &gt;secret ~* +@all"
		 * @return these options
		 */
		public Options withUser(String name, String rules) {
			this.users.add("user " + name + " " + rules);
			return this;
		}

		/**
		 * Follow another server from the start.
		 * @param primary the other server
		 * @return these options
		 */
		public Options following(RedisServer primary) {
			this.primary = primary;
			return with("replicaof", "127.0.0.1 " + primary.port());
		}

		/**
		 * Start the server.
		 * @return the server, answering, and in step with its primary
		 */
		public RedisServer start() {
			if (!this.users.isEmpty()) {
				with("aclfile", USERS);
			}
			RedisProcess process = new RedisProcess(this.lines);
			RedisServer server = new RedisServer(process);
			try {
				if (!this.users.isEmpty()) {
					process.write(USERS, List.of("user default on nopass ~* &* +@all"));
					process.write(USERS, this.users);
				}
				process.start();
				if (this.primary != null) {
					server.awaitInStepWith(this.primary);
				}
				return server;
			}
			catch (RuntimeException ex) {
				server.close();
				throw ex;
			}
		}

	}

}
