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

package io.nexios.ws.channel;

/**
 * Outcome of adding a channel to a group.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public enum ChannelAddStatus {

	/**
	 * The channel is now a member.
	 */
	CHANNEL_ADDED,

	/**
	 * The channel was already a member.
	 */
	CHANNEL_EXIST,

	/**
	 * The connection of the channel has ended, so the channel is not a member.
	 */
	CHANNEL_CLOSED,

	/**
	 * The connection of the channel is in the maximum number of groups
	 * ({@code nexios.ws.limits.groups-per-connection}).
	 */
	LIMIT_REACHED

}
