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

package io.nexios.ws.server.connection;

import io.nexios.ws.server.limit.Admission;
import io.nexios.ws.server.outbound.OutboundBudget;

/**
 * What watches over all connections together.
 *
 * @param load what waits for peers
 * @param handshakes what waits for handlers to decide
 * @param admission how many there may be
 * @author Nexios Team
 */
public record ConnectionFactory(LoadShedding load, PendingHandshakes handshakes, Admission admission) {

	public static ConnectionFactory of(ServerEnvironment environment) {
		ServerSettings settings = environment.settings();
		return new ConnectionFactory(
				new LoadShedding(new OutboundBudget(settings.outbound().totalMaxBytes()), environment.connections(),
						environment.threads()),
				new PendingHandshakes(settings.acceptTimeout(), environment.threads()),
				new Admission(settings.limits(), environment.rateLimiters()));
	}

}
