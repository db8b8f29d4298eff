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

package io.nexios.ws.server.tomcat;

import java.util.Set;

import org.apache.catalina.util.ServerInfo;

/**
 * A version of Tomcat. The packages {@code readahead} and {@code internal} are active
 * only with a tested version, because they depend on internals of Tomcat.
 *
 * @param number the number, as in "11.0.27"
 * @author Nexios Team
 */
public record TomcatVersion(String number) {

	/**
	 * The only list of tested versions. The tests with the tag "tomcat-internals" have to
	 * pass with a version that is added.
	 */
	private static final Set<String> TESTED = Set.of("11.0.27");

	/**
	 * Return the version that runs.
	 * @return the version
	 */
	public static TomcatVersion running() {
		// The fourth part of the number is 0, except in builds of other parties
		String number = ServerInfo.getServerNumber();
		return new TomcatVersion(number.endsWith(".0") ? number.substring(0, number.length() - 2) : number);
	}

	/**
	 * Return whether this version is tested, so that its internals are known.
	 * @return whether it is on the list
	 */
	public boolean isTested() {
		return TESTED.contains(this.number);
	}

}
