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

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.nexios.ws.server.log.Loggers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the server. No other code uses them. With virtual threads (JDK 21 and
 * above) every handler and every task has its own thread. Without virtual threads, there
 * is a limited number of platform threads for handlers, and a small pool for tasks. On
 * this pool, tasks never wait for a peer.
 *
 * @author Nexios Team
 */
public final class ServerThreads implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Loggers.CONNECTION);

	private static final boolean VIRTUAL = Runtime.version().feature() >= 21;

	// In earlier versions, a virtual thread that waits for a peer may prevent other
	// virtual threads from running
	private static final boolean PEERS_CANNOT_PIN = Runtime.version().feature() >= 24;

	private static final @Nullable MethodHandle IS_VIRTUAL = isVirtualHandle();

	// Tasks only hand bytes to the operating system, so more threads would not be faster
	private static final int PLATFORM_TASK_THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

	// Callbacks may block, but only for as long as one message takes. Threads that wait
	// for a peer are replaced
	private static final int PLATFORM_CONSUMER_THREADS = 64;

	// A close waits for the peer for a moment
	private static final int PLATFORM_END_THREADS = 64;

	// Listeners should be quick, but this cannot be enforced. Slow listeners delay only
	// other listeners
	private static final int PLATFORM_LISTENER_THREADS = 16;

	private final UserTasks userTasks = new UserTasks();

	private final @Nullable PeerWaits peerWaits;

	private final Executor handlers;

	private final Executor consumers;

	private final Executor tasks;

	private final Executor ends;

	private final Executor listeners;

	private final ScheduledThreadPoolExecutor clock;

	private final TaskProbe ownTasks;

	private final List<TaskProbe> watched = new CopyOnWriteArrayList<>();

	private final List<Runnable> stopActions = new CopyOnWriteArrayList<>();

	/**
	 * Create the threads.
	 * @param handlerMaxThreads the maximum number of handlers at a time, and the maximum
	 * number of threads that wait for peers at a time. Applies only without virtual
	 * threads
	 */
	public ServerThreads(int handlerMaxThreads) {
		this.clock = new ScheduledThreadPoolExecutor(1, DetachedThreads.platform("nexios-ws-clock-"));
		this.clock.setRemoveOnCancelPolicy(true);
		this.handlers = VIRTUAL ? threadPerTask("nexios-ws-handler-") : platformHandlers(handlerMaxThreads);
		if (VIRTUAL) {
			this.consumers = threadPerTask("nexios-ws-consumer-");
			this.peerWaits = null;
		}
		else {
			ConsumerThreads consumers = new ConsumerThreads(PLATFORM_CONSUMER_THREADS, handlerMaxThreads);
			this.consumers = consumers;
			this.peerWaits = new PeerWaits(consumers, this.clock, handlerMaxThreads);
		}
		this.tasks = VIRTUAL ? threadPerTask("nexios-ws-task-")
				: platformPool("nexios-ws-task-", PLATFORM_TASK_THREADS);
		this.ends = VIRTUAL ? this.tasks : platformPool("nexios-ws-end-", PLATFORM_END_THREADS);
		this.listeners = VIRTUAL ? threadPerTask("nexios-ws-listener-")
				: platformPool("nexios-ws-listener-", PLATFORM_LISTENER_THREADS);
		this.ownTasks = new TaskProbe(this.tasks);
	}

	private static Executor threadPerTask(String prefix) {
		ThreadFactory threads = DetachedThreads.virtual(prefix);
		return (task) -> threads.newThread(task).start();
	}

	private static Executor platformHandlers(int maxThreads) {
		// No handler waits in a queue, because its client would wait with it. Threads are
		// used again, because starting a thread costs more than the rest of a handshake
		return new ThreadPoolExecutor(0, maxThreads, 30, TimeUnit.SECONDS, new SynchronousQueue<>(),
				DetachedThreads.platform("nexios-ws-handler-"));
	}

	private static ThreadPoolExecutor platformPool(String prefix, int threads) {
		// There are at most as many tasks as connections, because each connection has one
		// task at a time
		ThreadPoolExecutor executor = new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), DetachedThreads.platform(prefix));
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	/**
	 * Run a handler on a thread of its own.
	 * @param handler the handler
	 * @throws RejectedExecutionException if the maximum number of handlers is running
	 */
	public void executeHandler(Runnable handler) {
		this.userTasks.execute(this.handlers, handler);
	}

	/**
	 * Run callbacks of a consumer, also after the server has stopped.
	 * @param callbacks the callbacks
	 */
	public void executeConsumer(Runnable callbacks) {
		executeSurely((task) -> this.userTasks.execute(this.consumers, task), callbacks);
	}

	/**
	 * Run a listener of the application, also after the server has stopped. The listener
	 * may block.
	 * @param listener the listener
	 */
	public void executeListener(Runnable listener) {
		executeSurely((task) -> this.userTasks.execute(this.listeners, task), listener);
	}

	/**
	 * Run a task soon. On virtual threads it may block, see {@link #tasksMayBlock()}.
	 * @param task the task
	 * @throws RejectedExecutionException if the server has stopped
	 */
	public void execute(Runnable task) {
		this.tasks.execute(task);
	}

	/**
	 * Run a task soon, also after the server has stopped. It must not wait for a peer.
	 * @param task the task
	 */
	public void executeSoon(Runnable task) {
		executeSurely(this.tasks, task);
	}

	/**
	 * Run a task as soon as possible, also after the server has stopped. It may block.
	 * @param task the task
	 */
	public void executeSurely(Runnable task) {
		executeSurely(this.ends, task);
	}

	private static void executeSurely(Executor executor, Runnable task) {
		try {
			executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			DetachedThreads.daemon(task, "nexios-ws-last-task").start();
		}
	}

	/**
	 * Run a task later, or at once if the server has stopped.
	 * @param task the task
	 * @param delay the delay
	 */
	public void schedule(Runnable task, Duration delay) {
		try {
			this.clock.schedule(() -> executeSurely(task), delay.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			executeSurely(task);
		}
	}

	/**
	 * Run a task later, but not after the server has stopped.
	 * @param task the task
	 * @param delay the delay
	 * @return the timer, which keeps the task until it is cancelled
	 */
	public Future<?> scheduleUnlessStopped(Runnable task, Duration delay) {
		try {
			return this.clock.schedule(() -> executeSurely(task), delay.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			return CompletableFuture.completedFuture(null);
		}
	}

	/**
	 * Run an action when the server has stopped and no timer runs any more.
	 * @param action the action, which must not block
	 */
	public void whenStopped(Runnable action) {
		this.stopActions.add(action);
	}

	/**
	 * Run a task again and again until the server stops.
	 * @param task the task, which must not block
	 * @param interval the time between two runs
	 */
	public void scheduleRepeatedly(Runnable task, Duration interval) {
		this.clock.scheduleWithFixedDelay(() -> runGuarded(task), interval.toNanos(), interval.toNanos(),
				TimeUnit.NANOSECONDS);
	}

	private static void runGuarded(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logFailure(ex);
		}
	}

	/**
	 * Log a failure of a periodic task. No exception may escape from here, because then
	 * the task would never run again. If memory is short, the logging may fail, too.
	 * @param failure the failure
	 */
	private static void logFailure(Throwable failure) {
		try {
			logger.error("A periodic task failed", failure);
		}
		catch (Throwable ex) {
			// The next run may be able to log it
		}
	}

	/**
	 * Watch other threads that connections need, such as the container's.
	 * @param executor runs tasks on these threads
	 */
	public void watch(Executor executor) {
		this.watched.add(new TaskProbe(executor));
	}

	/**
	 * Check whether the threads that connections need run their tasks. To be called at
	 * regular intervals, by one thread.
	 * @return whether the tasks that the last call started have run
	 */
	public Progress progress() {
		boolean heldUp = false;
		for (TaskProbe probe : this.watched) {
			heldUp |= probe.isHeldUp();
		}
		if (this.ownTasks.isHeldUp()) {
			return PEERS_CANNOT_PIN ? Progress.NONE : Progress.SLOW;
		}
		return heldUp ? Progress.SLOW : Progress.GOOD;
	}

	public UserTasks userTasks() {
		return this.userTasks;
	}

	public boolean tasksMayBlock() {
		return VIRTUAL;
	}

	/**
	 * The current thread, of a handler or consumer, is about to wait for a peer, or to do
	 * something that may wait. {@link #endWait()} has to follow.
	 * @return whether it may wait. If not, the maximum number of threads is waiting, and
	 * {@link #endWait()} must not be called
	 */
	public boolean beginWait() {
		return this.peerWaits == null || this.peerWaits.begin();
	}

	/**
	 * The current thread does not wait for a peer any more.
	 */
	public void endWait() {
		if (this.peerWaits != null) {
			this.peerWaits.end();
		}
	}

	/**
	 * Return whether the current thread is a virtual one.
	 * @return whether the current thread is a virtual one
	 */
	public static boolean isCurrentVirtual() {
		try {
			return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static @Nullable MethodHandle isVirtualHandle() {
		try {
			return MethodHandles.publicLookup()
				.findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
		this.stopActions.forEach(Runnable::run);
		shutDown(this.handlers);
		shutDown(this.consumers);
		shutDown(this.tasks);
		shutDown(this.ends);
		shutDown(this.listeners);
	}

	private static void shutDown(Executor executor) {
		if (executor instanceof ThreadPoolExecutor pool) {
			pool.shutdown();
		}
	}

	/**
	 * Whether threads run their tasks.
	 */
	enum Progress {

		/**
		 * Tasks run without delay.
		 */
		GOOD,

		/**
		 * Tasks have not run in time. Peers may be what holds the threads.
		 */
		SLOW,

		/**
		 * Tasks have not run in time, for a reason that no peer can cause.
		 */
		NONE

	}

}
