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

package io.nexios.ws.server.transport;

import java.util.function.Supplier;

/**
 * Tells a peer that a message to it was dropped. A frame that carries it is never dropped
 * silently: a frame of the notice takes its place.
 * <p>
 * The notice of a later frame replaces the notices of earlier ones of the same topic. So
 * it has to say all that they say.
 *
 * @param topic what the frame belongs to. Dropped frames of one topic without a kept
 * frame in between have one notice together
 * @param frame returns the frame of the notice. It is asked only if the frame is dropped,
 * but then once for each connection that drops it, on any thread and under a lock. So it
 * must be quick and must not throw. It should return the same frame each time, because
 * the bytes of a frame that several connections hold count once
 * @author Nexios Team
 */
public record DropNotice(String topic, Supplier<OutboundFrame> frame) {

}
