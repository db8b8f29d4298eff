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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Options for a message to a group. Options are immutable. Each method returns new
 * options.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class SendOptions {

	private static final SendOptions NONE = new SendOptions(false, null);

	private final boolean historySaved;

	private final @Nullable String excludedChannelId;

	private SendOptions(boolean historySaved, @Nullable String excludedChannelId) {
		this.historySaved = historySaved;
		this.excludedChannelId = excludedChannelId;
	}

	/**
	 * Return options that send a message to all members and do not save it.
	 * @return the options
	 */
	public static SendOptions create() {
		return NONE;
	}

	/**
	 * Save the message in the history of the group, even if the group has no members.
	 * @return new options
	 */
	public SendOptions saveHistory() {
		return new SendOptions(true, this.excludedChannelId);
	}

	/**
	 * Send to all members except one, usually the sender.
	 * @param channelId the channel that does not get the message
	 * @return new options
	 */
	public SendOptions except(String channelId) {
		Assert.notNull(channelId, "'channelId' must not be null");
		return new SendOptions(this.historySaved, channelId);
	}

	/**
	 * Return whether the message is saved in the history of the group.
	 * @return whether the message is saved
	 */
	public boolean isHistorySaved() {
		return this.historySaved;
	}

	/**
	 * Return the channel that does not get the message.
	 * @return the id of the channel, or {@code null} if all members get the message
	 */
	public @Nullable String excludedChannelId() {
		return this.excludedChannelId;
	}

}
