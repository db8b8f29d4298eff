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

package io.nexios.ws.demo;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.channel.GroupsUnavailableException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Lets the broker of the groups refuse messages while a test says so.
 *
 * @author Nexios Team
 */
class FailingBroker implements BeanPostProcessor {

	private volatile @Nullable GroupsUnavailableException failure;

	/**
	 * Let messages fail, or be sent again.
	 * @param failure the failure, or {@code null} if messages are sent
	 */
	void failWith(@Nullable GroupsUnavailableException failure) {
		this.failure = failure;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (bean instanceof GroupBroker broker) ? wrap(broker) : bean;
	}

	private GroupBroker wrap(GroupBroker broker) {
		return (GroupBroker) Proxy.newProxyInstance(GroupBroker.class.getClassLoader(),
				new Class<?>[] { GroupBroker.class }, (proxy, method, arguments) -> {
					GroupsUnavailableException failure = this.failure;
					if (failure != null && method.getName().equals("publish")) {
						return CompletableFuture.failedStage(failure);
					}
					try {
						return method.invoke(broker, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

}
