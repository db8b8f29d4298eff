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

package io.nexios.ws.server.lifecycle;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.server.lifecycle.Lifecycle.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lifecycle}.
 *
 * @author Nexios Team
 */
class LifecycleTests {

	private static final CloseStatus OURS = new CloseStatus(4000, "ours");

	private static final CloseStatus THEIRS = new CloseStatus(4001, "theirs");

	@Test
	void connectionStartsConnecting() {
		Lifecycle lifecycle = new Lifecycle();
		assertThat(lifecycle.state()).isEqualTo(State.CONNECTING);
		assertThat(lifecycle.end()).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void transitionHappensFromItsOwnStateAlone(Transition transition) {
		for (State state : State.values()) {
			Lifecycle lifecycle = in(state);
			CloseStatus end = lifecycle.end();
			if (state == transition.from) {
				assertThat(transition.attempt(lifecycle)).isTrue();
				assertThat(lifecycle.state()).isEqualTo(transition.to);
			}
			else {
				assertThat(transition.attempt(lifecycle)).isFalse();
				assertThat(lifecycle.state()).isEqualTo(state);
				assertThat(lifecycle.end()).isEqualTo(end);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void transitionHappensOnce(Transition transition) {
		Lifecycle lifecycle = in(transition.from);
		assertThat(transition.attempt(lifecycle)).isTrue();
		assertThat(transition.attempt(lifecycle)).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "REJECT", "FAIL_TO_OPEN" })
	void connectionThatNeverOpenedEndsWithoutACloseFrame(Transition transition) {
		Lifecycle lifecycle = in(transition.from);
		transition.attempt(lifecycle);
		assertThat(lifecycle.end()).isEqualTo(CloseStatus.NO_CLOSE_FRAME);
	}

	@ParameterizedTest
	@EnumSource(names = { "CLOSE", "TERMINATE" })
	void ourEndHasOurCode(Transition transition) {
		Lifecycle lifecycle = in(State.OPEN);
		transition.attempt(lifecycle);
		assertThat(lifecycle.end()).isEqualTo(OURS);
	}

	@Test
	void endOfThePeerHasItsCode() {
		Lifecycle lifecycle = in(State.OPEN);
		lifecycle.peerLeft(THEIRS);
		assertThat(lifecycle.end()).isEqualTo(THEIRS);
	}

	@Test
	void codeOfTheFirstEndStays() {
		Lifecycle lifecycle = in(State.CLOSING);
		lifecycle.peerLeft(THEIRS);
		lifecycle.gone(true);
		assertThat(lifecycle.end()).isEqualTo(OURS);
	}

	@Test
	void closeThatIsNotAnsweredEndsWithoutACode() {
		Lifecycle lifecycle = in(State.CLOSING);
		lifecycle.gone(false);
		assertThat(lifecycle.end()).isEqualTo(CloseStatus.NO_CLOSE_FRAME);
	}

	@Test
	void terminatedConnectionKeepsOurCodeWithoutAnAnswer() {
		Lifecycle lifecycle = in(State.OPEN);
		lifecycle.terminate(OURS);
		lifecycle.gone(false);
		assertThat(lifecycle.end()).isEqualTo(OURS);
	}

	@Test
	void peerThatHasLeftIsGoneOnce() {
		Lifecycle lifecycle = in(State.OPEN);
		lifecycle.peerLeft(THEIRS);
		assertThat(lifecycle.gone(false)).isTrue();
		assertThat(lifecycle.gone(false)).isFalse();
		assertThat(lifecycle.state()).isEqualTo(State.PEER_CLOSED);
		assertThat(lifecycle.end()).isEqualTo(THEIRS);
	}

	@ParameterizedTest
	@EnumSource(names = { "CONNECTING", "ACCEPTING", "OPEN", "CLOSING" })
	void racingTransitionsOutOfAStateHaveOneWinner(State from) throws Exception {
		List<Transition> transitions = EnumSet.allOf(Transition.class)
			.stream()
			.filter((transition) -> transition.from == from)
			.flatMap((transition) -> List.of(transition, transition).stream())
			.toList();
		ExecutorService executor = Executors.newFixedThreadPool(transitions.size());
		try {
			for (int round = 0; round < 1_000; round++) {
				Lifecycle lifecycle = in(from);
				List<Transition> winners = race(executor, lifecycle, transitions);
				assertThat(winners).hasSize(1);
				assertThat(lifecycle.state()).isEqualTo(winners.get(0).to);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static List<Transition> race(ExecutorService executor, Lifecycle lifecycle, List<Transition> transitions)
			throws Exception {
		CyclicBarrier start = new CyclicBarrier(transitions.size());
		List<Future<Boolean>> results = new ArrayList<>();
		for (Transition transition : transitions) {
			results.add(executor.submit(() -> {
				start.await();
				return transition.attempt(lifecycle);
			}));
		}
		List<Transition> winners = new ArrayList<>();
		for (int i = 0; i < results.size(); i++) {
			if (results.get(i).get(10, TimeUnit.SECONDS)) {
				winners.add(transitions.get(i));
			}
		}
		return winners;
	}

	@Test
	void closedConnectionAlwaysHasACode() {
		Set<State> over = EnumSet.of(State.CLOSING, State.PEER_CLOSED, State.CLOSED, State.REJECTED);
		for (State state : State.values()) {
			assertThat(in(state).end() != null).isEqualTo(over.contains(state));
		}
	}

	private static Lifecycle in(State state) {
		Lifecycle lifecycle = new Lifecycle();
		if (state == State.REJECTED) {
			lifecycle.reject();
		}
		else if (state != State.CONNECTING) {
			lifecycle.accept();
			if (state != State.ACCEPTING) {
				lifecycle.opened();
				switch (state) {
					case CLOSING -> lifecycle.close(OURS);
					case PEER_CLOSED -> lifecycle.peerLeft(THEIRS);
					case CLOSED -> {
						lifecycle.terminate(OURS);
						lifecycle.gone(false);
					}
					default -> {
					}
				}
			}
		}
		assertThat(lifecycle.state()).isEqualTo(state);
		return lifecycle;
	}

	enum Transition {

		ACCEPT(State.CONNECTING, State.ACCEPTING) {

			@Override
			boolean attempt(Lifecycle lifecycle) {
				return lifecycle.accept();
			}

		},

		REJECT(State.CONNECTING, State.REJECTED) {

			@Override
			boolean attempt(Lifecycle lifecycle) {
				return lifecycle.reject();
			}

		},

		OPENED(State.ACCEPTING, State.OPEN) {

			@Override
			boolean attempt(Lifecycle lifecycle) {
				return lifecycle.opened();
			}

		},

		FAIL_TO_OPEN(State.ACCEPTING, State.CLOSED) {

			@Override
			boolean attempt(Lifecycle lifecycle) {
				return lifecycle.failToOpen();
			}

		},

		CLOSE(State.OPEN, State.CLOSING) {

			@Override
			boolean attempt(Lifecycle lifecycle) {
				return lifecycle.close(OURS);
			}

		},

		PEER_LEFT(State.OPEN, State.PEER_CLOSED) {

			@Override
			boolean attempt(Lifecycle lifecycle) {
				return lifecycle.peerLeft(THEIRS);
			}

		},

		TERMINATE(State.OPEN, State.CLOSING) {

			@Override
			boolean attempt(Lifecycle lifecycle) {
				return lifecycle.terminate(OURS);
			}

		},

		END_CLOSING(State.CLOSING, State.CLOSED) {

			@Override
			boolean attempt(Lifecycle lifecycle) {
				return lifecycle.state() == State.CLOSING && lifecycle.gone(true);
			}

		};

		private final State from;

		private final State to;

		Transition(State from, State to) {
			this.from = from;
			this.to = to;
		}

		abstract boolean attempt(Lifecycle lifecycle);

	}

}
