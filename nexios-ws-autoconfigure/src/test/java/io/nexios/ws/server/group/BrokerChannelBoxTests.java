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

package io.nexios.ws.server.group;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.nexios.ws.broker.GroupBroker;
import io.nexios.ws.channel.Channel;
import io.nexios.ws.channel.ChannelAddStatus;
import io.nexios.ws.channel.ChannelRemoveStatus;
import io.nexios.ws.channel.GroupJoinedEvent;
import io.nexios.ws.channel.GroupLeftEvent;
import io.nexios.ws.channel.GroupMessage;
import io.nexios.ws.channel.GroupSendStatus;
import io.nexios.ws.channel.PayloadType;
import io.nexios.ws.channel.SendOptions;
import io.nexios.ws.server.handler.LocalConnection;
import io.nexios.ws.server.handler.LocalServer;
import io.nexios.ws.spi.ManualTimeSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Groups, in all that does not need a network.
 *
 * @author Nexios Team
 */
class BrokerChannelBoxTests {

	private static final byte[] BYTES = { 0, -1, 65 };

	private final AtomicInteger serialisations = new AtomicInteger();

	private final GroupBroker broker = broker();

	private final LocalServer server = new LocalServer(this.broker, countingMapper(), null);

	private final BrokerChannelBox box = this.server.box();

	GroupBroker broker() {
		return LocalServer.broker(100);
	}

	private JsonMapper countingMapper() {
		SimpleModule module = new SimpleModule();
		module.addSerializer(Point.class, new CountingSerializer());
		return JsonMapper.builder().addModule(module).build();
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.broker.close();
	}

	// Members

	@Test
	void statusesTellWhatCameOfJoiningAndLeaving() {
		Channel first = Channel.of(this.server.connect().ws());
		Channel second = Channel.of(this.server.connect().ws());
		assertThat(this.box.removeChannelFromGroup(first, "g")).isEqualTo(ChannelRemoveStatus.GROUP_DOES_NOT_EXIST);
		assertThat(this.box.addChannelToGroup(first, "g")).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		assertThat(this.box.addChannelToGroup(first, "g")).isEqualTo(ChannelAddStatus.CHANNEL_EXIST);
		assertThat(this.box.joinWithHistory(first, "g")).isEqualTo(ChannelAddStatus.CHANNEL_EXIST);
		assertThat(this.box.removeChannelFromGroup(second, "g")).isEqualTo(ChannelRemoveStatus.CHANNEL_DOES_NOT_EXIST);
		assertThat(this.box.joinWithHistory(second, "g")).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		assertThat(this.box.removeChannelFromGroup(first, "g")).isEqualTo(ChannelRemoveStatus.CHANNEL_REMOVED);
		assertThat(this.box.removeChannelFromGroup(second, "g")).isEqualTo(ChannelRemoveStatus.GROUP_REMOVED);
		assertThat(this.box.removeChannelFromGroup(second, "g")).isEqualTo(ChannelRemoveStatus.GROUP_DOES_NOT_EXIST);
	}

	@Test
	void groupsOfOneConnectionAreLimited() {
		LocalConnection local = this.server.connect();
		Channel channel = Channel.of(local.ws());
		Channel other = Channel.builder(local.ws()).build();
		for (int i = 0; i < LocalServer.MAX_GROUPS; i++) {
			assertThat(this.box.addChannelToGroup((i % 2 == 0) ? channel : other, "g" + i))
				.isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		}
		assertThat(this.box.addChannelToGroup(channel, "more")).isEqualTo(ChannelAddStatus.LIMIT_REACHED);
		assertThat(this.box.addChannelToGroup(channel, "g0")).isEqualTo(ChannelAddStatus.CHANNEL_EXIST);
		assertThat(this.box.showGroups()).doesNotContainKey("more");
		this.box.removeChannelFromGroup(channel, "g0");
		assertThat(this.box.addChannelToGroup(channel, "more")).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		Channel ofAnother = Channel.of(this.server.connect().ws());
		assertThat(this.box.addChannelToGroup(ofAnother, "more")).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
	}

