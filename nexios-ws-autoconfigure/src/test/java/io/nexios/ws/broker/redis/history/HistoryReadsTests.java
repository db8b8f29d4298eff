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

package io.nexios.ws.broker.redis.history;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.nexios.ws.broker.BrokerMessage;
import io.nexios.ws.broker.GroupBroker.History;
import io.nexios.ws.broker.HistoryLimits;
import io.nexios.ws.broker.Payload;
import io.nexios.ws.broker.Position;
import io.nexios.ws.broker.redis.connection.ConnectionLostException;
import io.nexios.ws.broker.redis.connection.RedisCalls;
import io.nexios.ws.broker.redis.connection.RedisRequest;
import io.nexios.ws.broker.redis.script.RedisScript;
import io.nexios.ws.broker.redis.wire.Envelope;
import io.nexios.ws.broker.redis.wire.GroupKeys;
import io.nexios.ws.broker.redis.wire.RedisNames;
import io.nexios.ws.channel.GroupsUnavailableException;
import io.nexios.ws.spi.ManualTimeSource;
import io.nexios.ws.testsupport.redis.RedisServer;
import io.nexios.ws.testsupport.redis.RequiresRedis;
import io.nexios.ws.testsupport.redis.RespClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read of streams that a real Redis has.
 *
 * @author Nexios Team
 */
@RequiresRedis
class HistoryReadsTests {

	private static final Duration META_TTL = Duration.ofDays(30);

	private static final Duration TTL = Duration.ofMinutes(5);

	private static final int MAX = 10;

	// Size of a message of these tests that counts in limits
	private static final long SIZE = HistoryLimits
		.sizeOf(new Envelope(new UUID(0, 0), 0, new Payload.Text("00"), null, null).publication("g", true));

	private static RedisServer server;

	private final ManualTimeSource time = new ManualTimeSource();

	private RespClient client;

	private RespCalls calls;

	private RedisNames names = new RedisNames("nx");

	private int sequence;

	@BeforeAll
	static void startServer() {
		server = RedisServer.start();
	}

	@AfterAll
	static void closeServer() {
		server.close();
	}

	@BeforeEach
	void connect() {
		this.client = server.connect();
		this.client.call("FLUSHALL");
		this.calls = new RespCalls(this.client);
	}

	@AfterEach
	void close() {
		this.client.close();
	}

	private HistoryReads reads() {
		return reads(new HistoryLimits(MAX, 1_000_000, TTL, 1_000_000));
	}

	private HistoryReads reads(HistoryLimits limits) {
		return reads(limits, this.calls);
	}

	private HistoryReads reads(HistoryLimits limits, RedisCalls calls) {
		return new HistoryReads(calls, this.names, (group) -> limits, META_TTL, Duration.ofSeconds(2), this.time);
	}

	private History history(@Nullable Position after) {
		return history(reads(), after);
	}

	private static History history(HistoryReads reads, @Nullable Position after) {
		return reads.history("g", after).toCompletableFuture().join();
	}

	private Position save(String group, int maxMessages) {
		this.sequence++;
		GroupKeys keys = this.names.group(group);
		byte[] envelope = envelope(this.sequence);
		this.calls.call(RedisRequest.script(RedisScript.PUBLISH, List.of(keys.meta(), keys.stream(), keys.interest()),
				envelope, "qnode", this.sequence, maxMessages, 300_000, META_TTL.toMillis(), bytes(7), keys.channel(),
				"PUBLISH"))
			.toCompletableFuture()
			.join();
		return position(group);
	}

	private byte[] envelope(int number) {
		return new Envelope(new UUID(0, number), this.time.instant().toEpochMilli(),
				new Payload.Text("%02d".formatted(number)), null, null)
			.encode();
	}

	private static byte[] bytes(long value) {
		return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
	}

	private Position position(String group) {
		return reads().position(group).toCompletableFuture().join();
	}

	private List<Position> saveSome(int count, int maxMessages) {
		List<Position> positions = new ArrayList<>();
		positions.add(position("g"));
		for (int i = 0; i < count; i++) {
			positions.add(save("g", maxMessages));
		}
		return positions;
	}

