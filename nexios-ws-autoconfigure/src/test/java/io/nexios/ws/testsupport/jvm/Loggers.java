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

package io.nexios.ws.testsupport.jvm;

import java.util.HashSet;
import java.util.Set;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/**
 * The levels that loggers have, their appenders, and the filters of all.
 *
 * @author Nexios Team
 */
final class Loggers implements SharedState {

	@Override
	public Set<String> items() {
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		Set<String> items = new HashSet<>();
		context.getLoggerList().forEach((logger) -> addItems(items, logger));
		context.getTurboFilterList().forEach((filter) -> items.add("filter of all loggers " + filter));
		return items;
	}

	private static void addItems(Set<String> items, Logger logger) {
		if (logger.getLevel() != null) {
			items.add("logger " + logger.getName() + "=" + logger.getLevel());
		}
		logger.iteratorForAppenders()
			.forEachRemaining((appender) -> items
				.add("appender " + appender.getName() + " of " + logger.getName() + ", " + appender.getClass()));
	}

}
