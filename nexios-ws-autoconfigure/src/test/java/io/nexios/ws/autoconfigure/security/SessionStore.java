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

package io.nexios.ws.autoconfigure.security;

import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationEventPublisherAware;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;

/**
 * Where Spring Session keeps sessions.
 *
 * @author Nexios Team
 */
enum SessionStore {

	MAP(InMap.class),

	JDBC(InDatabase.class),

	TELLING(Telling.class);

	private final Class<?> configuration;

	SessionStore(Class<?> configuration) {
		this.configuration = configuration;
	}

	Class<?> configuration() {
		return this.configuration;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableSpringHttpSession
	static class InMap {

		@Bean
		MapSessionRepository sessionRepository() {
			return new MapSessionRepository(new ConcurrentHashMap<>());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableJdbcHttpSession
	static class InDatabase {

		@Bean
		EmbeddedDatabase dataSource() {
			return new EmbeddedDatabaseBuilder().setType(EmbeddedDatabaseType.H2)
				.generateUniqueName(true)
				.addScript("org/springframework/session/jdbc/schema-h2.sql")
				.build();
		}

		@Bean
		DataSourceTransactionManager transactionManager(DataSource dataSource) {
			return new DataSourceTransactionManager(dataSource);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableSpringHttpSession
	static class Telling {

		@Bean
		TellingRepository sessionRepository() {
			return new TellingRepository();
		}

	}

	/**
	 * Publishes events as the repository for Redis does.
	 */
	static final class TellingRepository extends MapSessionRepository implements ApplicationEventPublisherAware {

		private @Nullable ApplicationEventPublisher events;

		TellingRepository() {
			super(new ConcurrentHashMap<>());
		}

		@Override
		public void setApplicationEventPublisher(ApplicationEventPublisher events) {
			this.events = events;
		}

		@Override
		public void deleteById(String id) {
			MapSession session = findById(id);
			super.deleteById(id);
			if (session != null) {
				this.events.publishEvent(new SessionDeletedEvent(this, session));
			}
		}

	}

}
