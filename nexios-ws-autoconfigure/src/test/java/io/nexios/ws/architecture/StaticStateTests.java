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

package io.nexios.ws.architecture;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.regex.Pattern;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import org.apache.commons.logging.Log;
import org.junit.jupiter.api.Test;

import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.socket.CloseStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that nothing that changes is static. Static state outlives an application, and
 * the next application in the JVM would see it.
 *
 * @author Nexios Team
 */
class StaticStateTests {

	private static final String ROOT = "io.nexios.ws.";

	/**
	 * Values of these types do not change.
	 */
	private static final Set<Class<?>> CONSTANTS = Set.of(String.class, Long.class, Duration.class, DataSize.class,
			Pattern.class, MediaType.class, CloseStatus.class, Comparator.class, Log.class, MethodHandle.class,
			VarHandle.class, Field.class, AtomicIntegerFieldUpdater.class, AtomicReferenceFieldUpdater.class);

	/**
	 * Each of these fields has a type of which other values may change.
	 */
	private static final Set<String> CONSTANT_FIELDS = Set.of("autoconfigure.AnyOrigin.STRANGERS",
			"autoconfigure.routing.CallbackMethods.NAMES", "autoconfigure.routing.CallbackMethods.TYPES",
			"broker.GroupLane.NOTHING", "broker.MemoryGroupBroker.DONE", "broker.PresenceStore.LOCAL",
			"broker.redis.lettuce.AnswerOutput.CODEC", "broker.redis.observer.RedisObserver.NONE",
			"channel.JoinOptions.NONE", "channel.SendOptions.NONE", "server.NexiosUpgradeStrategy.VERSIONS",
			"server.channel.ServerChannelConnection.OPENED", "server.group.Presence.DONE",
			"server.handler.MessageType.types", "server.handler.ServerWebSocket.NO_DATA",
			"server.handshake.AcceptanceSpec.HANDSHAKE_HEADERS", "server.handshake.HandshakeAttributes.NONE",
			"server.handshake.HandshakeRequest.NO_PARAMS", "server.inbound.MessageRate.UNLIMITED",
			"server.jetty.JettyListener.NOTHING", "server.observer.ConnectionObserver$Scope.NONE",
			"server.observer.ConnectionObserver.NONE", "server.observer.ServerObserver.NONE",
			"server.tomcat.FirstBuffers.UNCHANGED", "server.tomcat.SocketReading$Factory.NONE",
			"server.tomcat.TomcatVersion.TESTED", "spi.RateLimiter.UNLIMITED", "spi.RateLimiters.UNLIMITED",
			"ticket.TicketObserver.NONE");

	@Test
	void nothingThatChangesIsStatic() {
		assertThat(MainClasses.ALL).flatMap(JavaClass::getFields)
			.filteredOn((field) -> field.getModifiers().contains(JavaModifier.STATIC))
			.filteredOn((field) -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
			.filteredOn((field) -> !isFinal(field) || !isConstant(field.getRawType()))
			.extracting((field) -> (isFinal(field) ? "" : "changing ") + field.getFullName().substring(ROOT.length()))
			.filteredOn((name) -> !CONSTANT_FIELDS.contains(name))
			.containsExactly("changing autoconfigure.tomcat.TomcatBufferSize.systemPropertySet");
	}

	private static boolean isFinal(JavaField field) {
		return field.getModifiers().contains(JavaModifier.FINAL);
	}

	private static boolean isConstant(JavaClass type) {
		return type.isPrimitive() || type.isEnum() || type.isRecord()
				|| CONSTANTS.stream().anyMatch(type::isEquivalentTo);
	}

}
