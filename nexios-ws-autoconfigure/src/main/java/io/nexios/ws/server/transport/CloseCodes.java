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

package io.nexios.ws.server.transport;

import org.springframework.util.Assert;
import org.springframework.web.socket.CloseStatus;

/**
 * Defines which close codes may be sent (RFC 6455, 7.4). The upper limit of the codes
 * below 3000 comes from the IANA registry.
 *
 * @author Nexios Team
 */
public final class CloseCodes {

	private static final int MAX_REASON_BYTES = 123;

	private CloseCodes() {
	}

	/**
	 * Return whether a close frame may have a code.
	 * @param code the code
	 * @return whether it may
	 */
	public static boolean isSendable(int code) {
		return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
	}

	public static CloseStatus sendable(int code, String reason) {
		Assert.isTrue(isSendable(code),
				() -> "Close code " + code + " cannot be sent: use 1000 to 1003, 1007 to 1014, or 3000 to 4999");
		Assert.notNull(reason, "'reason' must not be null");
		return new CloseStatus(code, Utf8.cut(reason, MAX_REASON_BYTES));
	}

	/**
	 * Return what a container reports, in a form that is the same for all containers: a
	 * close without a code becomes a normal close.
	 * @param status the code and reason of the container
	 * @return the code and reason
	 */
	public static CloseStatus received(CloseStatus status) {
		int code = (status.getCode() == CloseStatus.NO_STATUS_CODE.getCode()) ? CloseStatus.NORMAL.getCode()
				: status.getCode();
		return new CloseStatus(code, (status.getReason() != null) ? status.getReason() : "");
	}

}
