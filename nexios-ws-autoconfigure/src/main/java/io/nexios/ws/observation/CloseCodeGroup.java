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

package io.nexios.ws.observation;

/**
 * Groups close codes, so that a meter has only a few tag values although a peer can
 * choose among thousands of codes. Codes that RFC 6455 or the IANA registry defines are
 * not grouped.
 *
 * @author Nexios Team
 */
final class CloseCodeGroup {

	private CloseCodeGroup() {
	}

	static String of(int code) {
		if (code >= 1000 && code <= 1015) {
			return Integer.toString(code);
		}
		if (code >= 3000 && code <= 4999) {
			return (code < 4000) ? "3xxx" : "4xxx";
		}
		return "other";
	}

}
