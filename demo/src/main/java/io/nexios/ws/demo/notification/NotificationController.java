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

package io.nexios.ws.demo.notification;

import java.time.Instant;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Receives notifications over HTTP and publishes them as events.
 *
 * @author Nexios Team
 */
@RestController
class NotificationController {

	private final ApplicationEventPublisher events;

	NotificationController(ApplicationEventPublisher events) {
		this.events = events;
	}

	@PostMapping("/notifications")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void post(@RequestBody NotificationRequest request) {
		this.events.publishEvent(new Notification(request.text(), Instant.now()));
	}

}
