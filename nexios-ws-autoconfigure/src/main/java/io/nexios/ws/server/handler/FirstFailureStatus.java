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

import java.util.List;

import io.nexios.ws.server.log.FailureLog;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.spi.FailureStatusResolver;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;

/**
 * Asks several resolvers and returns the first status that one of them finds. If a
 * resolver itself fails, this is logged, and the next one is asked.
 *
 * @author Nexios Team
 */
public final class FirstFailureStatus implements FailureStatusResolver {

	private static final Log logger = LogFactory.getLog(Loggers.HANDLER);

	private final List<FailureStatusResolver> resolvers;

	/**
	 * Create a resolver that asks others.
	 * @param resolvers the others, in the order in which they are asked
	 */
	public FirstFailureStatus(List<FailureStatusResolver> resolvers) {
		this.resolvers = List.copyOf(resolvers);
	}

	@Override
	public @Nullable HttpStatusCode resolve(Throwable failure, boolean authenticated) {
		for (FailureStatusResolver resolver : this.resolvers) {
			HttpStatusCode status = resolveOrLog(resolver, failure, authenticated);
			if (status != null) {
				return status;
			}
		}
		return null;
	}

	private static @Nullable HttpStatusCode resolveOrLog(FailureStatusResolver resolver, Throwable failure,
			boolean authenticated) {
		try {
			return resolver.resolve(failure, authenticated);
		}
		catch (Throwable ex) {
			FailureLog.error(logger,
					"Resolver " + resolver.getClass().getName() + " failed on " + failure.getClass().getName(), ex);
			return null;
		}
	}

}
