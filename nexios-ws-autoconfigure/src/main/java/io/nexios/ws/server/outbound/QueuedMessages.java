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

package io.nexios.ws.server.outbound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import io.nexios.ws.server.transport.DropNotice;
import io.nexios.ws.server.transport.OutboundFrame;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait for the next writes, in order. If a message that carries a
 * {@link DropNotice} is dropped, its notice takes its place.
 * <p>
 * <b>States.</b> The line is a sequence of messages (M), undroppable frames (U) and runs
 * of notices (R). These are all changes:
 *
 * <pre>
 * add           …       → … M            the same with U
 * take          M …     → …              for the next write; the same with U and R
 * drop oldest   M …     → R …            the message begins a run
 *               R M …   → R …            the message joins the run in front of it
 *               M R …   → R …            the message joins the run behind it
 *               R M R … → R …            two runs become one
 * drop newest   … M     → … M R          the new message begins a run
 *               … R     → … R            the new message joins the run
 * forget        …       → nothing        the connection ends, nobody is told
 * </pre>
 *
 * A message without a notice leaves nothing in its place, and is otherwise no different.
 * The oldest message is the first M, also if there are U and R before it. The line up to
 * the last of these U does not change any more until it is taken.
 * <p>
 * <b>Why each gap is told once.</b> Two runs are never next to each other: a message that
 * is dropped joins the runs on both sides, and nothing else adds a run or removes what is
 * between two. A run has one notice for each topic, that of its latest message. So
 * between two frames that are kept there is at most one notice for each topic. It is
 * there if and only if a message of this topic with a notice was dropped between them. No
 * change takes a notice out of the line, except its own write and a later notice of the
 * same run and topic. No change moves a message past a run, and no run goes past an
 * undroppable frame. So the peer is told of a dropped message after all frames that came
 * before it, and before all that came after it.
 * <p>
 * <b>Why dropping ends.</b> To drop the oldest message skips at most one run, and each
 * time there is one message less. Without messages there is nothing to drop.
 * <p>
 * <b>Limits.</b> A notice counts as a message with its bytes, but needs no room. No
 * message is added behind it unless there is room beside it, or, with
 * {@link io.nexios.ws.OverflowPolicy#DROP_OLDEST}, nothing else is left to drop. So the
 * limits are exceeded by one notice for each topic at most: those of the last run with
 * {@code DROP_NEWEST}, and those of the first and only run with {@code DROP_OLDEST}. In
 * the second case the newest message comes in addition. Notices take the room of
 * messages. So if they alone reach a limit, each message is dropped for the next one.
 * <p>
 * An undroppable frame counts as a message, too, and is added without room. It exceeds
 * the limits by itself and by the notices of the run that ends at it. Each change of a
 * membership has at most one such frame that the member has joined, and one that it has
 * left. Dropped messages add none. The peer cannot add any. The budget and the maximum
 * age of the oldest message hold for these frames as for all others.
 * <p>
 * <b>Not guaranteed.</b> A notice that is being written is not replaced any more. If the
 * next message is dropped, too, the peer gets two notices of one topic without a message
 * in between. Each of them stands for messages of its own. A message may be smaller than
 * its notice. Then to drop it frees no bytes. If the connection ends, its notices may not
 * be written, and neither may its messages.
 * <p>
 * Guarded by the lock of its queue.
 *
 * @author Nexios Team
 */
final class QueuedMessages {

	// Large enough to be worth one system call. Not larger, because messages that are not
	// being written can still be dropped
	private static final int MAX_WRITE_BYTES = 64 * 1024;

	private final ArrayDeque<Entry> entries = new ArrayDeque<>(4);

	// What comes before the entries and is not dropped any more. Ends with an undroppable
	// frame. Few connections need it
	private @Nullable ArrayDeque<Entry> settled;

	private final OutboundBudget budget;

	private int count;

	private int bytes;

	/**
	 * Create an empty line.
	 * @param budget counts the bytes that wait for all peers together
	 */
	QueuedMessages(OutboundBudget budget) {
		this.budget = budget;
	}

	/**
	 * Add a message.
	 * @param frame the message
	 * @param queuedAt the write time
	 */
	void add(OutboundFrame frame, long queuedAt) {
		this.entries.add(new Message(frame, queuedAt));
		hold(frame);
	}

	private void hold(OutboundFrame frame) {
		this.count++;
		this.bytes += frame.size();
		this.budget.hold(frame);
	}

	/**
	 * Take messages and notices for the next write. The budget still counts them. A run
	 * is not divided, because its notices cannot be dropped in any case.
	 * @return the frames
	 */
	List<OutboundFrame> take() {
		List<OutboundFrame> frames = (this.count == 1) ? remove().frames() : takeSeveral();
		this.count -= frames.size();
		return frames;
	}

	private List<OutboundFrame> takeSeveral() {
		List<OutboundFrame> frames = new ArrayList<>(this.count);
		int size = 0;
		while (!isEmpty() && (size == 0 || size + front().element().bytes() <= MAX_WRITE_BYTES)) {
			Entry entry = remove();
			entry.addTo(frames);
			size += Math.max(1, entry.bytes());
		}
		return frames;
	}

	private Entry remove() {
		Entry entry = front().remove();
		this.bytes -= entry.bytes();
		return entry;
	}

	private ArrayDeque<Entry> front() {
		ArrayDeque<Entry> settled = this.settled;
		return (settled != null && !settled.isEmpty()) ? settled : this.entries;
	}

	// Dropping

	/**
	 * Drop the oldest message that may be dropped.
	 * @param listener told of a new notice
	 * @return whether there was a message
	 */
	boolean dropOldest(OutboundListener listener) {
		DropRun before = settle();
		Message oldest = (Message) this.entries.poll();
		DropRun after = pollRun();
		if (oldest != null) {
			forget(oldest.frame());
			if (!isTold(oldest, after)) {
				before = tell(oldest, before, listener);
			}
		}
		putBack(before, after);
		return oldest != null;
	}

	// Returns the run before the oldest message
	private @Nullable DropRun settle() {
		DropRun run = pollRun();
		while (this.entries.peek() instanceof Message message && message.frame().isUndroppable()) {
			if (run != null) {
				settled().add(run);
			}
			settled().add(this.entries.remove());
			run = pollRun();
		}
		return run;
	}

	private ArrayDeque<Entry> settled() {
		ArrayDeque<Entry> settled = this.settled;
		if (settled == null) {
			settled = new ArrayDeque<>(4);
			this.settled = settled;
		}
		return settled;
	}

	private @Nullable DropRun pollRun() {
		return (this.entries.peek() instanceof DropRun) ? (DropRun) this.entries.poll() : null;
	}

	private static boolean isTold(Message message, @Nullable DropRun after) {
		DropNotice notice = message.frame().dropNotice();
		return notice == null || (after != null && after.has(notice.topic()));
	}

	private @Nullable DropRun tell(Message message, @Nullable DropRun before, OutboundListener listener) {
		DropNotice notice = message.frame().dropNotice();
		if (notice == null) {
			return before;
		}
		DropRun run = (before != null) ? before : new DropRun();
		put(run, notice, message.queuedAt(), listener);
		return run;
	}

	private void putBack(@Nullable DropRun before, @Nullable DropRun after) {
		if (before != null && after != null) {
			before.append(after).forEach(this::forget);
		}
		DropRun run = (before != null) ? before : after;
		if (run != null) {
			this.entries.addFirst(run);
		}
	}

	/**
	 * Drop a message that is not added, because it is the newest.
	 * @param notice the notice of the message
	 * @param queuedAt the write time
	 * @param listener told of a new notice
	 */
	void dropNewest(DropNotice notice, long queuedAt, OutboundListener listener) {
		DropRun run = (this.entries.peekLast() instanceof DropRun last) ? last : new DropRun();
		put(run, notice, queuedAt, listener);
		if (this.entries.peekLast() != run) {
			this.entries.add(run);
		}
	}

	private void put(DropRun run, DropNotice notice, long queuedAt, OutboundListener listener) {
		OutboundFrame frame = notice.frame().get();
		hold(frame);
		OutboundFrame replaced = run.put(notice.topic(), frame, queuedAt);
		if (replaced != null) {
			forget(replaced);
		}
		else {
			listener.dropNoticeQueued();
		}
	}

	/**
	 * Forget everything.
	 */
	void forgetAll() {
		while (!isEmpty()) {
			front().remove().frames().forEach(this::forget);
		}
	}

	private void forget(OutboundFrame frame) {
		this.count--;
		this.bytes -= frame.size();
		this.budget.release(frame);
	}

	// Load

	boolean isEmpty() {
		return front().isEmpty();
	}

	/**
	 * Return how many messages and notices wait.
	 * @return their number
	 */
	int count() {
		return this.count;
	}

	/**
	 * Return the size of the messages and notices that wait.
	 * @return the size in bytes
	 */
	int bytes() {
		return this.bytes;
	}

	/**
	 * Return when the oldest message or run was added.
	 * @return its write time
	 */
	long oldest() {
		return front().element().queuedAt();
	}

	/**
	 * A message or a run of notices.
	 */
	sealed interface Entry permits Message, DropRun {

		/**
		 * Return when it was added.
		 * @return the write time
		 */
		long queuedAt();

		/**
		 * Return its size.
		 * @return the size in bytes
		 */
		int bytes();

		/**
		 * Return its frames.
		 * @return the frames, at least one
		 */
		List<OutboundFrame> frames();

		/**
		 * Add its frames to those of a write.
		 * @param frames the frames of the write
		 */
		default void addTo(List<OutboundFrame> frames) {
			frames.addAll(frames());
		}

	}

	/**
	 * A message that waits.
	 *
	 * @param frame the message
	 * @param queuedAt the write time when it was added
	 */
	private record Message(OutboundFrame frame, long queuedAt) implements Entry {

		@Override
		public int bytes() {
			return this.frame.size();
		}

		@Override
		public List<OutboundFrame> frames() {
			return List.of(this.frame);
		}

		@Override
		public void addTo(List<OutboundFrame> frames) {
			frames.add(this.frame);
		}

	}

}
