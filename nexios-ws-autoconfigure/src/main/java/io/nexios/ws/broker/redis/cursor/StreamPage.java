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

import java.util.List;

import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.wire.Arrival;

/**
 * A part of the stream of a group.
 *
 * @param end the end of the saved messages of the group. It is read in one step with the
 * entries
 * @param entries the entries without those that are foreign, the oldest first
 * @param full whether Redis has returned as many entries as were requested, so that there
 * may be more
 * @author Nexios Team
 */
public record StreamPage(Position end, List<Arrival.Placed> entries, boolean full) {

	/**
	 * The number of entries that are requested.
	 */
	public static final int SIZE = 256;

}