	private static List<String> texts(History history) {
		return texts(history.messages());
	}

	private static List<String> texts(List<BrokerMessage> messages) {
		return messages.stream().map((message) -> ((Payload.Text) message.publication().payload()).text()).toList();
	}

	private static List<String> numbers(int from, int to) {
		return IntStream.rangeClosed(from, to).mapToObj("%02d"::formatted).toList();
	}

	@Test
	void unknownGroupIsEmptyAndStaysUnknown() {
		History history = history(null);
		assertThat(history.messages()).isEmpty();
		assertThat(history.complete()).isTrue();
		assertThat(history.end()).isEqualTo(Position.start(history.end().epoch()));
		assertThat(history.start()).isEqualTo(history.end());
		assertThat(history(history.end()).complete()).isFalse();
		assertThat(this.client.list("KEYS", "*")).isEmpty();
	}

	@Test
	void positionOfAnUnknownGroupStaysGood() {
		Position position = position("g");
		assertThat(position).isEqualTo(Position.start(position.epoch()));
		assertThat(position("g")).isEqualTo(position);
		assertThat(history(position).complete()).isTrue();
		assertThat(this.client.number("PTTL", this.names.group("g").meta()))
			.isGreaterThan(META_TTL.toMillis() - 60_000);
	}

	@Test
	void historyFollowsEachPosition() {
		List<Position> positions = saveSome(8, MAX);
		for (int i = 0; i <= 8; i++) {
			History history = history(positions.get(i));
			assertThat(history).isEqualTo(new History(positions.get(i), history.messages(), positions.get(8), true));
			assertThat(texts(history)).isEqualTo(numbers(i + 1, 8));
		}
		assertThat(history(null).start()).isEqualTo(positions.get(0));
		assertThat(texts(history(null))).isEqualTo(numbers(1, 8));
	}

	@Test
	void historyHasTheNewestMessagesAlsoIfTheStreamHasMore() {
		List<Position> positions = saveSome(45, 100);
		History whole = history(null);
		assertThat(texts(whole)).isEqualTo(numbers(36, 45));
		assertThat(whole.start()).isEqualTo(positions.get(35));
		assertThat(whole.complete()).isTrue();
		assertThat(history(positions.get(35)).complete()).isTrue();
		assertThat(history(positions.get(40)).messages()).hasSize(5);
		History tooOld = history(positions.get(34));
		assertThat(tooOld.complete()).isFalse();
		assertThat(texts(tooOld)).isEqualTo(numbers(36, 45));
	}

	@Test
	void historyOfATrimmedStreamIsCompleteFromThePositionBeforeIt() {
		List<Position> positions = saveSome(25, MAX);
		assertThat(history(positions.get(15)).complete()).isTrue();
		assertThat(history(positions.get(15)).messages()).hasSize(MAX);
		assertThat(history(positions.get(14)).complete()).isFalse();
		assertThat(history(positions.get(14)).messages()).hasSize(MAX);
	}

	@Test
	void messagesThatComeBetweenTwoAnswersBelongToTheHistory() {
		saveSome(45, 100);
		int before = this.sequence;
		RedisCalls busy = (request) -> {
			if (this.sequence < before + 3) {
				save("g", 100);
			}
			return this.calls.call(request);
		};
		History history = history(reads(new HistoryLimits(MAX, 1_000_000, TTL, 0), busy), null);
		assertThat(texts(history)).hasSize(MAX).endsWith("%02d".formatted((int) history.end().offset()));
	}

	@Test
	void positionsThatNobodyHasGivenAreNotComplete() {
		List<Position> positions = saveSome(15, MAX);
		Position end = positions.get(15);
		for (long offset : new long[] { -1, 0, 4, 16, 1_000, Long.MAX_VALUE, Long.MIN_VALUE }) {
			History history = history(new Position(end.epoch(), offset, end.id()));
			assertThat(history.complete()).isFalse();
			assertThat(history.end()).isEqualTo(end);
		}
		for (Position position : positions) {
			assertThat(history(new Position(position.epoch(), position.offset(), position.id() ^ 1)).complete())
				.isFalse();
			History other = history(new Position(position.epoch() ^ 1, position.offset(), position.id()));
			assertThat(other.complete()).isFalse();
			assertThat(texts(other)).isEqualTo(numbers(6, 15));
		}
	}

