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

package io.nexios.ws.server.transport;

import java.util.List;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/**
 * Finds the container that runs the application. The class path does not show which
 * container runs. At startup there may be none, for example in tests with a mock web
 * environment.
 *
 * @author Nexios Team
 */
public final class ContainerUpgrades {

	private final List<ContainerUpgrade> candidates;

	private volatile @Nullable ContainerUpgrade found;

	/**
	 * Create a finder.
	 * @param candidates the supported containers, the preferred ones first
	 */
	public ContainerUpgrades(List<ContainerUpgrade> candidates) {
		this.candidates = List.copyOf(candidates);
	}

	/**
	 * Return the upgrade for the container of an application.
	 * @param context the application's context
	 * @return the upgrade
	 * @throws IllegalStateException if there is none
	 */
	public ContainerUpgrade in(ServletContext context) {
		ContainerUpgrade upgrade = this.found;
		if (upgrade == null) {
			upgrade = this.candidates.stream()
				.filter((candidate) -> candidate.supports(context))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("No WebSocket support in this servlet container"));
			this.found = upgrade;
		}
		return upgrade;
	}

}
