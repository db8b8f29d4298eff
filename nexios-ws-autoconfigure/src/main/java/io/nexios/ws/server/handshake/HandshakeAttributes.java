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
 * The attributes of a handshake's request and of its session, where request- and
 * session-scoped beans live, for the threads on which the application's code for the
 * connection runs. They are to be had until the handshake is decided.
 * <p>
 * The container reuses the request for another client as soon as its thread returns. So
 * every access is under a lock that this thread takes before it goes on. Nobody else
 * waits for the lock: a decision only ends what begins later.
 *
 * @author Nexios Team
 */
public final class HandshakeAttributes implements RequestAttributes, TaskDecorator {

	/**
	 * The attributes where there is no request.
	 */
	public static final HandshakeAttributes NONE = new HandshakeAttributes(null);

	private final ReentrantLock lock = new ReentrantLock();

	// Guarded by the lock, also while a session is loaded from elsewhere
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
	 * The handshake is decided: from now on there are no attributes. Waits for nothing.
	 */
	public void decided() {
		this.decided = true;
	}

	/**
	 * Wait until nobody uses the request any more, on its own thread.
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
	 * Have a callback run at the end of the scope. If there is no scope any more, it runs
	 * at once: the bean was being created meanwhile, and nobody will get it.
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
	 * The request and the session themselves are not to be had: whoever has one could
	 * keep it.
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
			Assert.state(attributes != null, "The request and session scopes have ended, as the handshake is decided: "
					+ "take what is needed from their beans before accept() or reject()");
			return access.apply(attributes);
		}
		finally {
			this.lock.unlock();
		}
	}

}
