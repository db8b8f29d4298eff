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

package io.nexios.ws.channel;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Options for joining a group. Options are immutable. Each method returns new options.
 * <p>
 * <b>Resuming.</b> A client that comes back after a broken connection sends the last
 * position that it has received. The new member then gets every saved message after that
 * position, once and in order, and then the new messages. If one of them may be missing,
 * the member is {@link JoinResult.Recovery#NOT_RECOVERED not recovered} and gets none of
 * them. Messages that were not saved are not part of this: a client gets them once or not
 * at all.
 * <p>
 * A position is a text of at most 40 characters from the alphabet of base64url. It holds
 * no secret and gives no access: authorise each join in the same way, with or without a
 * position.
 *
 * @author Nexios Team
 * @since 0.1.0
 */
public final class JoinOptions {

	private static final JoinOptions NONE = new JoinOptions(false, Resume.NO, null, Positions.BY_PROTOCOL, null);

	private final boolean history;

	private final Resume resume;

	private final @Nullable String position;

	private final Positions positions;

	private final @Nullable Object info;

	private JoinOptions(boolean history, Resume resume, @Nullable String position, Positions positions,
			@Nullable Object info) {
		this.history = history;
		this.resume = resume;
		this.position = position;
		this.positions = positions;
		this.info = info;
	}

	/**
	 * Return options that add the channel and send nothing of the past.
	 * @return the options
	 */
	public static JoinOptions create() {
		return NONE;
	}

	/**
	 * Send the history of the group, unless the channel resumes.
	 * @return new options
	 */
	public JoinOptions withHistory() {
		return new JoinOptions(true, this.resume, this.position, this.positions, this.info);
	}

	/**
	 * Resume from a position that the client has sent.
	 * @param position the position, or {@code null} if the client has none and does not
	 * resume. A text that is no position of this group is {@code NOT_RECOVERED}
	 * @return new options
	 */
	public JoinOptions resumeFrom(@Nullable String position) {
		return new JoinOptions(this.history, (position != null) ? Resume.FROM_POSITION : Resume.NO, position,
				this.positions, this.info);
	}

	/**
	 * Resume from the query parameter {@code position} of the handshake. If there are
	 * several, the one of this group counts. Without one, the channel does not resume.
	 * Only the first join of a group on a connection resumes.
	 * @return new options
	 */
	public JoinOptions resume() {
		return new JoinOptions(this.history, Resume.FROM_HANDSHAKE, null, this.positions, this.info);
	}

	/**
	 * Send the messages of the group in an envelope with their position. Only for
	 * channels with {@link PayloadType#JSON}.
	 * <p>
	 * Each message is a JSON object: <pre class="code">
	 * {"group":"room","joined":{"recovery":"RECOVERED","missed":3},"position":"AQ…"}
	 * {"group":"room","data":{"text":"hello"},"position":"AQ…"}
	 * {"group":"room","data":{"typing":"Ada"}}
	 * {"group":"room","lost":"FORK","position":"AQ…"}
	 * {"group":"room","left":true}
	 * </pre> {@code joined} comes first. {@code data} is what the channel would get
	 * without the envelope. A message without a position was not saved. {@code lost} says
	 * that messages before its position are missing. {@code left} comes last, if the
	 * connection stays open. Messages that do not come through a group have no envelope.
	 * <p>
	 * A client cannot tell an envelope from a message of the same form. So do not send
	 * users' JSON to such a client without a wrapper of your own, because a user could
	 * forge an envelope.
	 * @return new options
	 */
	public JoinOptions withPositions() {
		return new JoinOptions(this.history, this.resume, this.position, Positions.YES, this.info);
	}

	/**
	 * Send the messages without an envelope, even if the protocol of the connection has
	 * one.
	 * @return new options
	 */
	public JoinOptions withoutPositions() {
		return new JoinOptions(this.history, this.resume, this.position, Positions.NO, this.info);
	}

	/**
	 * List the channel in {@link ChannelBox#presence(String)}.
	 * @param info what the channel says about itself, written as JSON of at most 1 KB
	 * @return new options
	 */
	public JoinOptions presentAs(Object info) {
		Assert.notNull(info, "'info' must not be null");
		return new JoinOptions(this.history, this.resume, this.position, this.positions, info);
	}

	/**
	 * Return whether the history of the group is sent.
	 * @return whether it is sent, unless the channel resumes
	 */
	public boolean isHistorySent() {
		return this.history;
	}

	/**
	 * Return whether the position comes from the handshake.
	 * @return whether it does
	 */
	public boolean isResumedFromHandshake() {
		return this.resume == Resume.FROM_HANDSHAKE;
	}

	/**
	 * Return the position to resume from.
	 * @return the position, or {@code null} if these options have none
	 */
	public @Nullable String position() {
		return this.position;
	}

	/**
	 * Return whether the messages have positions.
	 * @return whether they have, or {@code null} if the protocol of the connection
	 * decides
	 */
	public @Nullable Boolean hasPositions() {
		return this.positions.value;
	}

	/**
	 * Return what the channel says about itself.
	 * @return the information, or {@code null} if the channel is not listed
	 */
	public @Nullable Object info() {
		return this.info;
	}

	private enum Resume {

		NO, FROM_POSITION, FROM_HANDSHAKE

	}

	private enum Positions {

		BY_PROTOCOL(null), YES(true), NO(false);

		private final @Nullable Boolean value;

		Positions(@Nullable Boolean value) {
			this.value = value;
		}

	}

}
