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

package io.nexios.ws.server.thread;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * Makes threads that inherit nothing from the one that asks for them but its context
 * class loader. The one that asks serves a request, and what is inherited from it, such
 * as a tenant in an {@link InheritableThreadLocal}, would be seen by all that the new
 * thread ever does for others.
 *
 * @author Nexios Team
 */
public final class DetachedThreads {

	private DetachedThreads() {
	}

	/**
	 * Make daemons.
	 * @param prefix what their names begin with
	 * @return what makes them
	 */
	static ThreadFactory platform(String prefix) {
		return platform(prefix, DetachedThreads::detached);
	}

	/**
	 * Make daemons of a type.
	 * @param prefix what their names begin with
	 * @param threads makes a thread of a task and a name, which inherits nothing
	 * @return what makes them
	 */
	static ThreadFactory platform(String prefix, BiFunction<Runnable, String, Thread> threads) {
		AtomicInteger count = new AtomicInteger();
		return (task) -> daemon(threads.apply(task, prefix + count.incrementAndGet()));
	}

	public static Thread daemon(Runnable task, String name) {
		return daemon(detached(task, name));
	}

	private static Thread detached(Runnable task, String name) {
		return new Thread(null, task, name, 0, false);
	}

	private static Thread daemon(Thread thread) {
		thread.setDaemon(true);
		thread.setPriority(Thread.NORM_PRIORITY);
		return withContextClassLoader(thread);
	}

	/**
	 * Make virtual threads, which takes JDK 21.
	 * @param prefix what their names begin with
	 * @return what makes them
	 */
	static ThreadFactory virtual(String prefix) {
		ThreadFactory factory = virtualFactory(prefix);
		return (task) -> withContextClassLoader(factory.newThread(task));
	}

	// What JDK 17 does not have cannot be compiled for it
	private static ThreadFactory virtualFactory(String prefix) {
		try {
			Class<?> type = Class.forName("java.lang.Thread$Builder");
			Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
			type.getMethod("name", String.class, long.class).invoke(builder, prefix, 0L);
			type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
			return (ThreadFactory) type.getMethod("factory").invoke(builder);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("No virtual threads", ex);
		}
	}

	// From JDK 19 on, who inherits nothing has that of the system
	private static Thread withContextClassLoader(Thread thread) {
		thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
		return thread;
	}

}
