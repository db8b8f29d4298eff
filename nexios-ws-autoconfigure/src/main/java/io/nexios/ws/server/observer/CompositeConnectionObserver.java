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

package io.nexios.ws.server.observer;

import java.time.Duration;
import java.util.List;

import io.nexios.ws.WebSocket;
import io.nexios.ws.server.limit.Limit;

/**
 * Passes the events of one connection to several observers.
 *
 * @author Nexios Team
 */
final class CompositeConnectionObserver implements ConnectionObserver {

	// An array, because it is iterated for every message
	private final ConnectionObserver[] observers;

	CompositeConnectionObserver(List<ConnectionObserver> observers) {
		this.observers = observers.toArray(ConnectionObserver[]::new);
	}

	@Override
	public boolean isTiming() {
		for (ConnectionObserver observer : this.observers) {
			if (observer.isTiming()) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void handshakeStarted(WebSocket ws) {
		for (ConnectionObserver observer : this.observers) {
			observer.handshakeStarted(ws);
		}
	}

	@Override
	public Scope handlerEntered() {
		Scope scope = Scope.NONE;
		for (ConnectionObserver observer : this.observers) {
			scope = within(scope, observer.handlerEntered());
		}
		return scope;
	}

	private static Scope within(Scope outer, Scope inner) {
		if (outer == Scope.NONE || inner == Scope.NONE) {
			return (inner == Scope.NONE) ? outer : inner;
		}
		return () -> {
			inner.close();
			outer.close();
		};
	}

	@Override
	public void handlerFailed(Throwable failure) {
		for (ConnectionObserver observer : this.observers) {
			observer.handlerFailed(failure);
		}
	}

	@Override
	public void messageFailed(Throwable failure) {
		for (ConnectionObserver observer : this.observers) {
			observer.messageFailed(failure);
		}
	}

	@Override
	public void handlerReleased() {
		for (ConnectionObserver observer : this.observers) {
			observer.handlerReleased();
		}
	}

	@Override
	public void handshakeFailed(int status) {
		for (ConnectionObserver observer : this.observers) {
			observer.handshakeFailed(status);
		}
	}

	@Override
	public void connectionOpened() {
		for (ConnectionObserver observer : this.observers) {
			observer.connectionOpened();
		}
	}

	@Override
	public void connectionClosed(int code, Duration lifetime) {
		for (ConnectionObserver observer : this.observers) {
			observer.connectionClosed(code, lifetime);
		}
	}

	@Override
	public void messageReceived(int bytes) {
		for (ConnectionObserver observer : this.observers) {
			observer.messageReceived(bytes);
		}
	}

	@Override
	public void limitExceeded(Limit limit) {
		for (ConnectionObserver observer : this.observers) {
			observer.limitExceeded(limit);
		}
	}

	@Override
	public void messageStarted() {
		for (ConnectionObserver observer : this.observers) {
			if (observer.isTiming()) {
				observer.messageStarted();
			}
		}
	}

	@Override
	public void messageHandled(long nanos) {
		for (ConnectionObserver observer : this.observers) {
			if (observer.isTiming()) {
				observer.messageHandled(nanos);
			}
		}
	}

	@Override
	public void messagesSent(int messages, int bytes) {
		for (ConnectionObserver observer : this.observers) {
			observer.messagesSent(messages, bytes);
		}
	}

	@Override
	public void messagesDropped(int messages) {
		for (ConnectionObserver observer : this.observers) {
			observer.messagesDropped(messages);
		}
	}

	@Override
	public void dropNoticeQueued() {
		for (ConnectionObserver observer : this.observers) {
			observer.dropNoticeQueued();
		}
	}

	@Override
	public void waitRefused() {
		for (ConnectionObserver observer : this.observers) {
			observer.waitRefused();
		}
	}

	@Override
	public void readingResumed(long nanos) {
		for (ConnectionObserver observer : this.observers) {
			observer.readingResumed(nanos);
		}
	}

	@Override
	public void pingAnswered(long nanos) {
		for (ConnectionObserver observer : this.observers) {
			observer.pingAnswered(nanos);
		}
	}

}
