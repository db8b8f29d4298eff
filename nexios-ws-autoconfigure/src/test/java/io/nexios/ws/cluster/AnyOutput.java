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

import java.util.List;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.NestedMultiOutput;
import org.jspecify.annotations.Nullable;

/**
 * An answer of any kind.
 *
 * @author Nexios Team
 */
final class AnyOutput extends NestedMultiOutput<String, byte[]> {

	static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

	private boolean isList;

	AnyOutput() {
		super(CODEC);
	}

	@Override
	public void multi(int count) {
		this.isList = true;
		super.multi(count);
	}

	/**
	 * Return the answer. The superclass puts a single value into a list.
	 * @return the answer
	 */
	@Nullable Object answer() {
		List<Object> elements = get();
		return this.isList ? elements : elements.get(0);
	}

}
