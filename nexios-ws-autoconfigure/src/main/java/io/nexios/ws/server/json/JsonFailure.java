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
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Describes a failure to read JSON. Unlike Jackson, it does not quote the JSON, because
 * the JSON may be a secret and the description may be logged. A name in a path is also
 * content, unless the type has a property of that name.
 *
 * @param failure the failure that Jackson reports
 * @param type the type to bind to
 * @author Nexios Team
 */
record JsonFailure(JacksonException failure, Type type) {

	private static final String ANY = "*";

	IllegalArgumentException withoutContent() {
		IllegalArgumentException described = new IllegalArgumentException(toString());
		described.setStackTrace(this.failure.getStackTrace());
		return described;
	}

	/**
	 * Return the place of the failure within the type.
	 * @param mapper knows the properties of types
	 * @return the path, as in "orders[2].price", with an asterisk for a name that is not
	 * declared, or empty for the value itself
	 */
	String path(JsonMapper mapper) {
		List<JacksonException.Reference> references = this.failure.getPath();
		return references.stream()
			.map((reference) -> step(reference, mapper))
			.collect(Collectors.joining())
			.replaceFirst("^\\.", "");
	}

	private static String step(JacksonException.Reference reference, JsonMapper mapper) {
		String name = reference.getPropertyName();
		if (name == null) {
			return "[" + reference.getIndex() + "]";
		}
		return "." + (isDeclared(name, reference.from(), mapper) ? name : ANY);
	}

	private static boolean isDeclared(String name, Object owner, JsonMapper mapper) {
		JavaType type = mapper.constructType((owner instanceof Class<?> ownType) ? ownType : owner.getClass());
		return !type.isContainerType() && properties(type, mapper).contains(name);
	}

	private static Set<String> properties(JavaType type, JsonMapper mapper) {
		ClassIntrospector introspector = mapper.deserializationConfig().classIntrospectorInstance();
		try {
			return introspector.introspectForDeserialization(type, introspector.introspectClassAnnotations(type))
				.findProperties()
				.stream()
				.map(BeanPropertyDefinition::getName)
				.collect(Collectors.toSet());
		}
		catch (JacksonException | IllegalArgumentException ex) {
			// A type that only its own deserializer can read
			return Set.of();
		}
	}

	@Override
	public String toString() {
		TokenStreamLocation location = this.failure.getLocation();
		String place = (location != null) ? " at line " + location.getLineNr() + ", column " + location.getColumnNr()
				: "";
		return this.failure.getClass().getSimpleName() + " for " + this.type.getTypeName() + place;
	}

}
