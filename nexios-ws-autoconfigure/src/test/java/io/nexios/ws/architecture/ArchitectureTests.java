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

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.nexios.ws.WebSocket;
import io.nexios.ws.WebSocketDecorator;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the allowed dependencies between packages of the main code, and the rules of
 * Spring Boot's own build.
 *
 * @author Nexios Team
 */
class ArchitectureTests {

	private static final String ROOT = "io.nexios.ws";

	private static final JavaClasses classes = MainClasses.ALL;

	static Stream<String> packages() {
		return classes.stream().map(JavaClass::getPackageName).distinct().sorted();
	}

	static Stream<String> packagesBelowAutoConfiguration() {
		return packages().filter((name) -> !name.startsWith(ROOT + ".autoconfigure"));
	}

	@ParameterizedTest
	@MethodSource("packagesBelowAutoConfiguration")
	void packageImportsOnlyWhatItsDirectionsAllow(String packageName) {
		String own = PackageDirections.ALLOWED.keySet()
			.stream()
			.filter((name) -> JavaClass.Predicates.resideInAPackage(ROOT + name).test(classIn(packageName)))
			.findFirst()
			.orElseThrow(() -> new AssertionError("Package " + packageName + " has no place in the directions"));
		String[] allowed = PackageDirections.with(PackageDirections.ALLOWED.get(own), own)
			.stream()
			.map(ROOT::concat)
			.toArray(String[]::new);
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(packageName)
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage(ROOT + "..")
				.and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed))))
			.check(classes);
	}

	private static JavaClass classIn(String packageName) {
		return classes.stream()
			.filter((candidate) -> candidate.getPackageName().equals(packageName))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void directionsNamePackagesThatExist() {
		assertThat(PackageDirections.ALLOWED)
			.allSatisfy((name, allowed) -> assertThat(PackageDirections.with(allowed, name)).map(ROOT::concat)
				.isSubsetOf(packages().toList()));
	}

	@Test
	void packagesAreFreeOfCycles() {
		SlicesRuleDefinition.slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(classes);
	}

	@Test
	void onlyRedisObservationActuateAndAutoConfigurationImportTheServer() {
		assertThatOnly(ROOT + ".server..", ROOT + ".broker.redis..", ROOT + ".observation", ROOT + ".actuate",
				ROOT + ".autoconfigure..")
			.imports(ROOT + ".server..");
	}

	@Test
	void onlyTheServerExtendsTheInternalsOfOtherPackages() {
		assertThat(internals()).extracting(JavaClass::getName)
			.containsExactlyInAnyOrder(ROOT + ".RouterInternals", ROOT + ".channel.ChannelInternals",
					ROOT + ".consumer.ConsumerInternals");
		assertThat(internals()).flatMap(JavaClass::getAllSubclasses)
			.isNotEmpty()
			.allMatch(JavaClass.Predicates.resideInAPackage(ROOT + ".server..")::test, "belongs to the server");
	}

	@Test
	void internalsHaveNoPublicMembers() {
		assertThat(internals())
			.allMatch((candidate) -> candidate.getModifiers().contains(JavaModifier.ABSTRACT), "is abstract")
			.flatMap(JavaClass::getMembers)
			.noneMatch(ArchitectureTests::isPublic);
	}

	private static List<JavaClass> internals() {
		return classes.stream().filter((candidate) -> candidate.getSimpleName().endsWith("Internals")).toList();
	}

	@Test
	void decoratorDelegatesWhatIsAbstractAndInheritsTheRest() {
		assertThat(signatures(WebSocket.class, (method) -> Modifier.isAbstract(method.getModifiers())))
			.containsExactlyInAnyOrder("id()", "accept(Consumer)", "reject(ResponseEntity)", "requestedSubprotocols()",
					"receive()", "receive(Duration)", "json()", "send(WSMessage)", "ping()", "close(int, String)",
					"closed()", "clientState()", "applicationState()", "uri()", "path()", "headers()", "queryParams()",
					"pathParam(String)", "pathParams()", "principal()", "remoteAddress()", "subprotocol()",
					"attributes()", "unwrap(Class)");
		assertThat(signatures(WebSocketDecorator.class, (method) -> !method.isSynthetic()))
			.isEqualTo(signatures(WebSocket.class, (method) -> Modifier.isAbstract(method.getModifiers())));
		assertThat(Modifier.isFinal(WebSocketDecorator.class.getModifiers())).isFalse();
	}

	private static Set<String> signatures(Class<?> type, Predicate<Method> filter) {
		return Arrays.stream(type.getDeclaredMethods())
			.filter(filter)
			.map((method) -> method.getName() + Arrays.stream(method.getParameterTypes())
				.map(Class::getSimpleName)
				.collect(Collectors.joining(", ", "(", ")")))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	@Test
	void onlyAutoConfigurationKnowsAutoConfiguration() {
		assertThatOnly(ROOT + ".autoconfigure..").imports(ROOT + ".autoconfigure..");
	}

	@Test
	void onlyAutoConfigurationAndActuateImportSpringBoot() {
		assertThatOnly(ROOT + ".autoconfigure..", ROOT + ".actuate..").imports("org.springframework.boot..");
	}

	@Test
	void onlyTheTomcatTransportImportsTomcat() {
		assertThatOnly(ROOT + ".server.tomcat..").imports("org.apache.tomcat..", "org.apache.catalina..",
				"org.apache.coyote..");
	}

	@ParameterizedTest
	@MethodSource("roomsInsideTomcat")
	void onlyOneClassKnowsARoomInsideTomcat(String room) {
		assertThat(classes.stream()
			.filter((candidate) -> !candidate.getPackageName().equals(room))
			.filter((candidate) -> candidate.getDirectDependenciesFromSelf()
				.stream()
				.anyMatch((dependency) -> dependency.getTargetClass().getPackageName().equals(room)))
			.map((candidate) -> candidate.getName().replaceAll("[$].*", ""))
			.distinct()).containsExactly(ROOT + ".autoconfigure.tomcat.NexiosWsTomcatAutoConfiguration");
	}

	static Stream<String> roomsInsideTomcat() {
		return Stream.of(ROOT + ".server.tomcat.readahead", ROOT + ".server.tomcat.internal");
	}

	/**
	 * Groups and brokers take the time and the timers from a
	 * {@link io.nexios.ws.spi.TimeSource}, so that a test can control them.
	 */
	@Test
	void groupsAndBrokersTakeTheTimeFromTheirSource() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAnyPackage(ROOT + ".broker..", ROOT + ".server.group..")
			.should()
			.callMethodWhere(new DescribedPredicate<JavaMethodCall>("take the time from elsewhere") {
				@Override
				public boolean test(JavaMethodCall call) {
					return isTime(call.getTargetOwner().getName(), call.getName(),
							call.getTarget().getRawParameterTypes().size());
				}
			})
			.orShould()
			.dependOnClassesThat()
			.belongToAnyOf(ScheduledExecutorService.class, Clock.class, Timer.class)
			.check(classes);
	}

	private static boolean isTime(String owner, String method, int parameters) {
		return switch (owner) {
			case "java.lang.System" -> method.equals("nanoTime") || method.equals("currentTimeMillis");
			case "java.lang.Thread" -> method.equals("sleep") || (method.equals("join") && parameters > 0);
			case "java.util.concurrent.CompletableFuture" ->
				Set.of("orTimeout", "completeOnTimeout", "delayedExecutor").contains(method)
						|| (method.equals("get") && parameters > 0);
			case "java.util.concurrent.locks.LockSupport" -> Set.of("parkNanos", "parkUntil").contains(method);
			case "io.nexios.ws.server.thread.ServerThreads" -> method.startsWith("schedule");
			default -> (owner.startsWith("java.time.") && method.equals("now"))
					|| (owner.startsWith("java.util.concurrent.") && parameters == 2
							&& Set.of("await", "tryAcquire", "tryLock", "poll", "offer").contains(method));
		};
	}

	@Test
	void onlyTheJettyTransportImportsJetty() {
		assertThatOnly(ROOT + ".server.jetty").imports("org.eclipse.jetty..");
	}

	@Test
	void onlyTheRateLimitsImportBucket4j() {
		assertThatOnly(ROOT + ".server.limit").imports("io.github.bucket4j..");
	}

	@Test
	void onlyObservationImportsMicrometer() {
		assertThatOnly(ROOT + ".observation", ROOT + ".autoconfigure.observation").imports("io.micrometer..");
	}

	@Test
	void onlyTwoPackagesImportLettuce() {
		assertThatOnly(ROOT + ".broker.redis.lettuce", ROOT + ".autoconfigure.redis").imports("io.lettuce..");
	}

	@Test
	void onlyAutoConfigurationImportsSpringDataRedis() {
		assertThatOnly(ROOT + ".autoconfigure.redis").imports("org.springframework.data.redis..");
	}

	/**
	 * Also check that each of the packages imports it. A misspelt name matches nothing,
	 * so the rule would let everything pass.
	 */
	private static Importers assertThatOnly(String... packages) {
		return (imported) -> {
			assertThat(packages).allMatch((name) -> anyImports(name, imported), "imports one of them");
			assertThat(imported).allMatch((name) -> anyImports(ROOT + "..", name), "is imported");
			ArchRuleDefinition.noClasses()
				.that()
				.resideOutsideOfPackages(packages)
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(imported)
				.check(classes);
		};
	}

	private static boolean anyImports(String packageName, String... imported) {
		return classes.that(JavaClass.Predicates.resideInAPackage(packageName))
			.stream()
			.flatMap((candidate) -> candidate.getDirectDependenciesFromSelf().stream())
			.map(Dependency::getTargetClass)
			.anyMatch(JavaClass.Predicates.resideInAnyPackage(imported));
	}

	@ParameterizedTest
	@MethodSource("packages")
	void packageIsNullMarked(String packageName) {
		assertThat(classes.getPackage(packageName).isAnnotatedWith(NullMarked.class))
			.as("%s has a package-info with @NullMarked", packageName)
			.isTrue();
	}

	@Test
	void autoConfigurationsAreFoundWhereTheyBelong() {
		Stream<String> packages = autoConfigurations().stream().map(JavaClass::getPackageName);
		assertThat(packages).allMatch((name) -> name.startsWith(ROOT + ".autoconfigure"));
	}

	@Test
	void autoConfigurationsAreNamedSo() {
		List<JavaClass> named = classes.stream()
			.filter((candidate) -> candidate.getSimpleName().endsWith("AutoConfiguration"))
			.toList();
		assertThat(named).containsExactlyInAnyOrderElementsOf(autoConfigurations());
	}

	@Test
	void autoConfigurationsArePublicAndFinal() {
		assertThat(autoConfigurations()).allMatch(ArchitectureTests::isPublic, "is public")
			.allMatch((candidate) -> candidate.getModifiers().contains(JavaModifier.FINAL), "is final");
	}

	@Test
	void autoConfigurationsHaveNoPublicMembers() {
		assertThat(autoConfigurations()).flatMap(JavaClass::getMembers)
			.filteredOn((member) -> !isDefaultConstructor(member) && !isOverride(member))
			.noneMatch(ArchitectureTests::isPublic);
		assertThat(autoConfigurations()).allSatisfy((outer) -> assertThat(classes)
			.filteredOn((nested) -> nested.getEnclosingClass().filter(outer::equals).isPresent())
			.noneMatch(ArchitectureTests::isPublic));
	}

	@Test
	void postProcessorBeansAreStatic() {
		assertThat(beanMethods())
			.filteredOn((method) -> method.getRawReturnType().isAssignableTo(BeanPostProcessor.class)
					|| method.getRawReturnType().isAssignableTo(BeanFactoryPostProcessor.class))
			.isNotEmpty()
			.allMatch((method) -> method.getModifiers().contains(JavaModifier.STATIC), "is static");
	}

	@Test
	void beansAreNotOfPrivateTypes() {
		assertThat(beanMethods()).noneMatch(
				(method) -> method.getRawReturnType().getModifiers().contains(JavaModifier.PRIVATE),
				"returns a private type");
	}

	@Test
	void beanMethodsDoNotDependOnAnOptionalClass() {
		assertThat(beanMethods()).noneMatch((method) -> method.isAnnotatedWith(ConditionalOnClass.class),
				"is annotated with @ConditionalOnClass, which belongs on a nested configuration");
	}

	@Test
	void missingBeanConditionsDoNotRepeatTheReturnType() {
		assertThat(beanMethods()).filteredOn((method) -> method.isAnnotatedWith(ConditionalOnMissingBean.class))
			.isNotEmpty()
			.noneMatch(ArchitectureTests::repeatsReturnType, "repeats its return type in @ConditionalOnMissingBean");
	}

	private static boolean repeatsReturnType(JavaMethod method) {
		Object types = method.getAnnotationOfType(ConditionalOnMissingBean.class.getName()).get("value").orElseThrow();
		return types instanceof JavaClass[] named && named.length == 1 && named[0].equals(method.getRawReturnType());
	}

	@Test
	void configurationPropertiesNameTheirPrefixByValue() {
		Stream<JavaAnnotation<?>> annotations = Stream.concat(
				classes.stream().flatMap((candidate) -> candidate.getAnnotations().stream()),
				beanMethods().stream().flatMap((method) -> method.getAnnotations().stream()));
		assertThat(annotations)
			.filteredOn((annotation) -> annotation.getRawType().isEquivalentTo(ConfigurationProperties.class))
			.isNotEmpty()
			.noneMatch((annotation) -> annotation.hasExplicitlyDeclaredProperty("prefix"));
	}

	@Test
	void conditionsAreNotPublic() {
		assertThat(classes)
			.filteredOn((candidate) -> candidate.isAssignableTo(SpringBootCondition.class)
					&& !candidate.getModifiers().contains(JavaModifier.ABSTRACT))
			.isNotEmpty()
			.noneMatch(ArchitectureTests::isPublic);
	}

	private static List<JavaClass> autoConfigurations() {
		List<JavaClass> found = classes.stream()
			.filter((candidate) -> candidate.isAnnotatedWith(AutoConfiguration.class))
			.toList();
		assertThat(found).as("auto-configurations").isNotEmpty();
		return found;
	}

	private static List<JavaMethod> beanMethods() {
		List<JavaMethod> found = classes.stream()
			.flatMap((candidate) -> candidate.getMethods().stream())
			.filter((method) -> method.isAnnotatedWith(Bean.class))
			.toList();
		assertThat(found).as("methods of beans").isNotEmpty();
		return found;
	}

	private static boolean isPublic(HasModifiers candidate) {
		return candidate.getModifiers().contains(JavaModifier.PUBLIC);
	}

	private static boolean isDefaultConstructor(JavaMember member) {
		return member instanceof JavaCodeUnit unit && unit.isConstructor() && unit.getRawParameterTypes().isEmpty();
	}

	private static boolean isOverride(JavaMember member) {
		Predicate<JavaClass> declares = (type) -> member instanceof JavaMethod method
				&& type.tryGetMethod(method.getName(), parameters(method)).isPresent();
		return Stream
			.concat(member.getOwner().getAllRawSuperclasses().stream(),
					member.getOwner().getAllRawInterfaces().stream())
			.anyMatch(declares);
	}

	private static String[] parameters(JavaMethod method) {
		return method.getRawParameterTypes().stream().map(HasName::getName).toArray(String[]::new);
	}

	/**
	 * The second half of a rule about who may import what.
	 */
	@FunctionalInterface
	private interface Importers {

		void imports(String... imported);

	}

	/**
	 * Makes each package a slice of its own.
	 */
	private static final class ByPackage implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass candidate) {
			return candidate.getPackageName().startsWith(ROOT) ? SliceIdentifier.of(candidate.getPackageName())
					: SliceIdentifier.ignore();
		}

		@Override
		public String getDescription() {
			return "packages";
		}

	}

}
