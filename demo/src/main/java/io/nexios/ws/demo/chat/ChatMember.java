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

package io.nexios.ws.demo.chat;

import io.nexios.ws.channel.Channel;

/**
 * A channel, as the other members of the room see it.
 *
 * @param id the channel's id
 * @param name the name. Several members may have the same name
 * @author Nexios Team
 */
record ChatMember(String id, String name) {

	/**
	 * Key of the name in the metadata of the channel.
	 */
	static final String NAME = "name";

	static ChatMember of(Channel channel) {
		return new ChatMember(channel.id(), String.valueOf(channel.metadata().get(NAME)));
	}

}
