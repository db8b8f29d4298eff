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

package io.nexios.ws.ticket;

import java.security.Principal;

import io.nexios.ws.spi.TicketPrincipalCodec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * Keeps the name of a user and nothing else.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class NamedPrincipalCodec implements TicketPrincipalCodec {

	private static final String KIND = "kind";

	private static final String NAMED = "named";

	private static final String NAME = "name";

	@Override
	public String write(Principal principal) {
		Assert.notNull(principal.getName(), "A user without a name cannot have a ticket");
		return JsonMapper.shared().createObjectNode().put(KIND, NAMED).put(NAME, principal.getName()).toString();
	}

	@Override
	public @Nullable Principal read(String text) {
		JsonNode user = JsonMapper.shared().readTree(text);
		boolean named = NAMED.equals(user.path(KIND).stringValue(null));
		String name = user.path(NAME).stringValue(null);
		return (named && name != null) ? new NamedPrincipal(name) : null;
	}

}
