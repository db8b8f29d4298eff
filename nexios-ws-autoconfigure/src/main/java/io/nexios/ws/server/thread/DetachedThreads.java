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
 * Creates threads that inherit nothing from the creating thread except its context class
 * loader. The creating thread serves a request. Anything that is inherited from it, such
 * as a tenant in an {@link InheritableThreadLocal}, would be visible in all later work of
 * the new thread for other requests.
 *
 * @author Nexios Team
 */
public final class DetachedThreads {

	private DetachedThreads() {
	}

	/**
	 * Create a factory of daemon threads.
	 * @param prefix the prefix of their names
	 * @return the factory
	 */
	static ThreadFactory platform(String prefix) {
		return platform(prefix, DetachedThreads::detached);
	}

	/**
	 * Create a factory of daemon threads of a certain type.
	 * @param prefix the prefix of their names
	 * @param threads creates a thread for a task and a name. The thread must inherit
	 * nothing
	 * @return the factory
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
	 * Create a factory of virtual threads. Needs JDK 21.
	 * @param prefix the prefix of their names
	 * @return the factory
	 */
	static ThreadFactory virtual(String prefix) {
		ThreadFactory factory = virtualFactory(prefix);
		return (task) -> withContextClassLoader(factory.newThread(task));
	}

	// Uses reflection because the code is compiled for JDK 17, which does not have these
	// methods
	private static ThreadFactory virtualFactory(String prefix) {
		try {
			Class<?> type = Class.forName("java.lang.Thread$Builder");
			Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
			type.getMethod("name", String.class, long.class).invoke(builder, prefix, 0L);
			type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
			return (ThreadFactory) type.getMethod("factory").invoke(builder);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Cannot create virtual threads", ex);
		}
	}

	// From JDK 19 on, a thread that inherits nothing has the system class loader
	private static Thread withContextClassLoader(Thread thread) {
		thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
		return thread;
	}

}
