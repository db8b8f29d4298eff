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

package io.nexios.ws.server.group;

import java.util.List;
import java.util.Locale;

import io.nexios.ws.broker.GroupBroker.Loss;
import io.nexios.ws.channel.GroupContinuityLostEvent;
import io.nexios.ws.channel.GroupContinuityLostEvent.Reason;
import io.nexios.ws.channel.GroupMembersLostEvent;
import io.nexios.ws.channel.Present;
import io.nexios.ws.server.lifecycle.EventSink;
import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.observer.ServerObserver;
import io.nexios.ws.server.thread.ServerThreads;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Reports lost messages and lost members to the application, and lost messages to meters.
 * Events are published on a thread of the server, because listeners may block.
 *
 * @author Nexios Team
 */
final class GroupLosses {

	private static final Log logger = LogFactory.getLog(Loggers.GROUPS);

	private final ServerThreads threads;

	private final EventSink events;

	private final ServerObserver observer;

	GroupLosses(ServerThreads threads, EventSink events, ServerObserver observer) {
		this.threads = threads;
		this.events = events;
		this.observer = observer;
	}

	void report(Loss loss) {
		this.observer.groupContinuityLost(loss.reason().name().toLowerCase(Locale.ROOT));
		if (this.events.isListening(GroupContinuityLostEvent.class)) {
			Reason reason = Reason.valueOf(loss.reason().name());
			this.threads.executeListener(() -> publish(new GroupContinuityLostEvent(loss.group(), reason)));
		}
	}

	void report(String group, List<Present> present) {
		if (this.events.isListening(GroupMembersLostEvent.class)) {
			this.threads.executeListener(() -> publish(new GroupMembersLostEvent(group, present)));
		}
	}

	private void publish(Object event) {
		try {
			this.events.publish(event);
		}
		catch (RuntimeException ex) {
			logger.error("A listener failed on " + event.getClass().getSimpleName(), ex);
		}
	}

}
