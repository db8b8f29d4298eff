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

import java.util.List;
import java.util.concurrent.CompletionStage;

import io.nexios.ws.spi.PrincipalExpiry;
import io.nexios.ws.spi.TicketPrincipalCodec;

/**
 * What is needed to redeem a ticket on another node than the one that has issued it.
 *
 * @param store keeps the tickets
 * @param codec writes and reads the users
 * @param expiries say until when a user may stay connected. The node that issues a ticket
 * asks them, because the node that redeems it does not have the user's token
 * @param waiting waits for the store
 * @author Nexios Team
 * @since 0.1.0
 */
public record TicketSharing(TicketStore store, TicketPrincipalCodec codec, List<PrincipalExpiry> expiries,
		Waiting waiting) {

	public TicketSharing {
		expiries = List.copyOf(expiries);
	}

	/**
	 * Waits for a stage.
	 */
	@FunctionalInterface
	public interface Waiting {

		/**
		 * Wait for a stage, for a limited time.
		 * @param <T> the type of the result
		 * @param stage the stage
		 * @return the result
		 * @throws io.nexios.ws.channel.GroupsUnavailableException if the stage fails or
		 * does not complete in time
		 */
		<T> T await(CompletionStage<T> stage);

	}

}