	@Test
	void positionBeyondTheEndHasNoMessages() {
		Position end = saveSome(3, MAX).get(3);
		History history = history(new Position(end.epoch(), 5, end.id()));
		assertThat(history).isEqualTo(new History(end, List.of(), end, false));
	}

	@Test
	void clearedHistoryIsEmptyAndItsEndStaysGood() {
		List<Position> positions = saveSome(3, MAX);
		reads().clearHistories().toCompletableFuture().join();
		assertThat(history(positions.get(3)))
			.isEqualTo(new History(positions.get(3), List.of(), positions.get(3), true));
		assertThat(history(positions.get(2)).complete()).isFalse();
		assertThat(history(null).complete()).isTrue();
		Position next = save("g", MAX);
		assertThat(next.offset()).isEqualTo(4);
		assertThat(texts(history(positions.get(3)))).containsExactly("04");
	}

	@Test
	void messagesThatAreTooOldAreNotInTheHistory() {
		List<Position> positions = saveSome(3, MAX);
		this.time.advance(TTL.minusSeconds(1));
		positions.add(save("g", MAX));
		assertThat(history(positions.get(0)).complete()).isTrue();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(texts(history(null))).containsExactly("04");
		assertThat(history(null).start()).isEqualTo(positions.get(3));
		assertThat(history(positions.get(3)).complete()).isTrue();
		assertThat(history(positions.get(2)).complete()).isFalse();
		this.time.advance(TTL);
		assertThat(history(null)).isEqualTo(new History(positions.get(4), List.of(), positions.get(4), true));
	}

	@Test
	void historyHasTheNewestMessagesThatFit() {
		List<Position> positions = saveSome(8, MAX);
		HistoryReads small = reads(new HistoryLimits(MAX, 3 * SIZE, TTL, 0));
		assertThat(texts(history(small, null))).containsExactly("06", "07", "08");
		assertThat(history(small, positions.get(5)).complete()).isTrue();
		assertThat(history(small, positions.get(4)).complete()).isFalse();
		HistoryReads smaller = reads(new HistoryLimits(MAX, 3 * SIZE - 1, TTL, 0));
		assertThat(texts(history(smaller, null))).containsExactly("07", "08");
	}

	@Test
	void historyWithoutMessagesCanBeRead() {
		List<Position> positions = saveSome(3, MAX);
		HistoryReads none = reads(new HistoryLimits(0, 1_000, TTL, 0));
		assertThat(history(none, null).messages()).isEmpty();
		assertThat(history(none, positions.get(3)).complete()).isTrue();
		assertThat(history(none, positions.get(2)).complete()).isFalse();
	}

	private void replace(int offset, byte[] previous, byte[] envelope) {
		String stream = this.names.group("g").stream();
		List<Object> entries = new ArrayList<>(this.client.list("XRANGE", stream, "-", "+"));
		this.client.call("DEL", stream);
		for (int i = 0; i < entries.size(); i++) {
			List<?> fields = RespClient.asList(RespClient.asList(entries.get(i)).get(1));
			boolean replaced = i == offset - 1;
			this.client.call("XADD", stream, (i + 1) + "-0", "p", replaced ? previous : fields.get(1), "d",
					replaced ? envelope : fields.get(3));
		}
	}

	@Test
	void onlyWhatIsBehindABreakOfTheChainIsRead() {
		List<Position> positions = saveSome(6, MAX);
		replace(4, bytes(99), envelope(4));
		History history = history(null);
		assertThat(texts(history)).containsExactly("04", "05", "06");
		assertThat(history.complete()).isFalse();
		assertThat(history(positions.get(2)).complete()).isFalse();
		assertThat(history(positions.get(3)).complete()).isFalse();
		assertThat(history(positions.get(4)).complete()).isTrue();
	}

