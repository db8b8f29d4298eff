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

package io.nexios.ws.benchmarks.vertx;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;

/**
 * The endpoints with Vert.x. There is one verticle, and therefore one event loop, for
 * each processor.
 *
 * @author Nexios Team
 */
public final class VertxServer extends VerticleBase {

	private static final Set<ServerWebSocket> members = ConcurrentHashMap.newKeySet();

	private final int port;

	private VertxServer(int port) {
		this.port = port;
	}

	public static void main(String[] args) {
		int port = Integer.parseInt(args[0]);
		DeploymentOptions options = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
		Vertx.vertx().deployVerticle(() -> new VertxServer(port), options).await();
	}

	@Override
	public Future<?> start() {
		return this.vertx.createHttpServer().webSocketHandler(VertxServer::serve).listen(this.port, "127.0.0.1");
	}

	private static void serve(ServerWebSocket webSocket) {
		if (webSocket.path().equals("/group")) {
			join(webSocket);
		}
		else {
			webSocket.textMessageHandler(webSocket::writeTextMessage);
		}
	}

	private static void join(ServerWebSocket webSocket) {
		members.add(webSocket);
		webSocket.closeHandler((closed) -> members.remove(webSocket));
		webSocket.textMessageHandler((text) -> members.forEach((member) -> member.writeTextMessage(text)));
	}

}
