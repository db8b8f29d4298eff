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

package io.nexios.ws.server.json;

import java.lang.reflect.Type;

import io.nexios.ws.JsonBinding;
import io.nexios.ws.WSMessage;
import io.nexios.ws.WebSocketException;
import io.nexios.ws.server.log.Loggers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.socket.CloseStatus;

/**
 * Writes values as JSON and binds messages to values.
 *
 * @author Nexios Team
 */
public final class JsonCodec implements JsonBinding {

	private static final Log logger = LogFactory.getLog(Loggers.JSON);

	private final JsonMapper mapper;

	private final JsonMapper messageMapper;

	/**
	 * Create a codec.
	 * @param mapper the mapper to use
	 */
	public JsonCodec(JsonMapper mapper) {
		this.mapper = mapper;
		this.messageMapper = mapper;
	}

	/**
	 * Create a codec that limits the depth of messages.
	 * @param mapper the mapper to use
	 * @param maxDepth how deep the JSON of a message may be nested
	 */
	public JsonCodec(JsonMapper mapper, int maxDepth) {
		this.mapper = mapper;
		this.messageMapper = new DepthLimitedBuilder(mapper, maxDepth).build();
	}

	@Override
	public String encode(@Nullable Object value) {
		return this.mapper.writeValueAsString(value);
	}

	@Override
	public byte[] encodeBytes(@Nullable Object value) {
		return this.mapper.writeValueAsBytes(value);
	}

	/**
	 * Bind JSON.
	 * @param json the JSON
	 * @param type the type
	 * @return the value
	 * @throws IllegalArgumentException if it is not of the type
	 */
	public Object decode(String json, Type type) {
		try {
			return this.mapper.readValue(json, this.mapper.constructType(type));
		}
		catch (JacksonException ex) {
			throw new JsonFailure(ex, type).withoutContent();
		}
	}

	@Override
	public Object decode(WSMessage message, Type type) {
		JavaType javaType = this.messageMapper.constructType(type);
		try {
			Object value = (message instanceof WSMessage.Bytes binary)
					? this.messageMapper.readValue(binary.bytes(), javaType)
					: this.messageMapper.readValue(message.asText(), javaType);
			if (value == null) {
				logger.debug("Invalid JSON: null for " + type.getTypeName());
				throw notConsistent("JSON null where a value is expected", null);
			}
			return value;
		}
		catch (JacksonException ex) {
			throw invalid(new JsonFailure(ex, type));
		}
	}

	private WebSocketException invalid(JsonFailure failure) {
		if (logger.isDebugEnabled()) {
			String path = failure.path(this.messageMapper);
			logger.debug("Invalid JSON: " + failure + (path.isEmpty() ? "" : ", at '" + path + "'"));
		}
		return notConsistent("Invalid JSON", failure.withoutContent());
	}

	private static WebSocketException notConsistent(String reason, @Nullable Exception cause) {
		return new WebSocketException(CloseStatus.BAD_DATA.getCode(), reason, cause);
	}

	/**
	 * Builds a copy of a mapper with its own factory. Jackson's own builder for a mapper
	 * keeps the factory of the mapper.
	 */
	private static final class DepthLimitedBuilder extends JsonMapper.Builder {

		DepthLimitedBuilder(JsonMapper mapper, int maxDepth) {
			super(new StateImpl(mapper.rebuild()));
			JsonFactory factory = mapper.tokenStreamFactory();
			this._streamFactory = factory.rebuild()
				.streamReadConstraints(factory.streamReadConstraints().rebuild().maxNestingDepth(maxDepth).build())
				.build();
		}

	}

}
