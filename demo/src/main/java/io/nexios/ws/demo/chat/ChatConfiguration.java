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

package io.nexios.ws.demo.chat;

import io.nexios.ws.WSRouter;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.util.StringUtils;

/**
 * The route of the chat rooms.
 *
 * @author Nexios Team
 */
@Configuration(proxyBeanMethods = false)
class ChatConfiguration {

	@Bean
	WSRouter chatRouter(ChatRooms rooms) {
		return new WSRouter("/ws").addWsRoute("/chat/{room}", (ws) -> {
			String room = ws.pathParam("room");
			String name = ws.queryParam("name");
			if (!StringUtils.hasText(name)) {
				ws.reject(ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, "Say who you are with ?name="));
				return;
			}
			ws.accept();
			rooms.join(room, ws);
			try {
				rooms.send(room, ChatMessage.notice(name + " joined"));
				for (ChatInput input : ws.jsons(ChatInput.class)) {
					rooms.send(room, input.from(name));
				}
			}
			finally {
				rooms.leave(room, ws);
				rooms.send(room, ChatMessage.notice(name + " left"));
			}
		});
	}

}
