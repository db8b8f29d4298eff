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

package io.nexios.ws.autoconfigure.routing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WSMiddleware;
import io.nexios.ws.WSRoute;
import io.nexios.ws.WebSocket;
import io.nexios.ws.consumer.WebSocketConsumer;
import io.nexios.ws.server.routing.Route;
import io.nexios.ws.server.routing.RouteTable;
import org.aopalliance.intercept.MethodInterceptor;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RouteCollector} with {@link WSRoute @WSRoute} methods.
 *
 * @author Nexios Team
 */
class RouteMethodTests {

	private static final List<String> calls = new ArrayList<>();

	private final WebSocket webSocket = mock(WebSocket.class);

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@BeforeEach
	void forgetCalls() {
		calls.clear();
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void everyPathOfTheMethodIsServed() throws Exception {
		RouteTable routes = collect(Chat.class);
		assertThat(routes.routes()).extracting(Route::path).containsExactly("/chat", "/talk/{id:int}");
		assertThat(routes.routes()).extracting(Route::source)
			.containsOnly("@WSRoute method 'join' of bean 'routeMethodTests.Chat'");
		handle(routes);
		assertThat(calls).containsExactly("new Chat", "join");
	}

	@Test
	void connectionIsPassedOn() throws Exception {
		handle(collect(Passing.class));
		assertThat(this.context.getBean(Passing.class).seen).isSameAs(this.webSocket);
	}

	@Test
	void lazyBeanIsNotCreatedBeforeTheFirstConnection() throws Exception {
		RouteTable routes = collect(LazyConfiguration.class);
		new RouteMethodsCheck(this.context.getBeanFactory(), routes).afterSingletonsInstantiated();
		assertThat(calls).isEmpty();
		handle(routes);
		assertThat(calls).containsExactly("new Chat", "join");
	}

	@Test
	void factoryBeanIsNotCreatedToAskForItsType() {
		// An application context would create it, for its own annotations
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerBeanDefinition("factory", new RootBeanDefinition(RecordingFactoryBean.class));
		new RouteCollector(beanFactory, "", Map.of()).collect();
		assertThat(calls).isEmpty();
	}

	@Test
	void prototypeIsCreatedForEachConnection() throws Exception {
		RouteTable routes = collect(PrototypeConfiguration.class);
		handle(routes);
		handle(routes);
		assertThat(calls).containsExactly("new Chat", "join", "new Chat", "join");
	}

	@Test
	void scopedBeanIsServedOnceThroughItsProxy() throws Exception {
		this.context.getBeanFactory().registerScope("test", new SimpleThreadScope());
		RouteTable routes = collect(ScopedConfiguration.class);
		assertThat(routes.routes()).extracting(Route::source)
			.containsExactly("@WSRoute method 'join' of bean 'scoped'", "@WSRoute method 'join' of bean 'scoped'");
		new RouteMethodsCheck(this.context.getBeanFactory(), routes).afterSingletonsInstantiated();
		handle(routes);
		assertThat(calls).containsExactly("new Chat", "join");
	}

	@Test
	void methodIsCalledThroughAClassProxy() throws Exception {
		RouteTable routes = collect(ClassProxyConfiguration.class);
		assertThat(AopUtils.isCglibProxy(this.context.getBean("proxied"))).isTrue();
		calls.clear();
		handle(routes);
		assertThat(calls).containsExactly("advice", "join");
	}

	@Test
	void methodIsCalledThroughAnInterfaceProxyThatHasIt() throws Exception {
		RouteTable routes = collect(InterfaceProxyConfiguration.class);
		assertThat(AopUtils.isJdkDynamicProxy(this.context.getBean("proxied"))).isTrue();
		assertThatNoException().isThrownBy(
				() -> new RouteMethodsCheck(this.context.getBeanFactory(), routes).afterSingletonsInstantiated());
		handle(routes);
		assertThat(calls).containsExactly("advice", "join");
	}

	@Test
	void interfaceProxyThatDoesNotHaveTheMethodIsRefused() {
		RouteTable routes = collect(HidingProxyConfiguration.class);
		assertThat(AopUtils.isJdkDynamicProxy(this.context.getBean("proxied"))).isTrue();
		assertThatExceptionOfType(FailureAnalyzedException.class)
			.isThrownBy(
					() -> new RouteMethodsCheck(this.context.getBeanFactory(), routes).afterSingletonsInstantiated())
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("'join' of bean 'proxied'", "through the proxy"))
			.satisfies((ex) -> assertThat(ex.analysis().getAction()).contains("declare it in an interface"));
	}

