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

package io.nexios.ws.hostile;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Errors that any code logs, including the container, and exceptions that end a thread.
 *
 * @author Nexios Team
 */
final class ErrorLog extends AppenderBase<ILoggingEvent> {

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final Queue<String> errors = new ConcurrentLinkedQueue<>();

	private @Nullable UncaughtExceptionHandler otherHandler;

	@Override
	public void start() {
		this.errors.clear();
		this.otherHandler = Thread.getDefaultUncaughtExceptionHandler();
		Thread.setDefaultUncaughtExceptionHandler((thread, ex) -> this.errors.add(thread + " ended with " + ex));
		this.root.addAppender(this);
		super.start();
	}

	void stopAndVerify() {
		stop();
		this.root.detachAppender(this);
		Thread.setDefaultUncaughtExceptionHandler(this.otherHandler);
		assertThat(this.errors).as("Errors logged").isEmpty();
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
			IThrowableProxy cause = event.getThrowableProxy();
			this.errors.add(event.getLoggerName() + ": " + event.getFormattedMessage()
					+ ((cause != null) ? ": " + cause.getClassName() + ": " + cause.getMessage() : ""));
		}
	}

}
