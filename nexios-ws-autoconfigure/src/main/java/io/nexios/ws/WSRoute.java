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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a bean's method with a single {@link WebSocket} parameter the handler of one or
 * more routes. The bean is looked up when a connection arrives and called through its
 * proxy, so that for example {@code @PreAuthorize} applies.
 * <p>
 * On the class of a {@link io.nexios.ws.consumer.WebSocketConsumer} bean, the annotation
 * makes the bean serve the routes. Every connection gets its own consumer, which is
 * destroyed when the connection ends.
 *
 * @author Nexios Team
 * @since 0.1.0
 * @see WebSocketRoute
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface WSRoute {

	/**
	 * Paths of the route, in the syntax of {@link WebSocketRoute#path()}.
	 * @return one or more paths
	 */
	String[] value();

}
