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

package io.nexios.ws.channel;

/**
 * Type in which a channel sends and receives payloads. A payload of another type is
 * converted:
 *
 * <table>
 * <caption>Content of the sent message</caption>
 * <tr>
 * <th>Payload</th>
 * <th>{@link #JSON}</th>
 * <th>{@link #TEXT}</th>
 * <th>{@link #BYTES}</th>
 * </tr>
 * <tr>
 * <td>String</td>
 * <td>JSON string</td>
 * <td>as it is</td>
 * <td>UTF-8</td>
 * </tr>
 * <tr>
 * <td>byte[]</td>
 * <td>JSON string of Base64</td>
 * <td>Base64</td>
 * <td>as it is</td>
 * </tr>
 * <tr>
 * <td>anything else</td>
 * <td>JSON</td>
 * <td>JSON</td>
 * <td>JSON in UTF-8</td>
 * </tr>
 * </table>
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public enum PayloadType {

	/**
	 * JSON in text messages.
	 */
	JSON,

	/**
	 * Text messages.
	 */
	TEXT,

	/**
	 * Binary messages.
	 */
	BYTES

}
