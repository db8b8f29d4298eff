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

package io.nexios.ws.autoconfigure.tomcat;

import io.nexios.ws.server.log.Loggers;
import io.nexios.ws.server.tomcat.TomcatVersion;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Logs at startup which features are off if the version of Tomcat is not tested.
 *
 * @author Nexios Team
 */
final class UntestedTomcat implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(Loggers.TOMCAT);

	private final TomcatVersion version;

	private final boolean smallBuffers;

	/**
	 * Create the log line of a version.
	 * @param version the version
	 * @param smallBuffers whether small buffers are configured
	 */
	UntestedTomcat(TomcatVersion version, boolean smallBuffers) {
		this.version = version;
		this.smallBuffers = smallBuffers;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (!this.version.isTested()) {
			log();
		}
	}

	private void log() {
		logger.info("Tomcat " + this.version.number() + " is not a tested version: its poller does not read ahead, and "
				+ "a connection has the container's message buffers (24 KB by default) until its first messages. "
				+ "Everything else works" + (this.smallBuffers ? ". " + stillShrunk() : ""));
	}

	private static String stillShrunk() {
		return "'" + TomcatBufferSize.NAME
				+ "' still shrinks the buffers of sockets and WebSockets. The message buffers shrink with "
				+ "the first text and with the first binary message";
	}

}
