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

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.nexios.ws.WSHandler;
import io.nexios.ws.WSMiddleware;
import io.nexios.ws.WebSocket;
import io.nexios.ws.channel.GroupsUnavailableException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the demo in a real browser. Saves screenshots of the pages, in light mode, in
 * dark mode and on a phone, in {@code target/screenshots}.
 *
 * @author Nexios Team
 */
@ExtendWith(ChromiumCondition.class)
@TestInstance(Lifecycle.PER_CLASS)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "logging.level.org.openqa.selenium=error")
@Import(FailingBroker.class)
class DemoBrowserTests {

	private static final Path target = Path.of("target").toAbsolutePath();

	@LocalServerPort
	private int port;

	@Autowired
	private Connections connections;

	@Autowired
	private FailingBroker broker;

	private ChromeDriver driver;

	private String blank;

	@BeforeAll
	void startBrowser() throws Exception {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(ChromiumCondition.BROWSER.toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage", "--force-prefers-reduced-motion", "--window-size=1280,1000",
				"--user-data-dir=" + Files.createTempDirectory(Files.createDirectories(target), "chromium-"));
		options.setCapability(ChromeOptions.LOGGING_PREFS, Map.of(LogType.BROWSER, "ALL"));
		File executable = ChromiumCondition.DRIVER.toFile();
		this.driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(executable).build(),
				options);
	}

	@AfterAll
	void stopBrowser() {
		if (this.driver != null) {
			this.driver.quit();
		}
	}

	@BeforeEach
	void rememberBlankWindow() {
		this.blank = this.driver.getWindowHandle();
	}

	@AfterEach
	void closeWindows() {
		List<LogEntry> complaints = this.driver.manage().logs().get(LogType.BROWSER).getAll();
		for (String window : this.driver.getWindowHandles()) {
			if (!window.equals(this.blank)) {
				this.driver.switchTo().window(window).close();
			}
		}
		this.driver.switchTo().window(this.blank);
		assertThat(complaints).as("console").isEmpty();
	}

	@Test
	void landingPageIsThere() throws Exception {
		show("");
		capture("index");
		assertThat(this.driver.findElements(By.cssSelector("a.choice"))).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "chat", "dashboard", "notifications" })
	void landingPageLeadsToTheDemos(String demo) {
		show("");
		find("a.choice[href^=" + demo + "]").click();
		awaitConnected();
		assertThat(this.driver.getCurrentUrl()).contains("/" + demo + ".html");
	}

	@Test
	void chatReachesTheOtherTab() throws Exception {
		String ada = showChat("Ada Lovelace", "lobby");
		showChat("Bob", "lobby");
		write("Is <b>anybody</b> here?");
		this.driver.switchTo().window(ada);
		awaitText("#messages", "Is <b>anybody</b> here?");
		write("I am.");
		write("Good morning!");
		awaitText("#messages", "Good morning!");
		assertThat(texts(".bubble")).containsExactly("Is <b>anybody</b> here?", "I am.", "Good morning!");
		assertThat(texts(".message.own .bubble")).containsExactly("I am.", "Good morning!");
		assertThat(find("#text").getDomProperty("value")).isEmpty();
	}

	@Test
	void chatRoomsAreIsolated() {
		String kitchen = showChat("Ada", "kitchen");
		String garden = showChat("Bob", "garden");
		this.driver.switchTo().window(kitchen);
		write("For the kitchen");
		awaitText("#messages", "For the kitchen");
		assertThat(texts("#here .person-name")).containsExactly("Ada");
		this.driver.switchTo().window(garden);
		write("For the garden");
		awaitText("#messages", "For the garden");
		assertThat(texts(".bubble")).containsExactly("For the garden");
		enter("Bob", "kitchen");
		awaitText("#messages", "For the kitchen");
		assertThat(texts(".bubble")).containsExactly("For the kitchen");
		this.driver.switchTo().window(kitchen);
		awaitText("#messages", "Bob joined");
	}

	@Test
	void chatHistoryIsThereAfterReload() {
		showChat("Ada", "library");
		showChat("Bob", "library");
		write("Before");
		write("Also before");
		awaitText("#messages", "Also before");
		this.driver.navigate().refresh();
		awaitConnected();
		awaitText("#messages", "Also before");
		awaitHere("Ada", "Bob");
		assertThat(texts(".message.own .bubble")).containsExactly("Before", "Also before");
	}

	@Test
	void chatShowsOldMessagesOnceAfterReconnect() throws Exception {
		this.connections.clear();
		showChat("Ada", "station");
		write("Still here");
		awaitText("#messages", "Still here");
		this.connections.last().close(1012, "Test");
		this.connections.next();
		awaitConnected();
		awaitHere("Ada");
		write("Back again");
		awaitText("#messages", "Back again");
		assertThat(texts(".message.own .bubble")).containsExactly("Still here", "Back again");
	}

	@Test
	void chatPageWhoseNetworkIsCutMissesNothingAndShowsNothingTwice() throws Exception {
		try (CutNetwork network = new CutNetwork(this.port)) {
			showChat(network.port(), "Ada", "tunnel");
			try (DemoClient bob = new DemoClient(chat("tunnel", "Bob"))) {
				bob.welcome();
				say(bob, 0, 10);
				awaitText("#messages", "Line 9");
				network.cut();
				awaitStatus("waiting", "connecting");
				Instant cut = Instant.now();
				say(bob, 10, 40);
				Awaitility.await()
					.atMost(Duration.ofSeconds(30))
					.pollDelay(Duration.ofSeconds(10))
					.until(() -> Duration.between(cut, Instant.now()).toSeconds() >= 10);
				network.restore(this.port);
				say(bob, 40, 50);
				awaitText("#messages", "Line 49");
			}
			assertThat(texts(".bubble")).isEqualTo(lines(0, 50));
			assertThat(texts(".notice")).noneMatch((notice) -> notice.contains("anew"));
			write("All there");
			awaitText("#messages", "All there");
		}
		forgetComplaints();
	}

	@Test
	void chatPageIsToldThatItStartsAnewAfterARestart() throws Exception {
		try (DemoProcess first = DemoProcess.start(jvm()); CutNetwork network = new CutNetwork(first.port())) {
			showChat(network.port(), "Ada", "harbour");
			write("Before");
			awaitText("#messages", "Before");
			network.cut();
			first.close();
			try (DemoProcess second = DemoProcess.start(jvm())) {
				network.restore(second.port());
				awaitText("#messages", "the room starts anew");
				write("After");
				awaitText("#messages", "After");
				assertThat(texts(".bubble")).containsExactly("After");
			}
		}
		forgetComplaints();
	}

	@Test
	void chatPageIsToldThatItsMessageWasNotSent() {
		showChat("Ada", "island");
		this.broker.failWith(new GroupsUnavailableException("Test", null));
		try {
			write("Anybody out there?");
			awaitText("#messages", "Not sent: “Anybody out there?”");
			assertThat(texts(".bubble")).isEmpty();
		}
		finally {
			this.broker.failWith(null);
		}
	}

	private static List<String> jvm() {
		return List.of("-cp", System.getProperty("java.class.path"));
	}

	private static List<String> lines(int from, int to) {
		return IntStream.range(from, to).mapToObj((number) -> "Line " + number).toList();
	}

	private static void say(DemoClient client, int from, int to) throws Exception {
		for (String line : lines(from, to)) {
			client.send("{\"type\": \"message\", \"text\": \"%s\"}".formatted(line));
		}
	}

	private URI chat(String room, String name) {
		return URI.create("ws://localhost:" + this.port + "/ws/chat/" + room + "?name=" + name);
	}

	private void awaitStatus(String... states) {
		await().until((browser) -> List.of(states).contains(find("#status").getDomAttribute("data-state")));
	}

	// The browser complains about the cut itself
	private void forgetComplaints() {
		this.driver.manage().logs().get(LogType.BROWSER);
	}

	@Test
	void chatShowsWhoIsHere() {
		String ada = showChat("Ada", "porch");
		awaitHere("Ada");
		showChat("Bob", "porch");
		awaitHere("Ada", "Bob");
		String bob = this.driver.getWindowHandle();
		this.driver.switchTo().window(ada);
		awaitHere("Bob", "Ada");
		assertThat(texts("#here button .person-name")).containsExactly("Bob");
		this.driver.switchTo().window(bob).close();
		this.driver.switchTo().window(ada);
		awaitHere("Ada");
		awaitText("#messages", "Bob left");
	}

	@Test
	void chatTypingNoticeIsSeenByTheOthersOnly() {
		String ada = showChat("Ada", "office");
		recordTyping();
		String bob = showChat("Bob", "office");
		recordTyping();
		this.driver.switchTo().window(ada);
		type("#text", "I have been thinking");
		this.driver.switchTo().window(bob);
		await().until((browser) -> typingSeen().contains("Ada is typing…"));
		this.driver.switchTo().window(ada);
		find("#send").click();
		awaitText("#messages", "I have been thinking");
		assertThat(typingSeen()).isEmpty();
		this.driver.switchTo().window(bob);
		awaitText("#messages", "I have been thinking");
		assertThat(find("#typing").getText()).isEmpty();
	}

	@Test
	void chatPrivateMessageIsSeenByItsReceiverOnly() throws Exception {
		String carol = showChat("Carol", "salon");
		String bob = showChat("Bob", "salon");
		String ada = showChat("Ada Lovelace", "salon");
		awaitHere("Bob", "Carol", "Ada Lovelace");
		this.driver.switchTo().window(carol);
		write("Shall we begin?");
		this.driver.switchTo().window(ada);
		awaitText("#messages", "Shall we begin?");
		write("Yes, let us.");
		person("Bob").click();
		write("Is <i>she</i> always early?");
		awaitText(".message.own.private", "Is <i>she</i> always early?");
		awaitText(".message.own.private", "Only to Bob");
		this.driver.switchTo().window(bob);
		awaitText(".message.private", "Is <i>she</i> always early?");
		awaitText(".message.private", "Only to you");
		person("Ada Lovelace").click();
		write("Always.");
		this.driver.switchTo().window(ada);
		awaitText("#messages", "Always.");
		capture("chat");
		find("#everyone").click();
		write("Bob agrees.");
		this.driver.switchTo().window(carol);
		awaitText("#messages", "Bob agrees.");
		assertThat(texts(".bubble")).containsExactly("Shall we begin?", "Yes, let us.", "Bob agrees.");
	}

	@Test
	void chatPrivateMessageDoesNotGoToEveryoneWhenItsReceiverHasLeft() {
		String ada = showChat("Ada", "cabin");
		String bob = showChat("Bob", "cabin");
		this.driver.switchTo().window(ada);
		awaitHere("Bob", "Ada");
		person("Bob").click();
		type("#text", "For Bob");
		this.driver.switchTo().window(bob).close();
		this.driver.switchTo().window(ada);
		awaitText("#recipient", "Bob is not here any more");
		assertThat(find("#send").isEnabled()).isFalse();
		find("#everyone").click();
		assertThat(find("#send").isEnabled()).isTrue();
		assertThat(texts(".bubble")).isEmpty();
	}

	@Test
	void dashboardMoves() throws Exception {
		show("dashboard.html");
		awaitConnected();
		WebElement heap = find("#heap");
		await().until((browser) -> points(heap) >= 2);
		String line = line(heap);
		await().until((browser) -> !line(heap).equals(line));
		assertThat(find("#heap .value").getText()).matches("\\d+ MB");
		assertThat(find("#threads .value").getText()).matches("\\d+");
		assertThat(find("#cpu .value").getText()).matches("[\\d.]+ %|not available");
		awaitText("#connections .value", "1");
		String dashboard = this.driver.getWindowHandle();
		show("notifications.html");
		awaitConnected();
		this.driver.switchTo().window(dashboard);
		awaitText("#connections .value", "2");
		capture("dashboard");
	}

	@Test
	void notificationReachesTheOtherPage() throws Exception {
		String first = showNotifications();
		String second = showNotifications();
		notifyEveryone("The backup has finished");
		this.driver.switchTo().window(first);
		awaitText("#toasts", "The backup has finished");
		notifyEveryone("Version 2.4 is <i>live</i>");
		this.driver.switchTo().window(second);
		awaitText("#toasts", "Version 2.4 is <i>live</i>");
		assertThat(texts(".toast p")).containsExactly("Version 2.4 is <i>live</i>", "The backup has finished");
		capture("notifications");
		find("#clear").click();
		assertThat(find("#empty").isDisplayed()).isTrue();
	}

	@Test
	void pageReconnectsByItself() throws Exception {
		this.connections.clear();
		showNotifications();
		this.connections.next().close(1012, "Test");
		this.connections.next();
		awaitConnected();
		notifyEveryone("Back again");
		awaitText("#toasts", "Back again");
	}

	private String show(String page) {
		return show(this.port, page);
	}

	private String show(int port, String page) {
		this.driver.switchTo().newWindow(WindowType.TAB);
		this.driver.get(URI.create("http://localhost:" + port + "/" + page).toString());
		return this.driver.getWindowHandle();
	}

	private String showChat(String name, String room) {
		return showChat(this.port, name, room);
	}

	private String showChat(int port, String name, String room) {
		String window = show(port, "chat.html");
		awaitConnected();
		enter(name, room);
		return window;
	}

	private void enter(String name, String room) {
		type("#name", name);
		type("#room", room);
		find("#entry button").click();
		awaitText("#title", room);
		awaitText("#here", name);
	}

	private void awaitHere(String... names) {
		await().until((browser) -> texts("#here .person-name").equals(List.of(names)));
	}

	private WebElement person(String name) {
		return this.driver.findElement(By.xpath("//*[@id='here']//button[contains(., '%s')]".formatted(name)));
	}

	private List<String> texts(String selector) {
		return strings(
				"return [...document.querySelectorAll('%s')].map((found) => found.textContent)".formatted(selector));
	}

	private void recordTyping() {
		this.driver.executeScript("""
				const typing = document.getElementById("typing");
				window.typingSeen = [];
				new MutationObserver(() => typingSeen.push(typing.textContent)).observe(typing, { childList: true });
				""");
	}

	private List<String> typingSeen() {
		return strings("return typingSeen.filter((text) => text)");
	}

	private List<String> strings(String script) {
		return ((List<?>) this.driver.executeScript(script)).stream().map(String::valueOf).toList();
	}

	private void write(String text) {
		type("#text", text);
		find("#send").click();
	}

	private String showNotifications() {
		String window = show("notifications.html");
		awaitConnected();
		return window;
	}

	private void notifyEveryone(String text) {
		type("#text", text);
		find("#post button").click();
	}

	private void type(String field, String text) {
		WebElement element = find(field);
		element.clear();
		element.sendKeys(text);
	}

	private int points(WebElement chart) {
		String points = chart.getDomAttribute("data-points");
		return (points != null) ? Integer.parseInt(points) : 0;
	}

	private String line(WebElement chart) {
		return chart.findElement(By.cssSelector(".line")).getDomAttribute("d");
	}

	private WebElement find(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	private void awaitConnected() {
		await().until(ExpectedConditions.domAttributeToBe(find("#status"), "data-state", "open"));
	}

	private void awaitText(String selector, String text) {
		await().until(ExpectedConditions.textToBePresentInElementLocated(By.cssSelector(selector), text));
	}

	private WebDriverWait await() {
		return new WebDriverWait(this.driver, Duration.ofSeconds(60));
	}

	private void capture(String page) throws Exception {
		screenshot(page);
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
		screenshot(page + "-dark");
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
		assertThat(this.driver.executeScript("return document.documentElement.scrollWidth")).isEqualTo(360L);
		screenshot(page + "-phone");
		this.driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
	}

	private void screenshot(String name) throws Exception {
		Path directory = Files.createDirectories(target.resolve("screenshots"));
		Files.write(directory.resolve(name + ".png"), this.driver.getScreenshotAs(OutputType.BYTES));
	}

	/**
	 * Gives a test access to the server's side of the connection of a page.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	static class Connections implements WSMiddleware {

		private final BlockingQueue<WebSocket> opened = new LinkedBlockingQueue<>();

		@Override
		public void handle(WebSocket ws, WSHandler next) throws Exception {
			this.opened.add(ws);
			next.handle(ws);
		}

		void clear() {
			this.opened.clear();
		}

		WebSocket last() {
			List<WebSocket> all = new ArrayList<>();
			this.opened.drainTo(all);
			return all.get(all.size() - 1);
		}

		WebSocket next() throws Exception {
			WebSocket ws = this.opened.poll(60, TimeUnit.SECONDS);
			assertThat(ws).as("connection within 60 seconds").isNotNull();
			return ws;
		}

	}

}
