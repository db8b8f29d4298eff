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

package io.nexios.ws.server.group;

import org.springframework.util.Assert;

/**
 * Checks names of groups, which clients often choose.
 *
 * @author Nexios Team
 */
public final class GroupName {

	private static final int MAX_LENGTH = 200;

	private GroupName() {
	}

	static void check(String group) {
		Assert.hasLength(group, "The name of a group must not be empty");
		Assert.isTrue(group.length() <= MAX_LENGTH,
				() -> "The name of a group must have at most " + MAX_LENGTH + " characters, not " + group.length());
		Assert.isTrue(group.chars().noneMatch(Character::isISOControl),
				"The name of a group must not have control characters");
		Assert.isTrue(group.codePoints().noneMatch(GroupName::isSurrogate),
				"The name of a group must not have half of a surrogate pair");
	}

	// In UTF-8 all unpaired surrogates are the same "?", so different names would be one
	private static boolean isSurrogate(int codePoint) {
		return Character.getType(codePoint) == Character.SURROGATE;
	}

}
