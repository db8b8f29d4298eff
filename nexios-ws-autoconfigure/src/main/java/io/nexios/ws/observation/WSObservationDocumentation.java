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

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of connections and messages.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public enum WSObservationDocumentation implements ObservationDocumentation {

	/**
	 * A connection. The observation starts with the handshake and stops when both the
	 * connection and its handler have ended. Its parent is the observation of the HTTP
	 * request. The code of its handler or consumer runs in its scope.
	 */
	CONNECTION {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultWSConnectionObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return ConnectionLowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return ConnectionHighCardinalityKeyNames.values();
		}

	},

	/**
	 * A message. The observation starts when a handler or consumer gets the message. It
	 * stops when the handler or consumer asks for the next message or returns. Its parent
	 * is the observation of the connection.
	 */
	MESSAGE {

		@Override
		public String getName() {
			return "nexios.ws.message";
		}

		@Override
		public String getContextualName() {
			return "websocket message";
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return MessageLowCardinalityKeyNames.values();
		}

	};

	/**
	 * Low-cardinality keys of connections.
	 */
	public enum ConnectionLowCardinalityKeyNames implements KeyName {

		/**
		 * The declared path of the route.
		 */
		ROUTE {

			@Override
			public String asString() {
				return "route";
			}

		},

		/**
		 * The HTTP status of the answer to the handshake, or "none" while it is pending.
		 */
		STATUS {

			@Override
			public String asString() {
				return "status";
			}

		},

		/**
		 * The close code. "3xxx" and "4xxx" stand for all codes of libraries and
		 * applications. "none" is for a connection that is open or was never open.
		 */
		CODE {

			@Override
			public String asString() {
				return "code";
			}

		}

	}

	/**
	 * High-cardinality keys of connections.
	 */
	public enum ConnectionHighCardinalityKeyNames implements KeyName {

		/**
		 * The id of the connection.
		 */
		ID {

			@Override
			public String asString() {
				return "nexios.ws.id";
			}

		}

	}

	/**
	 * Low-cardinality keys of messages.
	 */
	public enum MessageLowCardinalityKeyNames implements KeyName {

		/**
		 * The declared path of the route.
		 */
		ROUTE {

			@Override
			public String asString() {
				return "route";
			}

		}

	}

}
