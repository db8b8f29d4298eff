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

package io.nexios.ws.docs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.nexios.ws.testsupport.HttpUser;
import io.nexios.ws.testsupport.RawHandshake;
import io.nexios.ws.testsupport.RawWs;
import io.nexios.ws.testsupport.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the token examples in an application without sessions.
 *
 * @author Nexios Team
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityExampleSocketTests {

	private static final SecretKey KEY = new SecretKeySpec(
			"0123456789abcdef".repeat(2).getBytes(StandardCharsets.US_ASCII), "HmacSHA256");

	private TestServer server;

	@BeforeAll
	void start() {
		this.server = startServer("nexios.ws.security.close-on-token-expiry=true");
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@Test
	void tokenInTheSubprotocolIsTheUserAndNotEchoed() {
		try (RawWs client = subprotocol(this.server, token("ann", 600)).connect()) {
			assertThat(client.header("Sec-WebSocket-Protocol")).isEqualTo("access_token");
			client.expectText("Prices for ann");
		}
	}

	@Test
	void tokenInTheHeaderIsTheUser() {
		try (RawWs client = this.server.handshake("/ws/prices")
			.header("Sec-WebSocket-Protocol", "access_token")
			.header("Authorization", "Bearer " + token("ann", 600))
			.connect()) {
			client.expectText("Prices for ann");
		}
	}

	@Test
	void tokenThatIsForgedIs401() {
		try (RawWs client = subprotocol(this.server, token("ann", 600) + "x").send()) {
			assertThat(client.status()).isEqualTo(401);
		}
	}

	@Test
	void tokenThatTheResourceServerStillTakesButHasExpiredIs401() {
		try (RawWs client = subprotocol(this.server, token("ann", -10)).send()) {
			assertThat(client.status()).isEqualTo(401);
		}
	}

	@Test
	void tokenThatExpiresClosesWith1008() {
		try (RawWs client = subprotocol(this.server, token("ann", 5)).connect()) {
			client.expectText("Prices for ann");
			assertThat(client.expectClose(1008)).isEqualTo("Credentials expired");
		}
	}

	@Test
	void tokenMayExpireUnlessAskedNotTo() {
		try (TestServer lenient = startServer(); RawWs client = subprotocol(lenient, token("ann", -10)).connect()) {
			client.expectText("Prices for ann");
		}
	}

	@Test
	void ticketIsGoodForOneHandshake() {
		String ticket = ticket(token("ann", 600));
		try (RawWs client = this.server.connect("/ws/orders?ticket=" + ticket)) {
			client.expectText("Orders of ann");
		}
		try (RawWs client = this.server.handshake("/ws/orders?ticket=" + ticket).send()) {
			assertThat(client.status()).isEqualTo(401);
		}
	}

	@Test
	void ticketExpiresWithTheTokenThatItWasIssuedFor() {
		try (RawWs client = this.server.connect("/ws/orders?ticket=" + ticket(token("ann", 5)))) {
			client.expectText("Orders of ann");
			assertThat(client.expectClose(1008)).isEqualTo("Credentials expired");
		}
	}

	@Test
	void ticketOfATokenThatHasExpiredIs401() {
		try (RawWs client = this.server.handshake("/ws/orders?ticket=" + ticket(token("ann", -10))).send()) {
			assertThat(client.status()).isEqualTo(401);
		}
	}

	private String ticket(String token) {
		return new HttpUser(this.server.port()).post("/tickets", "", "Authorization", "Bearer " + token).body();
	}

	@Test
	void nobodyGetsATicketWithoutAToken() {
		assertThat(new HttpUser(this.server.port()).post("/tickets", "").statusCode()).isEqualTo(401);
	}

	private static TestServer startServer(String... properties) {
		return TestServer.start(
				List.of(SecurityExample.Orders.class, SecurityExample.Tokens.class, ResourceServer.class),
				Stream.concat(Stream.of(TestServer.WITH_SPRING_SECURITY), Stream.of(properties))
					.toArray(String[]::new));
	}

	private static RawHandshake subprotocol(TestServer server, String token) {
		return server.handshake("/ws/prices").header("Sec-WebSocket-Protocol", "access_token, " + token);
	}

	private static String token(String user, int secondsToLive) {
		Instant now = Instant.now();
		SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
				new JWTClaimsSet.Builder().subject(user)
					.issueTime(Date.from(now.minusSeconds(60)))
					.expirationTime(Date.from(now.plusSeconds(secondsToLive)))
					.build());
		try {
			token.sign(new MACSigner(KEY));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return token.serialize();
	}

	@Configuration(proxyBeanMethods = false)
	static class ResourceServer {

		@Bean
		SecurityFilterChain security(HttpSecurity http) {
			return http
				.authorizeHttpRequests(
						(requests) -> requests.requestMatchers("/ws/orders").permitAll().anyRequest().authenticated())
				.oauth2ResourceServer((server) -> server.jwt(Customizer.withDefaults()))
				.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
				.csrf(AbstractHttpConfigurer::disable)
				.build();
		}

		@Bean
		JwtDecoder jwtDecoder() {
			return NimbusJwtDecoder.withSecretKey(KEY).build();
		}

	}

}
