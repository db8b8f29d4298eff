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

package io.nexios.ws.server.connection;

import io.nexios.ws.server.lifecycle.ConnectionEnd;
import io.nexios.ws.server.lifecycle.Lifecycle;
import io.nexios.ws.server.observer.ConnectionObserver;
import io.nexios.ws.server.thread.ServerThreads;

/**
 * The objects that the parts of one connection share.
 *
 * @param id its id
 * @param settings the limits
 * @param threads the threads
 * @param observer records measurements
 * @param lifecycle the state of the connection
 * @param receiver its handler or consumer
 * @param end runs the actions at its end
 * @param over run once when the connection is over
 * @author Nexios Team
 */
record ConnectionContext(String id, ServerSettings settings, ServerThreads threads, ConnectionObserver observer,
		Lifecycle lifecycle, Receiver receiver, ConnectionEnd end, Runnable over) {

}
