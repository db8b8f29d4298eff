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

package io.nexios.ws.server.handshake;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.core.task.TaskDecorator;
import org.springframework.util.Assert;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The attributes of a handshake's request and of its session, for the threads that run
 * the application's code for the connection. Request-scoped and session-scoped beans are
 * such attributes. They are available until the handshake is decided.
 * <p>
 * The container reuses the request for another client as soon as the request's thread
 * returns. So every access is under a lock, and the request's thread takes this lock
 * before it continues. Only this thread waits for an access to end. A decision does not
 * wait for the lock: it only prevents accesses that begin later.
 *
 * @author Nexios Team
 */
public final class HandshakeAttributes implements RequestAttributes, TaskDecorator {

	/**
	 * The attributes if there is no request.
	 */
	public static final HandshakeAttributes NONE = new HandshakeAttributes(null);

	private final ReentrantLock lock = new ReentrantLock();

	// Guarded by the lock, even while a session is loaded from a remote store
	private @Nullable RequestAttributes attributes;

	private volatile boolean decided;

	private HandshakeAttributes(@Nullable RequestAttributes attributes) {
		this.attributes = attributes;
	}

	/**
	 * Return the attributes of the request of this thread.
	 * @return the attributes
	 */
	public static HandshakeAttributes ofCurrentRequest() {
		RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
		return (attributes != null) ? new HandshakeAttributes(attributes) : NONE;
	}

	/**
	 * The handshake is decided, so no attributes are available from now on. This does not
	 * wait.
	 */
	public void decided() {
		this.decided = true;
	}

	/**
	 * Wait until no other thread uses the request any more. Called on the request's
	 * thread.
	 */
	public void release() {
		decided();
		this.lock.lock();
		try {
			this.attributes = null;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public Runnable decorate(Runnable code) {
		return (this != NONE) ? () -> run(code) : code;
	}

	private void run(Runnable code) {
		RequestContextHolder.setRequestAttributes(this);
		try {
			code.run();
		}
		finally {
			RequestContextHolder.resetRequestAttributes();
		}
	}

	@Override
	public @Nullable Object getAttribute(String name, int scope) {
		return this.<@Nullable Object>access((attributes) -> attributes.getAttribute(name, scope));
	}

	@Override
	public void setAttribute(String name, Object value, int scope) {
		this.<@Nullable Void>access((attributes) -> {
			attributes.setAttribute(name, value, scope);
			return null;
		});
	}

	@Override
	public void removeAttribute(String name, int scope) {
		this.<@Nullable Void>access((attributes) -> {
			attributes.removeAttribute(name, scope);
			return null;
		});
	}

	@Override
	public String[] getAttributeNames(int scope) {
		return access((attributes) -> attributes.getAttributeNames(scope));
	}

	/**
	 * Register a callback to run at the end of the scope. If the scope has ended, it runs
	 * at once: the bean was being created meanwhile, and no code will get it.
	 */
	@Override
	public void registerDestructionCallback(String name, Runnable callback, int scope) {
		if (!isRegistered(name, callback, scope)) {
			callback.run();
		}
	}

	private boolean isRegistered(String name, Runnable callback, int scope) {
		this.lock.lock();
		try {
			RequestAttributes attributes = this.decided ? null : this.attributes;
			if (attributes != null) {
				attributes.registerDestructionCallback(name, callback, scope);
			}
			return attributes != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The request and the session themselves are not available, because the caller could
	 * keep them.
	 */
	@Override
	public @Nullable Object resolveReference(String key) {
		return null;
	}

	@Override
	public String getSessionId() {
		return access(RequestAttributes::getSessionId);
	}

	@Override
	public Object getSessionMutex() {
		return access(RequestAttributes::getSessionMutex);
	}

	private <T extends @Nullable Object> T access(Function<RequestAttributes, T> access) {
		this.lock.lock();
		try {
			RequestAttributes attributes = this.decided ? null : this.attributes;
			Assert.state(attributes != null,
					"The request and session scopes have ended, because the handshake is decided: "
							+ "use their beans before accept() or reject()");
			return access.apply(attributes);
		}
		finally {
			this.lock.unlock();
		}
	}

}
