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

package io.nexios.ws.server.tomcat.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.websocket.Constants;
import org.apache.tomcat.websocket.MessagePart;
import org.apache.tomcat.websocket.Transformation;
import org.apache.tomcat.websocket.TransformationResult;
import org.apache.tomcat.websocket.WsSession;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Prevents Tomcat from waiting for a peer on a thread that reads. There are few such
 * threads. Tomcat answers pings and closes on them, and waits there for the write that is
 * under way. This write lasts until the peer reads.
 * <p>
 * Tomcat passes every frame that it reads or writes to the extensions of a connection.
 * This is such an extension, but it is not negotiated with peers. It leaves pings and
 * closes to {@link PeerAnswers} and passes on everything else.
 *
 * @author Nexios Team
 */
public final class ControlFrames implements Transformation {

	private static final String KEY = ControlFrames.class.getName();

	private @Nullable SocketWrapperBase<?> socket;

	private @Nullable Transformation next;

	private volatile @Nullable PeerAnswers answers;

	private volatile @Nullable Thread reader;

	/**
	 * Create the extension of a connection.
	 * @param next the extensions that were negotiated, or {@code null} if there are none
	 */
	public ControlFrames(@Nullable Transformation next) {
		this.next = next;
	}

	/**
	 * Make this object available to the session that is about to be opened.
	 * @param config the configuration from which the session takes its properties
	 */
	public void registerWith(ServerEndpointConfig config) {
		config.getUserProperties().put(KEY, this);
	}

	static ControlFrames of(WsSession session) {
		ControlFrames frames = (ControlFrames) session.getUserProperties().get(KEY);
		Assert.state(frames != null, "No control frames were registered");
		return frames;
	}

	public void setSocket(SocketWrapperBase<?> socket) {
		this.socket = socket;
	}

	SocketWrapperBase<?> socket() {
		SocketWrapperBase<?> socket = this.socket;
		Assert.state(socket != null, "No socket before the upgrade");
		return socket;
	}

	void leaveTo(PeerAnswers answers) {
		this.answers = answers;
	}

	/**
	 * Record that the current thread is about to read. Called under the socket's lock.
	 * @return whether it may read. If not, another task will come
	 */
	public boolean beginReading() {
		PeerAnswers answers = this.answers;
		if (answers != null && !answers.mayRead()) {
			return false;
		}
		this.reader = Thread.currentThread();
		return true;
	}

	/**
	 * Record that the current thread has finished reading.
	 */
	public void endReading() {
		this.reader = null;
	}

	@Override
	public TransformationResult getMoreData(byte opCode, boolean fin, int rsv, ByteBuffer dest) throws IOException {
		TransformationResult result = next().getMoreData(opCode, fin, rsv, dest);
		PeerAnswers answers = this.answers;
		boolean close = opCode == Constants.OPCODE_CLOSE && result == TransformationResult.END_OF_FRAME;
		if (close && answers != null && answers.holdClose(dest.duplicate().flip())) {
			return TransformationResult.UNDERFLOW;
		}
		return result;
	}

	@Override
	public List<MessagePart> sendMessagePart(List<MessagePart> messageParts) throws IOException {
		PeerAnswers answers = this.answers;
		if (answers != null && !passOn(answers, messageParts.get(0))) {
			return List.of();
		}
		return next().sendMessagePart(messageParts);
	}

	private boolean passOn(PeerAnswers answers, MessagePart part) throws IOException {
		if (Thread.currentThread() == this.reader) {
			return answers.beforeContainerWrites(part);
		}
		if (part.getOpCode() < Constants.OPCODE_CLOSE) {
			answers.sendPong();
		}
		return true;
	}

	@Override
	public void setNext(Transformation next) {
		if (this.next == null) {
			this.next = next;
		}
		else {
			this.next.setNext(next);
		}
	}

	private Transformation next() {
		Transformation next = this.next;
		Assert.state(next != null, "Frames before the session was opened");
		return next;
	}

	@Override
	public boolean validateRsvBits(int bits) {
		return next().validateRsvBits(bits);
	}

	@Override
	public boolean validateRsv(int rsv, byte opCode) {
		return next().validateRsv(rsv, opCode);
	}

	@Override
	public @Nullable Extension getExtensionResponse() {
		return null;
	}

	@Override
	public void close() {
		next().close();
	}

}