	@Test
	void nothingIsReadIfTheEndIsNotInTheStream() {
		List<Position> positions = saveSome(3, MAX);
		this.client.call("XDEL", this.names.group("g").stream(), "3-0");
		History history = history(positions.get(1));
		assertThat(history.messages()).isEmpty();
		assertThat(history.complete()).isFalse();
		assertThat(history(null).complete()).isFalse();
	}

	@Test
	void whatCannotBeReadMakesTheHistoryIncomplete() {
		List<Position> positions = saveSome(4, MAX);
		byte[] later = envelope(2);
		later[0] = 5;
		replace(2, bytes(1), later);
		assertThat(texts(history(null))).containsExactly("01", "03", "04");
		assertThat(history(null).complete()).isFalse();
		assertThat(history(positions.get(1)).complete()).isFalse();
		assertThat(history(positions.get(2)).complete()).isTrue();
	}

	@Test
	void historiesAreThoseOfThisPrefixThatAreNotEmpty() {
		List<String> groups = List.of("g", "g:s:*", "{x}:s:y", "a b", "ü" + "😀".repeat(50), "*", "[a]");
		for (String prefix : List.of("n*[x]?\\", "nx")) {
			this.names = new RedisNames(prefix);
			groups.forEach((group) -> save(group + prefix, MAX));
		}
		position("empty");
		this.client.call("SET", "nx:{mm}:s:other", "of another type");
		Map<String, List<BrokerMessage>> histories = reads().histories(100).toCompletableFuture().join();
		assertThat(histories.keySet())
			.containsExactlyInAnyOrderElementsOf(groups.stream().map((g) -> g + "nx").toList());
		assertThat(histories.values()).allSatisfy((messages) -> assertThat(messages).hasSize(1));
		this.names = new RedisNames("n*[x]?\\");
		assertThat(reads().histories(100).toCompletableFuture().join()).hasSize(groups.size());
		assertThat(reads().histories(2).toCompletableFuture().join()).hasSize(2);
		reads().clearHistories().toCompletableFuture().join();
		assertThat(reads().histories(100).toCompletableFuture().join()).isEmpty();
		this.names = new RedisNames("nx");
		assertThat(reads().histories(100).toCompletableFuture().join()).hasSize(groups.size());
	}

	@Test
	void scanOfTooManyKeysEnds() {
		saveSome(1, MAX);
		RedisCalls slow = (request) -> {
			this.time.advance(Duration.ofSeconds(3));
			return this.calls.call(request);
		};
		HistoryReads reads = reads(new HistoryLimits(MAX, 1_000, TTL, 0), slow);
		expectUnavailable(reads.histories(10).toCompletableFuture());
		expectUnavailable(reads.clearHistories().toCompletableFuture());
	}

	@Test
	void failuresAreThoseOfGroups() {
		HistoryReads lost = reads(new HistoryLimits(MAX, 1_000, TTL, 0),
				(request) -> CompletableFuture.failedStage(new ConnectionLostException("gone")));
		expectUnavailable(lost.history("g", null).toCompletableFuture());
		expectUnavailable(lost.position("g").toCompletableFuture());
		expectUnavailable(lost.histories(1).toCompletableFuture());
		expectUnavailable(lost.clearHistories().toCompletableFuture());
		HistoryReads strange = reads(new HistoryLimits(MAX, 1_000, TTL, 0),
				(request) -> CompletableFuture.completedStage("strange"));
		expectUnavailable(strange.history("g", null).toCompletableFuture());
		expectUnavailable(strange.position("g").toCompletableFuture());
		expectUnavailable(strange.histories(1).toCompletableFuture());
		assertThat(reads().history("\ud800", null).toCompletableFuture()).isCompletedExceptionally();
	}

	private static void expectUnavailable(CompletableFuture<?> stage) {
		assertThat(stage.handle((result, failure) -> failure).join()).isInstanceOf(GroupsUnavailableException.class);
	}

}
