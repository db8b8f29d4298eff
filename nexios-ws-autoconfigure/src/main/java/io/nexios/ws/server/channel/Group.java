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

package io.nexios.ws.server.channel;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.channel.Channel;

/**
 * The members of one group. They change under the lock, together with the related calls
 * of the broker. Messages are delivered without the lock: the broker delivers under a
 * lock of its own, and that lock is taken while this lock is held. If a member was added
 * before a message came, the iteration over the members finds it.
 *
 * @author Nexios Team
 */
final class Group {

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, Member> members = new ConcurrentHashMap<>();

	private boolean gone;

	/**
	 * Lock the group.
	 * @return whether the group is still in use. If not, it is not locked
	 */
	boolean lock() {
		this.lock.lock();
		if (this.gone) {
			this.lock.unlock();
			return false;
		}
		return true;
	}

	void unlock() {
		this.lock.unlock();
	}

	void discard() {
		this.gone = true;
	}

	void add(Member member) {
		this.members.put(member.channel().id(), member);
	}

	void remove(Channel channel) {
		this.members.remove(channel.id());
	}

	boolean contains(Member member) {
		return this.members.get(member.channel().id()) == member;
	}

	boolean isEmpty() {
		return this.members.isEmpty();
	}

	Set<Channel> channels() {
		Set<Channel> channels = new HashSet<>();
		this.members.values().forEach((member) -> channels.add(member.channel()));
		return channels;
	}

	/**
	 * Offer a message to all members.
	 * @param message the message
	 * @param frames its frames
	 * @return the number of members
	 */
	int deliver(BrokerMessage message, SharedFrames frames) {
		int members = 0;
		for (Member member : this.members.values()) {
			member.deliver(message, frames);
			members++;
		}
		return members;
	}

}
