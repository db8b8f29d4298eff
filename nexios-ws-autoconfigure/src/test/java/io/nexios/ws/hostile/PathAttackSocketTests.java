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

package io.nexios.ws.hostile;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import io.nexios.ws.WSRouter;
import io.nexios.ws.WebSocket;
import io.nexios.ws.testsupport.RawWs;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Other spellings of the path of a route, which try to bypass its access rules.
 *
 * @author Nexios Team
 */
class PathAttackSocketTests {

	@RegisterExtension
	static final BesiegedServer server = new BesiegedServer(Guarded.class);

	private static List<String> spellings(String name) {
		Stream<String> templates = Stream.of("/%s", "/%s;x", "/%s;x=y;z", ";x/%s", "/;/%s", "/;x=y/%s", "/%s/", "//%s",
				"///%s", "/.//%s", "/./%s", "/x/../%s", "/%s/.", "/%s/x/..", "/../%s", "/%s%%3bx", "/%s%%3Bx",
				"/%s%%2f", "/%%2f%s", "%%2f%s", "/%%2e/%s", "/%%2e%%2e/%s", "/x/%%2e%%2e/%s", "/x/..;/%s", "/x/..;y/%s",
				"/%s/..;/%1$s", "/%s%%00", "/%s%%20", "/%s%%0a", "/%s%%09", "/%s%%5c", "\\%s", "/%s\\", "/%s#x",
				"/%s?x=/..", "http://localhost/%s", "http://evil.example/%s", "HTTP://localhost//%s", "/%s%%", "/%s%%2",
				"/%s%%zz", "/%s%%c0%%af", "/%s%%252f", "/%s.html", "/%s.", "/%s*");
		String first = "%%%02x".formatted((int) name.charAt(0));
		Stream<String> others = Stream.of(name.toUpperCase(Locale.ROOT), StringUtils.capitalize(name),
				first + name.substring(1), "%25" + first.substring(1) + name.substring(1));
		return Stream.concat(templates.map((template) -> template.formatted(name)), others.map("/"::concat)).toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "filtered", "secured", "middleware" })
	void noSpellingGetsPastTheGuard(String name) {
		for (String target : spellings(name)) {
			try (RawWs client = server.handshake(target).send()) {
				assertThat(client.statusOrEnd()).as(target).isIn(0, 400, 403, 404);
			}
		}
	}

	@Test
	void noSpellingGetsPastTheCheckOfTheOrigin() {
		for (String target : spellings("open")) {
			try (RawWs client = server.handshake(target).header("Origin", "https://evil.example").send()) {
				assertThat(client.statusOrEnd()).as(target).isIn(0, 400, 403, 404);
			}
		}
	}

	/**
	 * Otherwise the tests above would prove nothing.
	 */
	@Test
	void otherSpellingsOfARouteReachItsHandlerWhereNothingGuardsIt() {
		Set<String> accepted = new HashSet<>();
		for (String target : spellings("open")) {
			try (RawWs client = server.handshake(target).send()) {
				if (client.statusOrEnd() == 101) {
					accepted.add(target);
				}
			}
		}
		assertThat(accepted).contains("/open", "/%6fpen", "/open?x=/..");
	}

	@Configuration(proxyBeanMethods = false)
	static class Guarded {

		@Bean
		WSRouter router() {
			return new WSRouter().addWsRoute("/open", WebSocket::accept)
				.addWsRoute("/filtered", WebSocket::accept)
				.addWsRoute("/secured", WebSocket::accept)
				.addWsRoute("/middleware", WebSocket::accept, (ws, next) -> ws.reject(HttpStatus.FORBIDDEN));
		}

		@Bean
		FilterRegistrationBean<Filter> guard() {
			FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(new ForbiddenFilter());
			registration.addUrlPatterns("/filtered/*");
			return registration;
		}

		@Bean
		FilterChainProxy securedBySpringSecurity() {
			return new FilterChainProxy(
					List.of(new DefaultSecurityFilterChain(PathPatternRequestMatcher.pathPattern("/secured/**"),
							new ForbiddenFilter()), new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE)));
		}

	}

	static class ForbiddenFilter extends OncePerRequestFilter {

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			response.setStatus(403);
		}

	}

}