	@ParameterizedTest
	@ValueSource(classes = { FinalMethodConfiguration.class, FinalMethodOfAPrototypeConfiguration.class,
			LazyFinalMethodConfiguration.class, StaticMethodConfiguration.class,
			FinalMethodInScopeConfiguration.class })
	void methodThatTheProxyCannotOverrideIsRefused(Class<?> configuration) {
		this.context.getBeanFactory().registerScope("test", new SimpleThreadScope());
		RouteTable routes = collect(configuration);
		assertThatExceptionOfType(FailureAnalyzedException.class).isThrownBy(() -> check(routes))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("'join' of bean 'proxied'", "cannot override it"))
			.satisfies((ex) -> assertThat(ex.analysis().getAction())
				.contains("protected or public, and remove 'final' and 'static'"));
	}

	@ParameterizedTest
	@ValueSource(classes = { FinalHandlerConfiguration.class, FinalMiddlewareConfiguration.class,
			FinalConsumerConfiguration.class, FinalAnnotatedConsumerConfiguration.class })
	void callbackThatTheProxyCannotOverrideIsRefused(Class<?> configuration) {
		RouteTable routes = collect(configuration);
		assertThatExceptionOfType(FailureAnalyzedException.class).isThrownBy(() -> check(routes))
			.withMessageContaining("of bean 'proxied' is final")
			.withMessageContaining("cannot override it");
		assertThat(calls).isEmpty();
	}

	@Test
	void consumerThatIsProxiedByItsInterfacesIsRefused() {
		RouteTable routes = collect(InterfaceProxyOfAConsumerConfiguration.class);
		assertThatExceptionOfType(FailureAnalyzedException.class).isThrownBy(() -> check(routes))
			.withMessageContaining("'proxied' has a proxy that is not a WebSocketConsumer");
	}

	@Test
	void finalMethodsOfBeansWithoutProxyAreTaken() throws Exception {
		RouteTable routes = collect(WithoutProxyConfiguration.class);
		assertThatNoException().isThrownBy(() -> check(routes));
		calls.clear();
		handle(routes);
		assertThat(calls).containsExactly("join");
	}

	@Test
	void methodsThatAProxyCannotOverrideAreDetected() throws Exception {
		assertThat(ProxyLimits.obstacle(Chat.class.getDeclaredMethod("join", WebSocket.class), Proxied.class)).isNull();
		assertThat(ProxyLimits.obstacle(ArrayList.class.getDeclaredMethod("elementData", int.class), Proxied.class))
			.isEqualTo("not visible to the proxy");
		assertThat(ProxyLimits.obstacle(PrivateMethod.class.getDeclaredMethod("join", WebSocket.class), Proxied.class))
			.isEqualTo("private");
		assertThat(ProxyLimits.obstacle(Joining.class.getDeclaredMethod("join", WebSocket.class), Proxied.class))
			.isNull();
	}

	private void check(RouteTable routes) {
		new RouteMethodsCheck(this.context.getBeanFactory(), routes).afterSingletonsInstantiated();
	}

	@Test
	void methodThatTheDeclaredTypeOfTheBeanHidesIsRefused() {
		RouteTable routes = new RouteTable(List.of(), List.of());
		this.context.register(HidingTypeConfiguration.class);
		this.context.refresh();
		assertThatExceptionOfType(FailureAnalyzedException.class)
			.isThrownBy(
					() -> new RouteMethodsCheck(this.context.getBeanFactory(), routes).afterSingletonsInstantiated())
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("'join' of bean 'hidden'", "not served"))
			.satisfies((ex) -> assertThat(ex.analysis().getAction()).contains(Chat.class.getName()));
	}

	@Test
	void annotationOfTheInterfaceIsTaken() throws Exception {
		handle(collect(Implementation.class));
		assertThat(calls).containsExactly("inherited");
	}

	@Test
	void privateMethodOfABeanWithoutProxyIsCalled() throws Exception {
		handle(collect(PrivateMethod.class));
		assertThat(calls).containsExactly("private");
	}

	@Test
	void exceptionOfTheMethodComesThrough() {
		RouteTable routes = collect(Failing.class);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> handle(routes)).withMessage("own");
	}

	@Test
	void errorOfTheMethodComesThrough() {
		RouteTable routes = collect(FailingBadly.class);
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> handle(routes));
	}

	@ParameterizedTest
	@ValueSource(classes = { NoParameter.class, TwoParameters.class, OtherParameter.class, Returning.class })
	void otherSignatureIsRefused(Class<?> type) {
		assertThatFailure(type)
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("'join'", type.getSimpleName(), "signature"))
			.satisfies((ex) -> assertThat(ex.analysis().getAction()).contains("void join(WebSocket ws)"));
	}

	@Test
	void annotationWithoutPathIsRefused() {
		assertThatFailure(NoPath.class).satisfies((ex) -> assertThat(ex.getMessage()).contains("names no path"));
	}

	@Test
	void annotatedClassThatIsNoConsumerIsRefused() {
		assertThatFailure(AnnotatedClass.class)
			.satisfies((ex) -> assertThat(ex.getMessage()).contains(AnnotatedClass.class.getName(), "not a consumer"))
			.satisfies((ex) -> assertThat(ex.analysis().getAction()).contains("on the method"));
	}

	private ThrowableAssertAlternative<FailureAnalyzedException> assertThatFailure(Class<?> type) {
		return assertThatExceptionOfType(FailureAnalyzedException.class).isThrownBy(() -> collect(type));
	}

	private RouteTable collect(Class<?> type) {
		this.context.register(type);
		this.context.refresh();
		return new RouteCollector(this.context.getBeanFactory(), "", Map.of()).collect();
	}

	private void handle(RouteTable routes) throws Exception {
		routes.routes().get(0).handler().handle(this.webSocket);
	}

	private static BeanNameAutoProxyCreator proxyCreator(boolean proxyTargetClass) {
		BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
		creator.setBeanNames("proxied");
		creator.setInterceptorNames("advice");
		creator.setProxyTargetClass(proxyTargetClass);
		return creator;
	}

	private static MethodInterceptor recordingAdvice() {
		return (invocation) -> {
			if (invocation.getMethod().getName().equals("join")) {
				calls.add("advice");
			}
			return invocation.proceed();
		};
	}

	interface Named {

		default String name() {
			return "name";
		}

	}

	interface Joining {

		void join(WebSocket ws);

	}

	interface Annotated {

		@WSRoute("/inherited")
		void handle(WebSocket ws);

	}

	static class Chat implements Named {

		Chat() {
			calls.add("new Chat");
		}

		@WSRoute({ "/chat", "/talk/{id:int}" })
		void join(WebSocket ws) {
			calls.add("join");
		}

	}

	interface Proxied extends SpringProxy {

	}

	static class FinalChat {

		@WSRoute("/chat")
		final void join(WebSocket ws) {
			calls.add("join");
		}

	}

	static class StaticChat {

		@WSRoute("/chat")
		static void join(WebSocket ws) {
			calls.add("join");
		}

	}

	static class FinalHandler implements WSHandler {

		@Override
		public final void handle(WebSocket ws) {
		}

	}

	static class FinalMiddleware implements WSMiddleware {

		@Override
		public final void handle(WebSocket ws, WSHandler next) {
		}

	}

	static class FinalConsumer extends WebSocketConsumer<String> {

		FinalConsumer() {
			calls.add("new consumer");
		}

		@Override
		protected final void onReceive(WebSocket ws, String text) {
		}

	}

	@WSRoute("/consumer")
	static class FinalAnnotatedConsumer extends WebSocketConsumer<String> {

		FinalAnnotatedConsumer() {
			calls.add("new consumer");
		}

		@Override
		protected final void onConnect(WebSocket ws) {
		}

	}

	@WSRoute("/consumer")
	static class NamedConsumer extends WebSocketConsumer<String> implements Named {

	}

	static class JoiningChat implements Joining {

		@Override
		@WSRoute("/chat")
		public void join(WebSocket ws) {
			calls.add("join");
		}

	}

	static class Implementation implements Annotated {

		@Override
		public void handle(WebSocket ws) {
			calls.add("inherited");
		}

	}

	static class Passing {

		private WebSocket seen;

		@WSRoute("/")
		void join(WebSocket ws) {
			this.seen = ws;
		}

	}

	static class PrivateMethod {

		@WSRoute("/")
		private void join(WebSocket ws) {
			calls.add("private");
		}

	}

	static class Failing {

		@WSRoute("/")
		void join(WebSocket ws) throws IOException {
			throw new IOException("own");
		}

	}

	static class FailingBadly {

		@WSRoute("/")
		void join(WebSocket ws) {
			throw new StackOverflowError();
		}

	}

	static class NoParameter {

		@WSRoute("/")
		void join() {
		}

	}

	static class TwoParameters {

		@WSRoute("/")
		void join(WebSocket ws, String id) {
		}

	}

	static class OtherParameter {

		@WSRoute("/")
		void join(Object ws) {
		}

	}

	static class Returning {

		@WSRoute("/")
		String join(WebSocket ws) {
			return "";
		}

	}

	static class NoPath {

		@WSRoute({})
		void join(WebSocket ws) {
		}

	}

	@WSRoute("/")
	static class AnnotatedClass {

		void join(WebSocket ws) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyConfiguration {

		@Bean
		@Lazy
		Chat lazy() {
			return new Chat();
		}

	}

	@SuppressWarnings("rawtypes")
	static class RecordingFactoryBean implements FactoryBean {

		RecordingFactoryBean() {
			calls.add("new factory");
		}

		@Override
		public Object getObject() {
			return "product";
		}

		@Override
		public Class<?> getObjectType() {
			return String.class;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrototypeConfiguration {

		@Bean
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		Chat prototype() {
			return new Chat();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ScopedConfiguration {

		@Bean
		@Scope(scopeName = "test", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Chat scoped() {
			return new Chat();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClassProxyConfiguration extends AdviceConfiguration {

		@Bean
		static BeanNameAutoProxyCreator proxyCreator() {
			return RouteMethodTests.proxyCreator(true);
		}

		@Bean
		Chat proxied() {
			return new Chat();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InterfaceProxyConfiguration extends AdviceConfiguration {

		@Bean
		static BeanNameAutoProxyCreator proxyCreator() {
			return RouteMethodTests.proxyCreator(false);
		}

		@Bean
		JoiningChat proxied() {
			return new JoiningChat();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HidingProxyConfiguration extends AdviceConfiguration {

		@Bean
		static BeanNameAutoProxyCreator proxyCreator() {
			return RouteMethodTests.proxyCreator(false);
		}

		@Bean
		Chat proxied() {
			return new Chat();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClassProxies extends AdviceConfiguration {

		@Bean
		static BeanNameAutoProxyCreator proxyCreator() {
			return RouteMethodTests.proxyCreator(true);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FinalMethodConfiguration extends ClassProxies {

		@Bean
		FinalChat proxied() {
			return new FinalChat();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FinalMethodOfAPrototypeConfiguration extends ClassProxies {

		@Bean
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		FinalChat proxied() {
			return new FinalChat();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyFinalMethodConfiguration extends ClassProxies {

		@Bean
		@Lazy
		FinalChat proxied() {
			return new FinalChat();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StaticMethodConfiguration extends ClassProxies {

		@Bean
		StaticChat proxied() {
			return new StaticChat();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FinalMethodInScopeConfiguration extends AdviceConfiguration {

		@Bean
		@Scope(scopeName = "test", proxyMode = ScopedProxyMode.TARGET_CLASS)
		FinalChat proxied() {
			return new FinalChat();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FinalHandlerConfiguration extends ClassProxies {

		@Bean
		FinalHandler proxied() {
			return new FinalHandler();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FinalMiddlewareConfiguration extends ClassProxies {

		@Bean
		FinalMiddleware proxied() {
			return new FinalMiddleware();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FinalConsumerConfiguration extends ClassProxies {

		@Bean
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		FinalConsumer proxied() {
			return new FinalConsumer();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FinalAnnotatedConsumerConfiguration extends ClassProxies {

		@Bean
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		FinalAnnotatedConsumer proxied() {
			return new FinalAnnotatedConsumer();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InterfaceProxyOfAConsumerConfiguration extends AdviceConfiguration {

		@Bean
		static BeanNameAutoProxyCreator proxyCreator() {
			return RouteMethodTests.proxyCreator(false);
		}

		@Bean
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		NamedConsumer proxied() {
			return new NamedConsumer();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithoutProxyConfiguration extends AdviceConfiguration {

		@Bean
		FinalChat chat() {
			return new FinalChat();
		}

		@Bean
		FinalHandler handler() {
			return new FinalHandler();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AdviceConfiguration {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		MethodInterceptor advice() {
			return recordingAdvice();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HidingTypeConfiguration {

		@Bean
		Named hidden() {
			return new Chat();
		}

	}

}
