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

/**
 * The names of the groups of the chat. A room and each user of a room have a group. The
 * name of a room has no colon, so a room cannot have the group of a user.
 *
 * @author Nexios Team
 */
final class ChatGroups {

	private static final String PREFIX = "chat:";

	private static final String USER = ":user:";

	private ChatGroups() {
	}

	static String ofRoom(String room) {
		return PREFIX + room;
	}

	static String ofUser(String roomGroup, String name) {
		return roomGroup + USER + name;
	}

	static boolean isRoom(String group) {
		return group.startsWith(PREFIX) && group.indexOf(':', PREFIX.length()) < 0;
	}

}