	@Test
	void connectionThatHasEndedCannotJoin() {
		LocalConnection vanished = this.server.connect();
		vanished.end();
		assertThat(this.box.addChannelToGroup(Channel.of(vanished.ws()), "g"))
			.isEqualTo(ChannelAddStatus.CHANNEL_CLOSED);
		LocalConnection closing = this.server.connect();
		closing.ws().close();
		assertThat(this.box.joinWithHistory(Channel.of(closing.ws()), "g")).isEqualTo(ChannelAddStatus.CHANNEL_CLOSED);
		closing.end();
		assertThat(this.box.showGroups()).isEmpty();
		assertThat(this.server.kept()).containsOnly(0);
	}

	@Test
	void connectionThatEndsLeavesEverythingWithAllItsChannels() {
		LocalConnection local = this.server.connect();
		Channel stays = Channel.of(this.server.connect().ws());
		this.box.addChannelToGroup(stays, "a");
		this.box.addChannelToGroup(Channel.of(local.ws()), "a");
		this.box.addChannelToGroup(Channel.builder(local.ws()).build(), "b");
		local.end();
		assertThat(this.box.showGroups()).isEqualTo(Map.of("a", Set.of(stays)));
		assertThat(this.server.kept()).containsExactly(1, 0, 1, 1);
	}

	@Test
	void connectionThatNeverOpenedLeavesNothing() {
		LocalConnection local = this.server.connecting();
		this.box.addChannelToGroup(Channel.of(local.ws()), "a");
		Channel.builder(local.ws()).build();
		local.ws().reject(HttpStatus.FORBIDDEN);
		assertThat(this.server.kept()).containsOnly(0);
	}

	@Test
	void showGroupsIsASnapshot() {
		Channel channel = Channel.of(this.server.connect().ws());
		this.box.addChannelToGroup(channel, "a");
		Map<String, Set<Channel>> groups = this.box.showGroups();
		Set<Channel> channels = this.box.channels("a");
		this.box.removeChannelFromGroup(channel, "a");
		this.box.addChannelToGroup(channel, "b");
		assertThat(groups).isEqualTo(Map.of("a", Set.of(channel)));
		assertThat(channels).containsExactly(channel);
		assertThat(this.box.showGroups()).containsOnlyKeys("b");
		assertThat(this.box.channels("a")).isEmpty();
	}

	@Test
	void flushGroupsRemovesEverybodyButLeavesConnectionsAndHistories() {
		this.server.listen();
		LocalConnection local = this.server.connect();
		Channel channel = Channel.of(local.ws());
		this.box.addChannelToGroup(channel, "a");
		this.box.addChannelToGroup(channel, "b");
		this.box.groupSend("a", "saved", SendOptions.create().saveHistory());
		this.box.flushGroups();
		assertThat(this.box.showGroups()).isEmpty();
		assertThat(this.box.groupSend("a", "x")).isEqualTo(GroupSendStatus.NO_SUCH_GROUP);
		assertThat(local.ws().isConnected()).isTrue();
		assertThat(this.box.showHistory("a")).hasSize(1);
		assertThat(this.box.addChannelToGroup(channel, "a")).isEqualTo(ChannelAddStatus.CHANNEL_ADDED);
		Awaitility.await()
			.until(() -> this.server.events().stream().filter(GroupJoinedEvent.class::isInstance).count() == 3);
		assertThat(this.server.events()).filteredOn(GroupLeftEvent.class::isInstance).hasSize(2);
	}

	@Test
	void closeAllConnectionsClosesWith1001() {
		LocalConnection inGroup = this.server.connect();
		LocalConnection inNone = this.server.connect();
		this.box.addChannelToGroup(Channel.of(inGroup.ws()), "g");
		this.box.closeAllConnections();
		for (LocalConnection local : List.of(inGroup, inNone)) {
			Awaitility.await().until(() -> local.closeFrame() != null);
			assertThat(local.closeFrame().getCode()).isEqualTo(1001);
		}
		assertThat(this.box.showGroups()).isEmpty();
	}

