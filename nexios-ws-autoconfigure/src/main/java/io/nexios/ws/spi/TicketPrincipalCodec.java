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

package io.nexios.ws.spi;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

/**
 * Writes the user of a ticket as text, and reads the text on the node that redeems the
 * ticket. It is used only if tickets are kept where all nodes find them. A bean of this
 * type replaces the default.
 * <p>
 * The default keeps the name of the user. With Spring Security it also keeps the
 * authorities, and reads an {@code Authentication} as an authenticated
 * {@code UsernamePasswordAuthenticationToken} with the name as its principal and without
 * credentials.
 * <p>
 * Several threads call a codec at the same time. All nodes need the same codec.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public interface TicketPrincipalCodec {

	/**
	 * Write a user. The text is kept for as long as the ticket is valid. Whoever can read
	 * it there must not learn a secret from it.
	 * @param principal the user for whom a ticket is issued
	 * @return the text
	 * @throws IllegalArgumentException if there can be no ticket for this user
	 */
	String write(Principal principal);

	/**
	 * Read a user. An exception means that the text cannot be read.
	 * @param text the text
	 * @return the user, or {@code null} if the text cannot be read
	 */
	@Nullable Principal read(String text);

}
