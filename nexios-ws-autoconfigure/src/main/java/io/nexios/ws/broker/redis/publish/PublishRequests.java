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

package io.nexios.ws.broker.redis.publish;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.script.RedisScript;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.broker.redis.wire.RedisNames;

/**
 * The requests that publish.
 *
 * @author Nexios Team
 */
final class PublishRequests {

	private static final String PUBLISH = "PUBLISH";

	private final SecureRandom random = new SecureRandom();

	private final String owned;

	private final String field;

	PublishRequests(RedisNames names, String node) {
		this.owned = names.owned(node);
		this.field = "q" + node;
	}

	RedisRequest save(GroupKeys keys, byte[] envelope, Saving saving, long sequence, long before) {
		List<Object> arguments = new ArrayList<>(List.of(envelope, this.field, sequence, saving.maxMessages(),
				saving.ttl(), saving.metaTtl(), newEpoch(), keys.channel(), PUBLISH));
		if (before != 0) {
			arguments.add(before);
		}
		return RedisRequest.script(RedisScript.PUBLISH, List.of(keys.meta(), keys.stream(), keys.interest()),
				arguments.toArray());
	}

	private byte[] newEpoch() {
		long epoch = this.random.nextLong();
		while (epoch == 0) {
			epoch = this.random.nextLong();
		}
		return ByteBuffer.allocate(Long.BYTES).putLong(epoch).array();
	}

	RedisRequest publish(GroupKeys keys, byte[] message) {
		return RedisRequest.of(PUBLISH, keys.channel(), message);
	}

	RedisRequest interest(GroupKeys keys) {
		return RedisRequest.of("EXISTS", keys.interest());
	}

	RedisRequest enter(String group) {
		return RedisRequest.of("SADD", this.owned, group);
	}

	RedisRequest forgetSequence(GroupKeys keys) {
		return RedisRequest.of("HDEL", keys.meta(), this.field);
	}

	RedisRequest leave(String group) {
		return RedisRequest.of("SREM", this.owned, group);
	}

}
