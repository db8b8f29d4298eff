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

package io.nexios.ws.server.handler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.nexios.ws.WebSocket;
import io.nexios.ws.spi.FailureStatusResolver;
import io.nexios.ws.spi.HandlerContext;

import org.springframework.core.task.TaskDecorator;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * The scope in which the application's code for one connection runs: its contexts, and
 * the resolver of its failures.
 *
 * @param contexts the contexts, the innermost first
 * @param failures finds the HTTP status for failures
 * @author Nexios Team
 */
record HandlerScope(List<TaskDecorator> contexts, FailureStatusResolver failures) {

	static final HandlerScope PLAIN = new HandlerScope(List.of(), new FirstFailureStatus(List.of()));

	public static HandlerScope capture(WebSocket ws, String route, HandlerExtensions extensions) {
		if (extensions.contexts().isEmpty()) {
			return new HandlerScope(List.of(), extensions.failures());
		}
		List<TaskDecorator> captured = new ArrayList<>(extensions.contexts().size());
		for (HandlerContext context : extensions.contexts()) {
			TaskDecorator decorator = context.capture(ws, route);
			if (decorator != null) {
				captured.add(decorator);
			}
		}
		Collections.reverse(captured);
		return new HandlerScope(List.copyOf(captured), extensions.failures());
	}

	/**
	 * Add a context around all others.
	 * @param outermost the context
	 * @return a copy with that context
	 */
	public HandlerScope within(TaskDecorator outermost) {
		List<TaskDecorator> all = new ArrayList<>(this.contexts);
		all.add(outermost);
		return new HandlerScope(List.copyOf(all), this.failures);
	}

	Runnable around(Runnable code) {
		Runnable decorated = code;
		for (TaskDecorator context : this.contexts) {
			decorated = context.decorate(decorated);
		}
		return decorated;
	}

	/**
	 * Return whether a failure means that access was denied.
	 * @param failure the exception of the application's code
	 * @param authenticated whether there is a user
	 * @return whether access was denied
	 */
	boolean isDenial(Throwable failure, boolean authenticated) {
		HttpStatusCode status = this.failures.resolve(failure, authenticated);
		return status != null
				&& (status.isSameCodeAs(HttpStatus.UNAUTHORIZED) || status.isSameCodeAs(HttpStatus.FORBIDDEN));
	}

}
