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

import java.util.Collection;
import java.util.List;

import io.nexios.ws.WSRoute;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocketRoute;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionMessage.Style;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.Assert;

/**
 * {@link ConfigurationCondition} for {@link ConditionalOnWebSocketRoutes}. Creates no
 * bean.
 *
 * @author Nexios Team
 */
@Order(Ordered.LOWEST_PRECEDENCE)
class OnWebSocketRoutesCondition extends SpringBootCondition implements ConfigurationCondition {

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
		Assert.state(beanFactory != null, "No bean factory in which to find routes");
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnWebSocketRoutes.class);
		for (Class<?> type : List.of(WSRouter.class, WebSocketRoute.class)) {
			String[] names = beanFactory.getBeanNamesForType(type, true, false);
			if (names.length > 0) {
				return match(message, type, List.of(names));
			}
		}
		Collection<String> annotated = AnnotatedBeans.find(beanFactory).keySet();
		return annotated.isEmpty()
				? ConditionOutcome.noMatch(message
					.because("did not find any beans of type WSRouter or WebSocketRoute, or with @WSRoute methods"))
				: match(message, WSRoute.class, annotated);
	}

	private static ConditionOutcome match(ConditionMessage.Builder message, Class<?> type, Collection<String> names) {
		String kind = (type.isAnnotation() ? "@" : "") + type.getSimpleName();
		return ConditionOutcome.match(message.found(kind + " bean", kind + " beans").items(Style.QUOTE, names));
	}

}
