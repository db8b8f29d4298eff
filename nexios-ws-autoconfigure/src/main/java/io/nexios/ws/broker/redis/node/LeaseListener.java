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

package io.nexios.ws.broker.redis.node;

/**
 * Is told what happens to the lease of this node. The calls do not overlap, and must not
 * block.
 *
 * @author Nexios Team
 */
public interface LeaseListener {

	/**
	 * Handle a new lease, because there was none: it is the first, or the last one is
	 * gone. Redis may have nothing of this node any more, so everything has to be
	 * announced again. {@link Lease#isOver()} does not change before this method returns.
	 */
	void onNewLease();

	/**
	 * Handle that this node has its lease. Comes after each renewal.
	 */
	void onLease();

}
