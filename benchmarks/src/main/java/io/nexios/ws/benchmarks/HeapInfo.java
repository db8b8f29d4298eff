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

package io.nexios.ws.benchmarks;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * The output of {@code jcmd GC.heap_info}. Its used size includes the unused rest of
 * regions that hold one large object, because nothing else can use this rest.
 *
 * @author Nexios Team
 */
final class HeapInfo {

	private static final Pattern USED = Pattern.compile("\\bused (\\d+)([KM])");

	private HeapInfo() {
	}

	/**
	 * Return how much of the heap is used.
	 * @param output the output, in which the heap comes before the memory of classes
	 * @return the size in bytes
	 */
	static long usedBytes(String output) {
		Matcher matcher = USED.matcher(output);
		Assert.state(matcher.find(), () -> "Not a description of a heap: " + output);
		MatchResult used = matcher.toMatchResult();
		return Long.parseLong(used.group(1)) * (used.group(2).equals("K") ? 1024 : 1024 * 1024);
	}

}
