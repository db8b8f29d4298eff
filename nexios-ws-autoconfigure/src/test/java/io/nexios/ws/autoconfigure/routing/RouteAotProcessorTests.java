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

import io.nexios.ws.WSRoute;
import io.nexios.ws.WebSocket;
import io.nexios.ws.consumer.WebSocketConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.ReflectionHintsPredicates;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RouteAotProcessor} and the other hints of {@code aot.factories}.
 *
 * @author Nexios Team
 */
class RouteAotProcessorTests {

	private static final ReflectionHintsPredicates reflection = RuntimeHintsPredicates.reflection();

	@Test
	void routeMethodIsInvocable() {
		assertThat(reflection.onMethodInvocation(Feed.class, "subscribe")).accepts(hintsFor(Feed.class));
	}

	@Test
	void methodOfAnInterfaceIsInvocableThroughAProxy() {
		assertThat(reflection.onMethodInvocation(Subscribed.class, "subscribe")).accepts(hintsFor(Feed.class));
	}

	@Test
	void methodThatIsNoRouteIsNotRegistered() {
		assertThat(reflection.onMethodInvocation(Feed.class, "other")).rejects(hintsFor(Feed.class));
	}

	@Test
	void messagesOfConsumerAreBound() {
		assertThat(reflection.onMethodInvocation(Stroke.class, "x")).accepts(hintsFor(Board.class));
	}

	@Test
	void elementsOfGenericMessagesAreBound() {
		assertThat(reflection.onMethodInvocation(Stroke.class, "x")).accepts(hintsFor(Strokes.class));
	}

	@ParameterizedTest
	@ValueSource(classes = { Draw.class, Erase.Line.class })
	void subclassesOfSealedMessagesAreBound(Class<?> message) {
		assertThat(reflection.onMethodInvocation(message, "stroke")).accepts(hintsFor(Editor.class));
	}

	@Test
	void consumerOfAnythingNeedsNoMore() {
		assertThat(reflection.onType(Untyped.class)).accepts(hintsFor(Untyped.class));
	}

	@Test
	void threadsCanTellWhetherTheyAreVirtual() {
		assertThat(hintsFor(Feed.class).reflection().getTypeHint(Thread.class).methods())
			.anyMatch((method) -> method.getName().equals("isVirtual"));
	}

	private static RuntimeHints hintsFor(Class<?> bean) {
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean(bean);
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(RouteAotProcessorTests.class)), new InMemoryGeneratedFiles());
		new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		return generation.getRuntimeHints();
	}

	interface Subscribed {

		void subscribe(WebSocket ws);

	}

	static class Feed implements Subscribed {

		@Override
		@WSRoute("/feed")
		public void subscribe(WebSocket ws) {
		}

		void other(WebSocket ws) {
		}

	}

	record Stroke(int x, int y) {

	}

	sealed interface Edit permits Draw, Erase {

	}

	record Draw(Stroke stroke) implements Edit {

	}

	sealed interface Erase extends Edit permits Erase.Line {

		record Line(Stroke stroke) implements Erase {

		}

	}

	@WSRoute("/board")
	static class Board extends WebSocketConsumer<Stroke> {

	}

	@WSRoute("/strokes")
	static class Strokes extends WebSocketConsumer<List<Stroke>> {

	}

	@WSRoute("/editor")
	static class Editor extends WebSocketConsumer<Edit> {

	}

	@WSRoute("/untyped")
	@SuppressWarnings("rawtypes")
	static class Untyped extends WebSocketConsumer {

	}

}
