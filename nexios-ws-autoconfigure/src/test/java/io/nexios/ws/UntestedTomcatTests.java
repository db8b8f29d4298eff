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

package io.nexios.ws;

import io.nexios.ws.testsupport.OnUntestedTomcat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * Everything works with a version of Tomcat that is not tested, where nothing reaches
 * inside: connections that end, are dropped, or linger.
 *
 * @author Nexios Team
 */
class UntestedTomcatTests {

	private static final String VIRTUAL = "spring.threads.virtual.enabled=true";

	@Nested
	@OnUntestedTomcat
	class PeerClose extends PeerCloseSocketTests {

	}

	@Nested
	@OnUntestedTomcat(properties = VIRTUAL)
	@EnabledForJreRange(min = JRE.JAVA_21)
	class PeerCloseVirtualThreads extends PeerCloseSocketTests {

	}

	@Nested
	@OnUntestedTomcat
	class PeerCloseAnswer extends PeerCloseAnswerSocketTests {

	}

	@Nested
	@OnUntestedTomcat
	@EnabledForJreRange(min = JRE.JAVA_21)
	class PeerCloseAnswerVirtualThreads extends PeerCloseAnswerVirtualThreadsSocketTests {

	}

	@Nested
	@OnUntestedTomcat
	class ServerClose extends ServerCloseSocketTests {

	}

	@Nested
	@OnUntestedTomcat(properties = VIRTUAL)
	@EnabledForJreRange(min = JRE.JAVA_21)
	class ServerCloseVirtualThreads extends ServerCloseSocketTests {

	}

	@Nested
	@OnUntestedTomcat
	class StalledPeer extends StalledPeerSocketTests {

	}

	@Nested
	@OnUntestedTomcat(properties = VIRTUAL)
	@EnabledForJreRange(min = JRE.JAVA_21)
	class StalledPeerVirtualThreads extends StalledPeerSocketTests {

	}

	@Nested
	@OnUntestedTomcat
	class CloseDelivery extends CloseDeliverySocketTests {

	}

	@Nested
	@OnUntestedTomcat
	class OutboundPressure extends OutboundPressureSocketTests {

	}

	@Nested
	@OnUntestedTomcat(properties = VIRTUAL)
	@EnabledForJreRange(min = JRE.JAVA_21)
	class OutboundPressureVirtualThreads extends OutboundPressureSocketTests {

	}

	@Nested
	@OnUntestedTomcat
	class InboundPressure extends InboundPressureSocketTests {

	}

	@Nested
	@OnUntestedTomcat(properties = VIRTUAL)
	@EnabledForJreRange(min = JRE.JAVA_21)
	class InboundPressureVirtualThreads extends InboundPressureSocketTests {

	}

}
