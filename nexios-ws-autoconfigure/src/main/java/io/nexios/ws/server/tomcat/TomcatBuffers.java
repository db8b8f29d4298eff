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

package io.nexios.ws.server.tomcat;

import jakarta.servlet.ServletContext;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.websocket.WsWebSocketContainer;

/**
 * Reads and sets those sizes of Tomcat's buffers that apply to more than the connections
 * of this library.
 *
 * @author Nexios Team
 */
public final class TomcatBuffers {

	/**
	 * The smallest size with which Tomcat works well, in bytes.
	 */
	public static final int MIN_SIZE = 512;

	/**
	 * The largest size that makes sense, in bytes.
	 */
	public static final int MAX_SIZE = 64 * 1024;

	// Tomcat's default for messages that an endpoint receives as a whole
	private static final String MESSAGE_SIZE = "8192";

	private TomcatBuffers() {
	}

	/**
	 * Set the size of the two buffers that a connector has for each of its sockets. With
	 * TLS they grow when the handshake begins.
	 * @param connector the connector
	 * @param size the size in bytes
	 */
	public static void shrink(Connector connector, int size) {
		connector.setProperty("socket.appReadBufSize", Integer.toString(size));
		connector.setProperty("socket.appWriteBufSize", Integer.toString(size));
	}

	/**
	 * Return the size of the three buffers that Tomcat has for each WebSocket. It is the
	 * value that the system property had when Tomcat first needed it.
	 * @return the size in bytes
	 */
	public static int webSocketSize() {
		return new WsWebSocketContainer().getDefaultMaxBinaryMessageBufferSize();
	}

	/**
	 * Keep the default message sizes of other endpoints, although the buffers are small.
	 * A size that the application has set is not changed. To be called before the
	 * WebSocket container is created.
	 * @param context the application's context
	 */
	public static void keepMessageSizes(ServletContext context) {
		context.setInitParameter("org.apache.tomcat.websocket.binaryBufferSize", MESSAGE_SIZE);
		context.setInitParameter("org.apache.tomcat.websocket.textBufferSize", MESSAGE_SIZE);
	}

}
