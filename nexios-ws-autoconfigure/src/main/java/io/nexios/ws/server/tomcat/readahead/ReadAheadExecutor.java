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

import java.util.concurrent.Executor;

import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.tomcat.TomcatUpgradeHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.coyote.Processor;
import org.apache.coyote.ProtocolHandler;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the executor of a connector, to which Tomcat's poller hands the tasks of its
 * sockets. If data has arrived for a WebSocket of this library, it first reads ahead, or
 * lets the task wait for more data.
 * <p>
 * A task of an HTTP request costs one type check. Tomcat removes the processor from a
 * socket after each request, so the check of the socket ends there.
 *
 * @author Nexios Team
 * @see ReadAhead
 * @see ReadCoalescing
 */
public final class ReadAheadExecutor implements Executor {

	private static final Log logger = LogFactory.getLog(Loggers.TOMCAT);

	private final Executor executor;

	private final ReadCoalescing coalescing;

	private ReadAheadExecutor(Executor executor) {
		this.executor = executor;
		this.coalescing = new ReadCoalescing(executor, System::nanoTime);
	}

	/**
	 * Let the poller of a connector read ahead, if the connector has a poller and the
	 * virtual threads of Spring Boot. On platform threads reading is paused in another
	 * way, which needs Tomcat's tasks.
	 * @param protocolHandler the protocol handler of the connector
	 */
	public static void install(ProtocolHandler protocolHandler) {
		if (protocolHandler instanceof Http11NioProtocol
				&& protocolHandler.getExecutor() instanceof VirtualThreadExecutor executor) {
			install(protocolHandler, executor);
		}
	}

	private static void install(ProtocolHandler protocolHandler, Executor executor) {
		if (SocketTask.isAccessible()) {
			protocolHandler.setExecutor(new ReadAheadExecutor(executor));
		}
		else {
			logger.warn("Tomcat's poller does not read ahead, because the fields of its tasks are not accessible");
		}
	}

	@Override
	public void execute(Runnable task) {
		ReadAhead readAhead = (task instanceof SocketProcessorBase<?> processor) ? readAhead(processor) : null;
		if (readAhead == null) {
			this.executor.execute(task);
		}
		else {
			boolean sendsOn = readAhead.read();
			this.coalescing.execute(task, readAhead.pace(), sendsOn);
		}
	}

	private static @Nullable ReadAhead readAhead(SocketProcessorBase<?> task) {
		ReadAhead readAhead = readAhead(SocketTask.socket(task));
		return (readAhead != null && SocketTask.isForWhatHasArrived(task)) ? readAhead : null;
	}

	private static @Nullable ReadAhead readAhead(SocketWrapperBase<?> socket) {
		// While a task is at work, the socket has no processor. Then there is nothing to
		// do here
		return (socket.getCurrentProcessor() instanceof Processor processor && processor.isUpgrade()
				&& processor.getUpgradeToken().httpUpgradeHandler() instanceof TomcatUpgradeHandler handler
				&& handler.reading() instanceof ReadAhead readAhead) ? readAhead : null;
	}

}
