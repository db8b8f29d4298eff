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
 * What is observed.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public enum WSObservationDocumentation implements ObservationDocumentation {

	/**
	 * A connection, from its handshake to its end and that of its handler. Its parent is
	 * the observation of the HTTP request. The code of its handler or consumer runs in
	 * its scope.
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
	 * A message, from the moment that a handler or consumer has it until it asks for the
	 * next one or returns. Its parent is the connection's.
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
	 * What connections can be counted by.
	 */
	public enum ConnectionLowCardinalityKeyNames implements KeyName {

		/**
		 * The path of the route, as it was declared.
		 */
		ROUTE {

			@Override
			public String asString() {
				return "route";
			}

		},

		/**
		 * The HTTP status that the handshake was answered with, "none" while it is
		 * pending.
		 */
		STATUS {

			@Override
			public String asString() {
				return "status";
			}

		},

		/**
		 * The close code, "3xxx" and "4xxx" for those of libraries and applications,
		 * "none" for a connection that is open or never was.
		 */
		CODE {

			@Override
			public String asString() {
				return "code";
			}

		}

	}

	/**
	 * What a connection can be found by.
	 */
	public enum ConnectionHighCardinalityKeyNames implements KeyName {

		/**
		 * The connection's id.
		 */
		ID {

			@Override
			public String asString() {
				return "nexios.ws.id";
			}

		}

	}

	/**
	 * What messages can be counted by.
	 */
	public enum MessageLowCardinalityKeyNames implements KeyName {

		/**
		 * The path of the route, as it was declared.
		 */
		ROUTE {

			@Override
			public String asString() {
				return "route";
			}

		}

	}

}
