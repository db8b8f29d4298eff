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
 * Tells several observers of one connection.
 *
 * @author Nexios Team
 */
final class CompositeConnectionObserver implements ConnectionObserver {

	// An array, as it is iterated for every message
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
	public void started(WebSocket ws) {
		for (ConnectionObserver observer : this.observers) {
			observer.started(ws);
		}
	}

	@Override
	public Scope enter() {
		Scope scope = Scope.NONE;
		for (ConnectionObserver observer : this.observers) {
			scope = within(scope, observer.enter());
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
	public void failed(Throwable failure) {
		for (ConnectionObserver observer : this.observers) {
			observer.failed(failure);
		}
	}

	@Override
	public void released() {
		for (ConnectionObserver observer : this.observers) {
			observer.released();
		}
	}

	@Override
	public void notOpened(int status) {
		for (ConnectionObserver observer : this.observers) {
			observer.notOpened(status);
		}
	}

	@Override
	public void opened() {
		for (ConnectionObserver observer : this.observers) {
			observer.opened();
		}
	}

	@Override
	public void closed(int code, Duration lifetime) {
		for (ConnectionObserver observer : this.observers) {
			observer.closed(code, lifetime);
		}
	}

	@Override
	public void received(int bytes) {
		for (ConnectionObserver observer : this.observers) {
			observer.received(bytes);
		}
	}

	@Override
	public void limitExceeded(Limit limit) {
		for (ConnectionObserver observer : this.observers) {
			observer.limitExceeded(limit);
		}
	}

	@Override
	public void handling() {
		for (ConnectionObserver observer : this.observers) {
			if (observer.isTiming()) {
				observer.handling();
			}
		}
	}

	@Override
	public void handled(long nanos) {
		for (ConnectionObserver observer : this.observers) {
			if (observer.isTiming()) {
				observer.handled(nanos);
			}
		}
	}

	@Override
	public void sent(int messages, int bytes) {
		for (ConnectionObserver observer : this.observers) {
			observer.sent(messages, bytes);
		}
	}

	@Override
	public void dropped(int messages) {
		for (ConnectionObserver observer : this.observers) {
			observer.dropped(messages);
		}
	}

	@Override
	public void waitRefused() {
		for (ConnectionObserver observer : this.observers) {
			observer.waitRefused();
		}
	}

	@Override
	public void resumed(long nanos) {
		for (ConnectionObserver observer : this.observers) {
			observer.resumed(nanos);
		}
	}

	@Override
	public void answered(long nanos) {
		for (ConnectionObserver observer : this.observers) {
			observer.answered(nanos);
		}
	}

}