	@Test
	void closeAllConnectionsClosesSomeAtATime() {
		ManualTimeSource time = new ManualTimeSource();
		try (LocalServer paced = LocalServer.with(LocalServer.broker(1))
			.time(time)
			.closePace(new ClosePace(2, Duration.ofSeconds(1)))
			.build()) {
			List<LocalConnection> connections = Stream.generate(paced::connect).limit(5).toList();
			paced.box().closeAllConnections();
			Awaitility.await().until(() -> closed(connections) == 2);
			LocalConnection later = paced.connect();
			time.advance(Duration.ofSeconds(1));
			Awaitility.await().until(() -> closed(connections) == 4);
			time.advance(Duration.ofSeconds(1));
			Awaitility.await().until(() -> closed(connections) == 5);
			assertThat(later.ws().isConnected()).isTrue();
			assertThat(time.waiting()).isZero();
		}
	}

	private static long closed(List<LocalConnection> connections) {
		return connections.stream().filter((local) -> local.closeFrame() != null).count();
	}

	// Sending

	@Test
	void groupSendTellsWhetherThereIsSuchAGroup() {
		assertThat(this.box.groupSend("g", "x")).isEqualTo(GroupSendStatus.NO_SUCH_GROUP);
		Channel channel = Channel.of(this.server.connect().ws());
		this.box.addChannelToGroup(channel, "g");
		assertThat(this.box.groupSend("g", "x")).isEqualTo(GroupSendStatus.GROUP_SEND);
		assertThat(this.box.groupSend("other", "x")).isEqualTo(GroupSendStatus.NO_SUCH_GROUP);
		this.box.removeChannelFromGroup(channel, "g");
		assertThat(this.box.groupSend("g", "x")).isEqualTo(GroupSendStatus.NO_SUCH_GROUP);
	}

	@ParameterizedTest
	@EnumSource(PayloadType.class)
	void payloadsAreConvertedAsTheTableSays(PayloadType type) {
		LocalConnection local = this.server.connect();
		Channel channel = Channel.builder(local.ws()).payloadType(type).build();
		this.box.addChannelToGroup(channel, "g");
		List<Object> payloads = List.of("ä\"", BYTES, new Point(1, 2));
		payloads.forEach((payload) -> this.box.groupSend("g", payload));
		awaitMessages(local, 3);
		payloads.forEach((payload) -> this.box.sendTo(channel.id(), payload));
		payloads.forEach(channel::send);
		awaitMessages(local, 9);
		String base64 = Base64.getEncoder().encodeToString(BYTES);
		List<Object> expected = switch (type) {
			case JSON -> List.of("\"ä\\\"\"", "\"" + base64 + "\"", "[1,2]");
			case TEXT -> List.of("ä\"", base64, "[1,2]");
			case BYTES ->
				List.of("ä\"".getBytes(StandardCharsets.UTF_8), BYTES, "[1,2]".getBytes(StandardCharsets.UTF_8));
		};
		List<Object> threeTimes = new ArrayList<>(expected);
		threeTimes.addAll(expected);
		threeTimes.addAll(expected);
		assertThat(local.messages()).usingRecursiveComparison().isEqualTo(threeTimes);
	}

	@Test
	void payloadIsSerialisedOnceHoweverManyAndDifferentItsReceiversAre() {
		List<LocalConnection> members = new ArrayList<>();
		for (int i = 0; i < 1_000; i++) {
			LocalConnection local = this.server.connect();
			PayloadType type = PayloadType.values()[i % 3];
			this.box.addChannelToGroup(Channel.builder(local.ws()).payloadType(type).build(), "g");
			members.add(local);
		}
		this.box.groupSend("g", new Point(3, 4));
		members.forEach((local) -> awaitMessages(local, 1));
		assertThat(this.serialisations).hasValue(1);
		this.box.groupSend("g", new Point(3, 4), SendOptions.create().saveHistory());
		members.forEach((local) -> awaitMessages(local, 2));
		assertThat(this.serialisations).hasValue(2);
		this.box.joinWithHistory(Channel.of(this.server.connect().ws()), "g");
		assertThat(this.serialisations).hasValue(2);
	}

