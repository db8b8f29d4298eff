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

package io.nexios.ws.architecture;

import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import io.nexios.ws.docs.SourceTree;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the list of auto-configurations that Spring Boot reads with the existing
 * classes.
 *
 * @author Nexios Team
 */
class AutoConfigurationImportsTests {

	private static final String LOCATION = "META-INF/spring/" + AutoConfiguration.class.getName() + ".imports";

	@Test
	void importsAreTheAutoConfigurationsInAlphabeticalOrder() {
		List<String> imports = SourceTree.read(SourceTree.mainClasses().resolve(LOCATION))
			.lines()
			.filter((line) -> !line.isBlank() && !line.startsWith("#"))
			.toList();
		List<String> autoConfigurations = MainClasses.ALL.stream()
			.filter((candidate) -> candidate.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getName)
			.sorted()
			.toList();
		assertThat(imports).isNotEmpty().isEqualTo(autoConfigurations);
	}

}
