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

package io.nexios.ws.behaviour.routing;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WSRouter;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.SocketServer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Variables in paths, their converters, and what happens to values that do not convert.
 *
 * @author Nexios Team
 */
class PathParamSocketTests {

	@RegisterExtension
	static final SocketServer server = new SocketServer(Routes.class);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/int/42                                    | Integer 42
			/int/-7                                    | Integer -7
			/int/2147483647                            | Integer 2147483647
			/float/3.5                                 | Double 3.5
			/float/42                                  | Double 42.0
			/uuid/f81d4fae-7dec-11d0-a765-00a0c91e6bf6 | UUID f81d4fae-7dec-11d0-a765-00a0c91e6bf6
			/slug/hello-world-2                        | String hello-world-2
			/str/anything.goes                         | String anything.goes
			/str/a%20b                                 | String a b
			/str/caf%C3%A9                             | String café
			/any/x                                     | String x
			/regex/v12                                 | String v12
			/path/a/b/c.txt                            | String a/b/c.txt
			/path/a                                    | String a
			/rest/a/b                                  | String /a/b
			""")
	void variableIsConverted(String path, String expected) {
		try (RawWs client = server.connect(path)) {
			client.expectText(expected);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/int/abc", "/int/1.5", "/int/2147483648", "/int/", "/int", "/int/1/2", "/float/x",
			"/float/NaN", "/float/1e999", "/uuid/f81d4fae", "/uuid/f81d4fae-7dec-11d0-a765-00a0c91e6bfg",
			"/slug/hello%20world", "/slug/a.b", "/str/", "/str/a/b", "/any/a/b", "/regex/12", "/regex/v1x", "/path" })
	void valueThatDoesNotConvertIs404(String path) {
		try (RawWs client = server.handshake(path).send()) {
			assertThat(client.status()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/item/42                                   | id 42
			/item/2147483648                           | name 2147483648
			/item/abc                                  | name abc
			/item/special                              | special
			/item/f81d4fae-7dec-11d0-a765-00a0c91e6bf6 | uuid f81d4fae-7dec-11d0-a765-00a0c91e6bf6
			/item/42/edit                              | edit 42
			/item/x/y/z                                | rest x/y/z
			""")
	void valueThatDoesNotConvertFallsThroughToTheNextRoute(String path, String expected) {
		try (RawWs client = server.connect(path)) {
			client.expectText(expected);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/str/a%0D%0Ab", "/str/%2e%2e", "/str/a%00b", "/str/a%2Fb", "/str/%zz", "/str/%C3%28" })
	void strangePathsHarmNothing(String path) {
		try (RawWs client = server.handshake(path).send()) {
			assertThat(client.status()).isIn(101, 400, 404);
		}
		try (RawWs client = server.connect("/str/fine")) {
			client.expectText("String fine");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		WSRouter converters() {
			return new WSRouter().addWsRoute("/int/{value:int}", describing())
				.addWsRoute("/float/{value:float}", describing())
				.addWsRoute("/uuid/{value:uuid}", describing())
				.addWsRoute("/slug/{value:slug}", describing())
				.addWsRoute("/str/{value:str}", describing())
				.addWsRoute("/any/{value}", describing())
				.addWsRoute("/regex/{value:v[0-9]+}", describing())
				.addWsRoute("/path/{value:path}", describing())
				.addWsRoute("/rest/{*value}", describing());
		}

		@Bean
		WSRouter items() {
			return new WSRouter("/item").addWsRoute("/{rest:path}", naming("rest"))
				.addWsRoute("/{name:str}", naming("name"))
				.addWsRoute("/{id:int}", naming("id"))
				.addWsRoute("/{uuid:uuid}", naming("uuid"))
				.addWsRoute("/{edit:int}/edit", naming("edit"))
				.addWsRoute("/special", (ws) -> {
					ws.accept();
					ws.sendText("special");
				});
		}

		private static WSHandler describing() {
			return (ws) -> {
				ws.accept();
				Object value = ws.pathParams().get("value");
				ws.sendText(value.getClass().getSimpleName() + " " + value);
			};
		}

		private static WSHandler naming(String variable) {
			return (ws) -> {
				ws.accept();
				ws.sendText(variable + " " + ws.pathParam(variable));
			};
		}

	}

}
