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

package io.nexios.ws.testsupport;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Different strings of the same hash code.
 *
 * @author Nexios Team
 */
public final class HashCollisions {

	private HashCollisions() {
	}

	/**
	 * Return strings of the same hash code.
	 * @param count how many, a power of two
	 * @return the strings, all different
	 */
	public static List<String> names(int count) {
		return IntStream.range(0, count).mapToObj((number) -> name(number, count)).toList();
	}

	// "Aa" and "BB" have the same hash code, and so have all strings made of them
	private static String name(int number, int count) {
		StringBuilder name = new StringBuilder();
		for (int bit = 1; bit < count; bit <<= 1) {
			name.append(((number & bit) != 0) ? "Aa" : "BB");
		}
		return name.toString();
	}

}
