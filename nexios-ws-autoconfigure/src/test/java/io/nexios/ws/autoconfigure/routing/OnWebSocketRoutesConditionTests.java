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

import io.nexios.ws.WSRoute;
import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketRoute;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OnWebSocketRoutesCondition}.
 *
 * @author Nexios Team
 */
class OnWebSocketRoutesConditionTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConditionalConfiguration.class));

	@Test
	void conditionDoesNotMatchWithoutRoutes() {
		this.runner.run((context) -> {
			assertThat(context).doesNotHaveBean("conditional");
			assertThat(ConditionEvaluationReport.get(context.getBeanFactory())
				.getConditionAndOutcomesBySource()
				.get(ConditionalConfiguration.class.getName())).first()
				.satisfies((outcome) -> assertThat(outcome.getOutcome().getMessage()).isEqualTo(
						"@ConditionalOnWebSocketRoutes did not find any beans of type WSRouter or WebSocketRoute, or with @WSRoute methods"));
		});
	}

	@Test
	void conditionMatchesARouter() {
		this.runner.withUserConfiguration(RouterConfiguration.class)
			.run((context) -> assertThat(context).hasBean("conditional"));
	}

	@Test
	void conditionMatchesARoute() {
		this.runner.withUserConfiguration(RouteConfiguration.class)
			.run((context) -> assertThat(context).hasBean("conditional"));
	}

	@Test
	void conditionMatchesAnAnnotatedMethodAndSaysSo() {
		this.runner.withUserConfiguration(MethodConfiguration.class).run((context) -> {
			assertThat(context).hasBean("conditional");
			assertThat(ConditionEvaluationReport.get(context.getBeanFactory())
				.getConditionAndOutcomesBySource()
				.get(ConditionalConfiguration.class.getName())).first()
				.satisfies((outcome) -> assertThat(outcome.getOutcome().getMessage())
					.isEqualTo("@ConditionalOnWebSocketRoutes found @WSRoute bean 'lazy'"));
		});
	}

	@Test
	void conditionCreatesNoBean() {
		this.runner.withUserConfiguration(MethodConfiguration.class)
			.run((context) -> assertThat(context.getBeanFactory().containsSingleton("lazy")).isFalse());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebSocketRoutes
	static class ConditionalConfiguration {

		@Bean
		String conditional() {
			return "";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RouterConfiguration {

		@Bean
		WSRouter router() {
			return new WSRouter();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RouteConfiguration {

		@Bean
		WebSocketRoute route() {
			return new WebSocketRoute("/", WebSocket::close);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MethodConfiguration {

		@Bean
		@Lazy
		Handlers lazy() {
			return new Handlers();
		}

	}

	static class Handlers {

		@WSRoute("/")
		void handle(WebSocket ws) {
		}

	}

}
