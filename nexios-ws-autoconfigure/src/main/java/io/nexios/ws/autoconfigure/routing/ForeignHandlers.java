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

package io.nexios.ws.autoconfigure.routing;

import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.http.server.PathContainer;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;
import org.springframework.web.socket.sockjs.support.SockJsHttpRequestHandler;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;

/**
 * The application's own WebSocket handlers. Decides which of them take precedence over a
 * route. These are the handlers in a mapping that comes before Spring's mapping for
 * WebSocket handlers. In Spring's mapping, and in mappings of the same order, these are
 * the handlers with a more specific pattern.
 *
 * @author Nexios Team
 */
public final class ForeignHandlers {

	private static final String SPRINGS_MAPPING = "webSocketHandlerMapping";

	private static final int SPRINGS_ORDER = 1;

	private final ListableBeanFactory beanFactory;

	private volatile @Nullable Mappings mappings;

	public ForeignHandlers(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	boolean precede(PathPattern route, HttpServletRequest request) throws Exception {
		Mappings mappings = mappings();
		for (AbstractUrlHandlerMapping mapping : mappings.first()) {
			HandlerExecutionChain chain = mapping.getHandler(request);
			if (chain != null && isWebSocket(chain.getHandler())) {
				return true;
			}
		}
		for (AbstractUrlHandlerMapping mapping : mappings.equal()) {
			if (hasMoreSpecificHandler(mapping, route, request)) {
				return true;
			}
		}
		return false;
	}

	private static boolean hasMoreSpecificHandler(AbstractUrlHandlerMapping mapping, PathPattern route,
			HttpServletRequest request) {
		PathContainer path = ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication();
		return mapping.getPathPatternHandlerMap()
			.entrySet()
			.stream()
			.anyMatch((entry) -> isWebSocket(entry.getValue())
					&& PathPattern.SPECIFICITY_COMPARATOR.compare(entry.getKey(), route) < 0
					&& entry.getKey().matches(path));
	}

	// Not before the first handshake, because mappings are created late
	private Mappings mappings() {
		Mappings mappings = this.mappings;
		if (mappings == null) {
			mappings = find();
			this.mappings = mappings;
		}
		return mappings;
	}

	private Mappings find() {
		Map<String, HandlerMapping> beans = BeanFactoryUtils.beansOfTypeIncludingAncestors(this.beanFactory,
				HandlerMapping.class, true, true);
		HandlerMapping springs = beans.get(SPRINGS_MAPPING);
		int order = (springs instanceof AbstractUrlHandlerMapping mapping) ? mapping.getOrder() : SPRINGS_ORDER;
		List<AbstractUrlHandlerMapping> foreign = beans.values()
			.stream()
			.filter((mapping) -> !(mapping instanceof RouteHandlerMapping))
			.filter(AbstractUrlHandlerMapping.class::isInstance)
			.map(AbstractUrlHandlerMapping.class::cast)
			.filter((mapping) -> mapping.getHandlerMap().values().stream().anyMatch(ForeignHandlers::isWebSocket))
			.toList();
		return new Mappings(foreign.stream().filter((mapping) -> mapping.getOrder() < order).toList(),
				foreign.stream().filter((mapping) -> mapping.getOrder() == order).toList());
	}

	private static boolean isWebSocket(Object handler) {
		return handler instanceof WebSocketHttpRequestHandler || handler instanceof SockJsHttpRequestHandler;
	}

	/**
	 * Mappings that have WebSocket handlers.
	 *
	 * @param first the mappings that come before Spring's
	 * @param equal Spring's mapping, and the mappings of the same order
	 */
	private record Mappings(List<AbstractUrlHandlerMapping> first, List<AbstractUrlHandlerMapping> equal) {

	}

}
