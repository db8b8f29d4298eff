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

package io.nexios.ws.server.routing;

/**
 * Thrown when a declared route cannot be served. The exception says what is wrong and
 * what to do.
 *
 * @author Nexios Team
 */
public class InvalidRouteException extends RuntimeException {

	private final String description;

	private final String action;

	/**
	 * Create a new exception.
	 * @param description what is wrong, and where it was declared
	 * @param action what to do about it
	 */
	public InvalidRouteException(String description, String action) {
		super(description + " " + action);
		this.description = description;
		this.action = action;
	}

	/**
	 * Return what is wrong, and where it was declared.
	 * @return the description
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Return what to do about it.
	 * @return the action
	 */
	public String action() {
		return this.action;
	}

}
