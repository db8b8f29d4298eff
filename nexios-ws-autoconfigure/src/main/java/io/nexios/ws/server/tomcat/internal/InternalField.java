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

package io.nexios.ws.server.tomcat.internal;

import java.lang.reflect.Field;

import io.nexios.ws.server.log.Loggers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds private fields of Tomcat. Another version of Tomcat may not have them.
 *
 * @author Nexios Team
 */
final class InternalField {

	private static final Log logger = LogFactory.getLog(Loggers.TOMCAT);

	private InternalField() {
	}

	/**
	 * Find a field and make it accessible.
	 * @param owner the class that declares it
	 * @param name its name
	 * @param type the type that it must have
	 * @return the field, or {@code null} if there is none of that type or it is not
	 * accessible
	 */
	static @Nullable Field find(Class<?> owner, String name, Class<?> type) {
		try {
			Field field = owner.getDeclaredField(name);
			field.setAccessible(true);
			return (field.getType() == type) ? field : null;
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger.debug("No access to '" + name + "' of " + owner.getName(), ex);
			return null;
		}
	}

}
