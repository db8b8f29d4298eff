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

package io.nexios.ws.behaviour.pressure;

import io.nexios.ws.testsupport.OnUntestedTomcat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * Repeats the tests of peers that do not read with an untested version of Tomcat. No code
 * uses internals of Tomcat then.
 *
 * @author Nexios Team
 */
class UntestedTomcatPressureTests {

	private static final String VIRTUAL = "spring.threads.virtual.enabled=true";

	@Nested
	@OnUntestedTomcat(properties = VIRTUAL)
	@EnabledForJreRange(min = JRE.JAVA_21)
	class StalledPeerVirtualThreads extends StalledPeerSocketTests {

	}

	@Nested
	@OnUntestedTomcat(properties = VIRTUAL)
	@EnabledForJreRange(min = JRE.JAVA_21)
	class OutboundPressureVirtualThreads extends OutboundPressureSocketTests {

	}

	@Nested
	@OnUntestedTomcat(properties = VIRTUAL)
	@EnabledForJreRange(min = JRE.JAVA_21)
	class InboundPressureVirtualThreads extends InboundPressureSocketTests {

	}

}
