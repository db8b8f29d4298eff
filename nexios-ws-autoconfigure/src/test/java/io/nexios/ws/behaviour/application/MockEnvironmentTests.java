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

package io.nexios.ws.behaviour.application;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications with routes but without a server.
 *
 * @author Nexios Team
 */
class MockEnvironmentTests {

	@Test
	void webApplicationStartsWithoutServer() {
		new WebApplicationContextRunner().withUserConfiguration(Application.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void mockMvcReachesRouteUpToTheUpgrade() {
		new WebApplicationContextRunner().withUserConfiguration(Application.class).run((context) -> {
			MockMvc mvc = MockMvcBuilders.webAppContextSetup(context).build();
			assertThat(mvc.perform(MockMvcRequestBuilders.get("/route")).andReturn().getResponse().getStatus())
				.isIn(400, 426);
			assertThat(mvc.perform(MockMvcRequestBuilders.get("/other")).andReturn().getResponse().getStatus())
				.isEqualTo(404);
		});
	}

	@Test
	void applicationThatIsNoWebApplicationStarts() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		WSRouter router() {
			return new WSRouter().addWsRoute("/route", WebSocket::accept);
		}

	}

}
