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

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.nexios.ws.observation.WSObservationDocumentation.ConnectionHighCardinalityKeyNames;
import io.nexios.ws.observation.WSObservationDocumentation.ConnectionLowCardinalityKeyNames;

/**
 * Default names and tags of the observation of a connection.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public class DefaultWSConnectionObservationConvention implements WSConnectionObservationConvention {

	@Override
	public String getName() {
		return "nexios.ws.connection";
	}

	@Override
	public String getContextualName(WSConnectionObservationContext context) {
		return "websocket " + context.getRoute();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(WSConnectionObservationContext context) {
		return KeyValues.of(route(context), status(context), code(context));
	}

	/**
	 * Return the key value for the route.
	 * @param context the observation context
	 * @return the key value
	 */
	protected KeyValue route(WSConnectionObservationContext context) {
		return ConnectionLowCardinalityKeyNames.ROUTE.withValue(context.getRoute());
	}

	/**
	 * Return the key value for the answer to the handshake.
	 * @param context the observation context
	 * @return the key value
	 */
	protected KeyValue status(WSConnectionObservationContext context) {
		Integer status = context.getStatus();
		return ConnectionLowCardinalityKeyNames.STATUS
			.withValue((status != null) ? status.toString() : KeyValue.NONE_VALUE);
	}

	/**
	 * Return the key value for the end of the connection.
	 * @param context the observation context
	 * @return the key value
	 */
	protected KeyValue code(WSConnectionObservationContext context) {
		Integer code = context.getCloseCode();
		return ConnectionLowCardinalityKeyNames.CODE
			.withValue((code != null) ? CloseCodeGroup.of(code) : KeyValue.NONE_VALUE);
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(WSConnectionObservationContext context) {
		return KeyValues.of(id(context));
	}

	/**
	 * Return the key value for the id of the connection.
	 * @param context the observation context
	 * @return the key value
	 */
	protected KeyValue id(WSConnectionObservationContext context) {
		return ConnectionHighCardinalityKeyNames.ID.withValue(context.getWebSocket().id());
	}

}
