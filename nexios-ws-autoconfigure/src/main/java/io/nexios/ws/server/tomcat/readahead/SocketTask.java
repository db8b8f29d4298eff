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

package io.nexios.ws.server.tomcat.readahead;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import io.nexios.ws.server.log.Loggers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Reads fields of Tomcat's tasks, to which there is no other access. The handles are
 * constants, so reading costs no more than reading a field of this class.
 *
 * @author Nexios Team
 */
final class SocketTask {

	private static final Log logger = LogFactory.getLog(Loggers.TOMCAT);

	static final String SOCKET_NAME = "socketWrapper";

	static final String EVENT_NAME = "event";

	private static final @Nullable VarHandle SOCKET = find(SOCKET_NAME, SocketWrapperBase.class);

	private static final @Nullable VarHandle EVENT = find(EVENT_NAME, SocketEvent.class);

	private SocketTask() {
	}

	private static @Nullable VarHandle find(String name, Class<?> type) {
		try {
			return MethodHandles.privateLookupIn(SocketProcessorBase.class, MethodHandles.lookup())
				.findVarHandle(SocketProcessorBase.class, name, type);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger.debug("No access to '" + name + "' of " + SocketProcessorBase.class.getName(), ex);
			return null;
		}
	}

	/**
	 * Return whether the fields are accessible. To be checked before they are read.
	 * @return whether they are accessible
	 */
	static boolean isAccessible() {
		return SOCKET != null && EVENT != null;
	}

	static SocketWrapperBase<?> socket(SocketProcessorBase<?> task) {
		Assert.state(SOCKET != null, "No access to the socket");
		return (SocketWrapperBase<?>) SOCKET.get(task);
	}

	static boolean isForWhatHasArrived(SocketProcessorBase<?> task) {
		Assert.state(EVENT != null, "No access to the event");
		return (SocketEvent) EVENT.get(task) == SocketEvent.OPEN_READ;
	}

}