	@Test
	void payloadThatCannotBeWrittenReachesNobody() {
		LocalConnection local = this.server.connect();
		Channel channel = Channel.of(local.ws());
		this.box.addChannelToGroup(channel, "g");
		List<Object> unwritable = new ArrayList<>(List.of(1));
		unwritable.add(unwritable);
		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> this.box.groupSend("g", unwritable, SendOptions.create().saveHistory()));
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> this.box.sendTo(channel.id(), unwritable));
		this.box.groupSend("g", "next");
		awaitMessages(local, 1);
		assertThat(local.messages()).containsExactly("\"next\"");
		assertThat(this.box.showHistory()).isEmpty();
	}

	@Test
	void arrayMayBeChangedAfterItWasSent() {
		LocalConnection local = this.server.connect();
		this.box.addChannelToGroup(Channel.builder(local.ws()).payloadType(PayloadType.BYTES).build(), "g");
		byte[] bytes = { 1 };
		this.box.groupSend("g", bytes, SendOptions.create().saveHistory());
		bytes[0] = 2;
		awaitMessages(local, 1);
		assertThat((byte[]) local.messages().get(0)).containsExactly(1);
		GroupMessage saved = this.box.showHistory("g").get(0);
		saved.payload(byte[].class)[0] = 3;
		assertThat((byte[]) saved.payload()).containsExactly(1);
	}

	@Test
	void exceptSparesOneChannelAndNotItsConnection() {
		LocalConnection sender = this.server.connect();
		LocalConnection other = this.server.connect();
		Channel second = Channel.builder(sender.ws()).payloadType(PayloadType.TEXT).build();
		this.box.addChannelToGroup(Channel.of(sender.ws()), "g");
		this.box.addChannelToGroup(second, "g");
		this.box.addChannelToGroup(Channel.of(other.ws()), "g");
		this.box.groupSend("g", "x", SendOptions.create().except(sender.ws().id()));
		awaitMessages(other, 1);
		awaitMessages(sender, 1);
		this.box.groupSend("g", "y", SendOptions.create().except(second.id()));
		awaitMessages(sender, 2);
		assertThat(sender.messages()).containsExactly("x", "\"y\"");
		assertThat(this.box.groupSend("g", "z", SendOptions.create().except("nobody")))
			.isEqualTo(GroupSendStatus.GROUP_SEND);
		awaitMessages(sender, 4);
	}

	@Test
	void sendToFindsChannelsInNoGroup() {
		LocalConnection local = this.server.connect();
		Channel built = Channel.builder(local.ws()).payloadType(PayloadType.TEXT).build();
		assertThat(this.box.sendTo(local.ws().id(), "default")).isTrue();
		assertThat(this.box.sendTo(built.id(), "built")).isTrue();
		assertThat(this.box.sendTo("unknown", "x")).isFalse();
		awaitMessages(local, 2);
		assertThat(local.messages()).containsExactly("\"default\"", "built");
		local.end();
		assertThat(this.box.sendTo(local.ws().id(), "x")).isFalse();
		assertThat(this.box.sendTo(built.id(), "x")).isFalse();
	}

	@Test
	void memberThatHasClosedChangesNothingForOthers() {
		LocalConnection closing = this.server.connect();
		LocalConnection other = this.server.connect();
		this.box.addChannelToGroup(Channel.of(closing.ws()), "g");
		this.box.addChannelToGroup(Channel.of(other.ws()), "g");
		closing.ws().close();
		assertThat(this.box.groupSend("g", 1)).isEqualTo(GroupSendStatus.GROUP_SEND);
		awaitMessages(other, 1);
		assertThat(this.box.channels("g")).containsExactly(Channel.of(other.ws()));
		assertThat(closing.messages()).isEmpty();
	}

	// History

	@Test
	void onlyMessagesToBeSavedAreInTheHistory() {
		this.box.groupSend("g", "lost");
		assertThat(this.box.groupSend("g", "kept", SendOptions.create().saveHistory()))
			.isEqualTo(GroupSendStatus.NO_SUCH_GROUP);
		assertThat(this.box.showHistory("g")).extracting(GroupMessage::payload).containsExactly("kept");
	}

	@Test
	void messagesOfTheHistoryHaveIdentityTimeAndOffsetOfTheirOwn() {
		Instant before = Instant.now();
		for (int i = 0; i < 3; i++) {
			Instant last = Instant.now();
			Awaitility.await().until(() -> Instant.now().isAfter(last.plusMillis(1)));
			this.box.groupSend("g", i, SendOptions.create().saveHistory());
		}
		List<GroupMessage> history = this.box.showHistory("g");
		assertThat(history).extracting(GroupMessage::id).doesNotHaveDuplicates().doesNotContainNull();
		assertThat(history).extracting(GroupMessage::created).isSorted().doesNotHaveDuplicates();
		assertThat(history).extracting(GroupMessage::created).allMatch((created) -> created.isAfter(before));
		assertThat(history).extracting(GroupMessage::offset).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void payloadsOfTheHistoryAreAsTheyWereSentOrBoundToAType() {
		SendOptions saved = SendOptions.create().saveHistory();
		this.box.groupSend("g", "text", saved);
		this.box.groupSend("g", BYTES, saved);
		this.box.groupSend("g", Map.of("name", "Ada"), saved);
		List<GroupMessage> history = this.box.showHistory("g");
		assertThat(history.get(0).payload()).isEqualTo("text");
		assertThat(history.get(0).payload(String.class)).isEqualTo("text");
		assertThat((byte[]) history.get(1).payload()).isEqualTo(BYTES);
		assertThat(history.get(1).payload(byte[].class)).isEqualTo(BYTES);
		assertThat(history.get(2).payload()).isInstanceOf(JsonNode.class);
		assertThat(history.get(2).payload(Person.class)).isEqualTo(new Person("Ada"));
		assertThat(history.get(2).payload(JsonNode.class).get("name").stringValue()).isEqualTo("Ada");
		assertThatIllegalArgumentException().isThrownBy(() -> history.get(0).payload(Person.class));
		assertThatIllegalArgumentException().isThrownBy(() -> history.get(1).payload(String.class));
		assertThatIllegalArgumentException().isThrownBy(() -> history.get(2).payload(Integer.class));
	}

	@Test
	void historiesAreSnapshotsAndFlushed() {
		this.box.groupSend("a", "1", SendOptions.create().saveHistory());
		this.box.groupSend("b", "2", SendOptions.create().saveHistory());
		Map<String, List<GroupMessage>> histories = this.box.showHistory();
		Channel channel = Channel.of(this.server.connect().ws());
		this.box.addChannelToGroup(channel, "a");
		this.box.flushHistory();
		assertThat(histories).containsOnlyKeys("a", "b");
		assertThat(this.box.showHistory()).isEmpty();
		assertThat(this.box.showHistory("a")).isEmpty();
		assertThat(this.box.channels("a")).containsExactly(channel);
	}

	@Test
	void joiningWithHistorySendsItOnceAndInItsOrder() {
		SendOptions saved = SendOptions.create().saveHistory();
		this.box.groupSend("g", 1, saved);
		this.box.groupSend("g", "unsaved");
		this.box.groupSend("g", 2, saved);
		LocalConnection local = this.server.connect();
		Channel channel = Channel.of(local.ws());
		this.box.joinWithHistory(channel, "g");
		this.box.groupSend("g", 3, saved);
		this.box.groupSend("g", 4);
		this.box.joinWithHistory(channel, "g");
		awaitMessages(local, 4);
		assertThat(local.messages()).containsExactly("1", "2", "3", "4");
	}

	@Test
	void joiningWithoutHistorySendsNone() {
		this.box.groupSend("g", 1, SendOptions.create().saveHistory());
		LocalConnection local = this.server.connect();
		this.box.addChannelToGroup(Channel.of(local.ws()), "g");
		this.box.groupSend("g", 2);
		awaitMessages(local, 1);
		assertThat(local.messages()).containsExactly("2");
	}

	private static void awaitMessages(LocalConnection local, int count) {
		if (!local.hasMessages(count)) {
			Awaitility.await().until(() -> local.hasMessages(count));
		}
	}

	record Person(String name) {

	}

	record Point(int x, int y) {

	}

	private final class CountingSerializer extends ValueSerializer<Point> {

		@Override
		public void serialize(Point value, JsonGenerator generator, SerializationContext context) {
			BrokerChannelBoxTests.this.serialisations.incrementAndGet();
			generator.writeStartArray();
			generator.writeNumber(value.x());
			generator.writeNumber(value.y());
			generator.writeEndArray();
		}

	}

}
