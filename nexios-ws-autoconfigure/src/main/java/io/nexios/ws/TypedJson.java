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

package io.nexios.ws;

import java.lang.reflect.Type;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.util.Assert;

/**
 * A value and its generic type. The value is written to JSON as this type. A
 * {@code TypedJson} can be used wherever a value can be sent. The class of a value does
 * not contain the element types of a {@code List} or a generic record. Without the
 * generic type, the type ids of
 * {@link com.fasterxml.jackson.annotation.JsonTypeInfo @JsonTypeInfo} would be missing
 * from the elements.
 *
 * @author Nexios Team
 * @since 0.1.0
 * @see WebSocket#sendJson(Object, ParameterizedTypeReference)
 */
public final class TypedJson implements JacksonSerializable {

	private final Object value;

	private final Type type;

	private TypedJson(Object value, Type type) {
		this.value = value;
		this.type = type;
	}

	/**
	 * Create a value with a type.
	 * @param value the value
	 * @param type the type to write it as
	 * @return the object to send instead of the value
	 * @throws IllegalArgumentException if the value is not an instance of the type
	 */
	public static TypedJson of(Object value, ParameterizedTypeReference<?> type) {
		Assert.notNull(value, "'value' must not be null");
		Assert.notNull(type, "'type' must not be null");
		Class<?> expected = ResolvableType.forType(type.getType()).toClass();
		Assert.isTrue(expected.isInstance(value),
				() -> "A " + value.getClass().getName() + " is not a " + expected.getName());
		return new TypedJson(value, type.getType());
	}

	@Override
	public void serialize(JsonGenerator generator, SerializationContext context) {
		context.findTypedValueSerializer(type(context), true).serialize(this.value, generator, context);
	}

	private JavaType type(SerializationContext context) {
		JavaType declared = context.constructType(this.type);
		// The properties of a subclass are written, too
		return (declared.isContainerType() || declared.isReferenceType()) ? declared
				: context.constructSpecializedType(declared, this.value.getClass());
	}

	@Override
	public void serializeWithType(JsonGenerator generator, SerializationContext context, TypeSerializer ignored) {
		serialize(generator, context);
	}

	@Override
	public String toString() {
		return this.value.toString();
	}

}
