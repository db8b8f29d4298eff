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

import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that only the rooms inside Tomcat use what is private in other libraries.
 *
 * @author Nexios Team
 */
class PrivateAccessTests {

	/**
	 * Methods that open what is private, wherever they are declared.
	 */
	private static final Set<String> OPENING = Set.of("setAccessible", "trySetAccessible", "privateLookupIn",
			"makeAccessible", "accessibleConstructor", "instantiateClass");

	/**
	 * The methods of {@link ReflectionUtils} that open nothing.
	 */
	private static final Set<String> HARMLESS = Set.of("getAllDeclaredMethods", "rethrowException");

	private static final JavaClasses classes = MainClasses.ALL.that(DescribedPredicate
		.not(JavaClass.Predicates.resideInAnyPackage(ArchitectureTests.roomsInsideTomcat().toArray(String[]::new))));

	@Test
	void onlyTheRoomsInsideTomcatUsePrivateFields() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat(JavaClass.Predicates
				.belongToAnyOf(Field.class, VarHandle.class, DirectFieldAccessor.class, PropertyAccessorFactory.class)
				.or(JavaClass.Predicates.resideInAnyPackage("sun..", "jdk.internal..")))
			.check(classes);
	}

	@Test
	void onlyMethodsOfTheApplicationAreOpened() {
		List<String> opening = classes.stream()
			.filter((candidate) -> candidate.getAccessesFromSelf()
				.stream()
				.anyMatch((access) -> opens(access.getTarget())))
			.map(JavaClass::getName)
			.toList();
		assertThat(opening).containsExactly("io.nexios.ws.autoconfigure.routing.BeanMethodHandler");
	}

	private static boolean opens(AccessTarget target) {
		boolean mayOpen = target.getOwner().isEquivalentTo(ReflectionUtils.class);
		return OPENING.contains(target.getName()) || (mayOpen && !HARMLESS.contains(target.getName()));
	}

}
