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

package io.nexios.ws.broker.redis.cursor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.wire.Arrival;
import io.nexios.ws.broker.redis.wire.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * A cursor, a Redis, and two connections on which everything takes a random time. All
 * decisions come from a seed.
 *
 * @author Nexios Team
 */
final class CursorSimulation {

	private static final Arrival DROPPED = new Arrival.Dropped();

	private final Random random;

	private final Faults faults;

	private final TestedCursor cursor;

	private final SimulatedRedis redis;

	private final Deque<Arrival> channel = new ArrayDeque<>();

	private final Deque<Command> commands = new ArrayDeque<>();

	private final Set<Long> arrived = new HashSet<>();

	private @Nullable Position start;

	private int startNumber;

	private boolean subscribed = true;

	CursorSimulation(long seed, Faults faults, TestedCursor cursor) {
		this.random = new Random(seed);
		this.faults = faults;
		this.cursor = cursor;
		this.redis = new SimulatedRedis(this.random, faults.retention() ? 20 : 1_000_000);
		for (int i = this.random.nextInt(5); i > 0; i--) {
			this.redis.publish(true, true, 1);
		}
	}

	DeliveryCheck run(int steps) {
		this.commands.add(new Command(Command.START, 0));
		for (int i = 0; i < steps; i++) {
			step();
		}
		repairEverything();
		return new DeliveryCheck(this.redis, this.faults, this.cursor.timeline(), this.start, this.startNumber,
				this.arrived);
	}

	private void step() {
		switch (this.random.nextInt(20)) {
			case 0, 1, 2, 3 -> publish(true);
			case 4, 5 -> publish(false);
			case 6, 7, 8, 9, 10 -> arrive();
			case 11, 12 -> execute();
			case 13, 14 -> answer();
			case 15 -> burst();
			default -> rare();
		}
	}

	private void burst() {
		if (this.random.nextInt(20) == 0) {
			for (int i = this.random.nextInt(600); i > 0; i--) {
				publish(true);
			}
		}
		else {
			for (int i = this.random.nextInt(10); i > 0; i--) {
				arrive();
				answer();
			}
		}
	}

	private void rare() {
		switch (this.random.nextInt(24)) {
			case 0 -> loseChannel();
			case 1 -> loseCommands();
			case 2, 3, 4 -> check();
			case 5, 6 -> dropTold();
			case 7 -> dropSilently();
			case 8 -> subscribe();
			case 9 -> trim();
			case 10, 11 -> copy();
			case 12 -> failOver();
			case 13 -> forgetEverything();
			default -> subscribe();
		}
	}

	private void publish(boolean saved) {
		boolean readable = !saved || this.random.nextInt(20) > 0;
		int size = (this.faults.large() && this.random.nextInt(5) == 0) ? 60_000 : this.random.nextInt(10);
		byte[] message = this.redis.publish(saved, readable, size);
		if (this.subscribed) {
			this.channel.add(WireFormat.message(message));
		}
	}

	private void arrive() {
		Arrival arrival = this.channel.poll();
		if (arrival instanceof Arrival.Placed placed) {
			this.arrived.add(placed.position().id());
		}
		if (arrival != null) {
			this.cursor.arrive(arrival);
			sendReads();
		}
	}

	private void sendReads() {
		this.cursor.takeReads().forEach((read) -> this.commands.add(new Command(read.after(), read.ticket())));
	}

	private void execute() {
		for (Command command : this.commands) {
			if (command.answer == null) {
				command.answer = this.redis.page(Math.max(0, command.after));
				if (command.after == Command.START) {
					this.start = (this.start != null) ? this.start : this.redis.end();
					this.startNumber = this.redis.accepted().size();
				}
				return;
			}
		}
	}

	private void answer() {
		Command command = this.commands.peek();
		StreamPage answer = (command != null) ? command.answer : null;
		if (command == null || answer == null) {
			return;
		}
		this.commands.remove();
		if (command.after == Command.START) {
			this.cursor.start(answer.end());
		}
		else if (command.after == Command.CHECK) {
			this.cursor.checked(command.ticket, answer.end());
		}
		else {
			this.cursor.page(command.ticket, answer);
		}
		sendReads();
	}

	private boolean isStarted() {
		return this.start != null && this.commands.stream().noneMatch((command) -> command.after == Command.START);
	}

	private void loseChannel() {
		if (isStarted() && this.subscribed) {
			this.channel.clear();
			this.subscribed = false;
		}
	}

	private void subscribe() {
		if (!this.subscribed) {
			this.subscribed = true;
			for (int i = this.random.nextInt(3); i > 0; i--) {
				publish(this.random.nextBoolean());
			}
			this.commands.add(new Command(Command.CHECK, this.cursor.cursor().hold(true)));
			for (int i = this.random.nextInt(3); i > 0; i--) {
				arrive();
			}
		}
	}

	private void loseCommands() {
		if (isStarted()) {
			this.commands.forEach((command) -> this.cursor.cursor().failed(command.ticket));
			this.commands.clear();
			if (!this.cursor.cursor().isSettled() && this.subscribed) {
				this.commands.add(new Command(Command.CHECK, this.cursor.cursor().hold(false)));
			}
		}
	}

	private void check() {
		if (this.subscribed && this.cursor.cursor().isSettled()) {
			this.commands.add(new Command(Command.CHECK, this.cursor.cursor().hold(false)));
		}
	}

	private void dropTold() {
		if (this.channel.peek() instanceof Arrival.Placed && this.faults.drops()) {
			this.channel.remove();
			this.cursor.arrive(DROPPED);
			sendReads();
		}
	}

	private void dropSilently() {
		if (this.faults.silentDrops()) {
			this.channel.poll();
		}
	}

	private void trim() {
		if (this.faults.retention()) {
			this.redis.trim(this.random.nextInt(3));
		}
	}

	private void copy() {
		if (this.faults.forks()) {
			this.redis.copy();
		}
	}

	private void failOver() {
		if (this.faults.forks()) {
			this.redis.failOver();
			if (this.random.nextBoolean()) {
				loseChannel();
			}
			if (this.random.nextBoolean()) {
				loseCommands();
			}
		}
	}

	private void forgetEverything() {
		if (this.faults.epochs()) {
			this.redis.forgetEverything();
			if (this.random.nextBoolean()) {
				loseChannel();
			}
		}
	}

	private void repairEverything() {
		finish();
		subscribe();
		finish();
		check();
		finish();
	}

	private void finish() {
		while (!this.commands.isEmpty() || !this.channel.isEmpty()) {
			execute();
			answer();
			arrive();
		}
	}

	/**
	 * What may happen.
	 *
	 * @param drops whether arrivals are dropped, and the cursor is told
	 * @param silentDrops whether arrivals are dropped, and the cursor is not told
	 * @param retention whether the stream drops messages
	 * @param forks whether Redis goes back to a copy
	 * @param epochs whether Redis loses its data
	 * @param large whether some messages are large
	 */
	record Faults(boolean drops, boolean silentDrops, boolean retention, boolean forks, boolean epochs, boolean large) {

	}

	private static final class Command {

		static final long CHECK = -1;

		static final long START = -2;

		private final long after;

		private final long ticket;

		private @Nullable StreamPage answer;

		Command(long after, long ticket) {
			this.after = after;
			this.ticket = ticket;
		}

	}

}
