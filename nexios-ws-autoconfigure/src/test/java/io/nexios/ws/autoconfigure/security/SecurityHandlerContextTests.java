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

package io.nexios.ws.autoconfigure.security;

import java.util.ArrayList;
import java.util.List;

import io.nexios.ws.WebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.task.TaskDecorator;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.Assert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SecurityHandlerContext}.
 *
 * @author Nexios Team
 */
class SecurityHandlerContextTests {

	private final Authentication ann = new TestingAuthenticationToken("ann", "ann");

	private final WebSocket ws = mock(WebSocket.class);

	private final SecurityHandlerContext context = new SecurityHandlerContext(
			SecurityContextHolder.getContextHolderStrategy());

	@AfterEach
	void clear() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void everyRunHasTheAuthenticationInAContextOfItsOwn() {
		List<SecurityContext> seen = new ArrayList<>(List.of(login()));
		Runnable code = captured().decorate(() -> seen.add(SecurityContextHolder.getContext()));
		SecurityContextHolder.clearContext();
		code.run();
		code.run();
		assertThat(seen).extracting(SecurityContext::getAuthentication).containsOnly(this.ann);
		assertThat(seen.get(0)).isNotSameAs(seen.get(1)).isNotSameAs(seen.get(2));
		assertThat(seen.get(1)).isNotSameAs(seen.get(2));
	}

	@Test
	void threadIsCleanAfterwards() {
		login();
		Runnable code = captured().decorate(() -> {
			throw new IllegalStateException();
		});
		assertThatIllegalStateException().isThrownBy(code::run);
		assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
	}

	@Test
	void changeOfARunIsNotSeenByTheNext() {
		login();
		List<Authentication> seen = new ArrayList<>();
		Runnable code = captured().decorate(() -> {
			seen.add(SecurityContextHolder.getContext().getAuthentication());
			SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("eve", "eve"));
		});
		code.run();
		code.run();
		assertThat(seen).containsExactly(this.ann, this.ann);
	}

	@Test
	void userWithoutAnAuthenticationIsNotCaptured() {
		given(this.ws.principal()).willReturn(() -> "ann");
		assertThat(this.context.capture(this.ws, "/t")).isNull();
	}

	@Test
	void userOfTheAcceptanceIsThereFromThenOn() {
		List<Authentication> seen = new ArrayList<>();
		Runnable code = captured().decorate(() -> {
			seen.add(SecurityContextHolder.getContext().getAuthentication());
			given(this.ws.principal()).willReturn(this.ann);
			seen.add(SecurityContextHolder.getContext().getAuthentication());
		});
		code.run();
		code.run();
		assertThat(seen).containsExactly(null, this.ann, this.ann, this.ann);
		assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
	}

	@Test
	void authenticationSetByTheHandlerComesFirst() {
		Authentication eve = new TestingAuthenticationToken("eve", "eve");
		given(this.ws.principal()).willReturn(null, this.ann);
		List<Authentication> seen = new ArrayList<>();
		captured().decorate(() -> {
			SecurityContextHolder.getContext().setAuthentication(eve);
			seen.add(SecurityContextHolder.getContext().getAuthentication());
		}).run();
		assertThat(seen).containsExactly(eve);
	}

	@Test
	void userWhoIsNoAuthenticationChangesNothing() {
		login();
		List<Authentication> seen = new ArrayList<>();
		Runnable code = captured().decorate(() -> seen.add(SecurityContextHolder.getContext().getAuthentication()));
		given(this.ws.principal()).willReturn(() -> "bob");
		code.run();
		assertThat(seen).containsExactly(this.ann);
	}

	private SecurityContext login() {
		SecurityContextHolder.getContext().setAuthentication(this.ann);
		return SecurityContextHolder.getContext();
	}

	private TaskDecorator captured() {
		TaskDecorator captured = this.context.capture(this.ws, "/t");
		Assert.state(captured != null, "Nothing captured");
		return captured;
	}

}
