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

package io.nexios.ws.server.limit;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.nexios.ws.spi.RateLimiter;
import io.nexios.ws.spi.RateLimiters;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections from their handshake to their end, in all, for each address and for
 * each user, and refuses handshakes beyond the limits. Handshakes that wait for their
 * handlers are counted apart, and how many come in a second.
 *
 * @author Nexios Team
 */
public final class Admission {

	private static final String ALL = "";

	private static final String NAMELESS = "";

	private final BoundedCounts connections;

	private final BoundedCounts perAddress;

	private final BoundedCounts perUser;

	private final BoundedCounts undecided;

	private final RateLimiter handshakes;

	public Admission(PeerLimits limits, RateLimiters rateLimiters) {
		this.connections = new BoundedCounts(limits.connections());
		this.perAddress = new BoundedCounts(limits.connectionsPerAddress());
		this.perUser = new BoundedCounts(limits.connectionsPerUser());
		this.undecided = new BoundedCounts(limits.undecidedHandshakes());
		int perSecond = limits.handshakesPerSecond();
		this.handshakes = (perSecond > 0) ? rateLimiters.create(perSecond, perSecond) : RateLimiter.UNLIMITED;
	}

	/**
	 * Prepare to admit a handshake.
	 * @param address the client's address, or {@code null} if it is not known
	 * @param user the user, or {@code null} if there is none
	 * @return a ticket, which counts for nothing before it is taken
	 */
	public Ticket ticket(@Nullable InetSocketAddress address, @Nullable Principal user) {
		List<Place> places = new ArrayList<>(3);
		places.add(new Place(this.connections, ALL, Refusal.CONNECTIONS));
		if (address != null) {
			places.add(new Place(this.perAddress, PeerAddress.network(address), Refusal.ADDRESS_CONNECTIONS));
		}
		if (user != null) {
			places.add(placeOf(user));
		}
		return new Ticket(places);
	}

	private Place placeOf(Principal user) {
		// A principal of the application may have no name
		return new Place(this.perUser, Objects.requireNonNullElse(user.getName(), NAMELESS), Refusal.USER_CONNECTIONS);
	}

	/**
	 * The places of one handshake, and of the connection that comes of it.
	 */
	public final class Ticket {

		private final List<Place> places;

		private final AtomicReference<@Nullable List<Place>> taken = new AtomicReference<>();

		private final AtomicBoolean undecided = new AtomicBoolean();

		private Ticket(List<Place> places) {
			this.places = places;
		}

		/**
		 * Take all places or none. To be called once.
		 * @return why there is none, or {@code null} if they are taken
		 */
		public @Nullable Refusal take() {
			Refusal refusal = enter();
			if (refusal == null) {
				this.taken.set(this.places);
			}
			this.undecided.set(refusal == null);
			return refusal;
		}

		private @Nullable Refusal enter() {
			for (int i = 0; i < this.places.size(); i++) {
				if (!this.places.get(i).enter()) {
					this.places.subList(0, i).forEach(Place::leave);
					return this.places.get(i).refusal();
				}
			}
			Refusal refusal = enterHandshakes();
			if (refusal != null) {
				this.places.forEach(Place::leave);
			}
			return refusal;
		}

		// Last, so that those who are refused anyway take nothing from the others
		private @Nullable Refusal enterHandshakes() {
			if (!Admission.this.undecided.enter(ALL)) {
				return Refusal.UNDECIDED_HANDSHAKES;
			}
			if (!Admission.this.handshakes.tryAcquire(1)) {
				Admission.this.undecided.leave(ALL);
				return Refusal.HANDSHAKE_RATE;
			}
			return null;
		}

		/**
		 * Take a place of a user that the handshake did not have.
		 * @param user the user
		 * @return why there is none, or {@code null} if it is taken, or if the other
		 * places have been given back
		 */
		public @Nullable Refusal take(Principal user) {
			Place place = placeOf(user);
			if (!place.enter()) {
				return place.refusal();
			}
			List<Place> others = this.taken.getAndUpdate((places) -> with(places, place));
			if (others == null) {
				place.leave();
			}
			return null;
		}

		private static @Nullable List<Place> with(@Nullable List<Place> places, Place place) {
			return (places != null) ? Stream.concat(places.stream(), Stream.of(place)).toList() : null;
		}

		/**
		 * The handshake is decided. To be called before the client can see that, as it
		 * may send the next one at once.
		 */
		public void decided() {
			if (this.undecided.compareAndSet(true, false)) {
				Admission.this.undecided.leave(ALL);
			}
		}

		/**
		 * Give the places back, unless that has been done.
		 */
		public void giveBack() {
			decided();
			List<Place> places = this.taken.getAndSet(null);
			if (places != null) {
				places.forEach(Place::leave);
			}
		}

	}

	/**
	 * A place among others that have the same in common.
	 *
	 * @param occupancy who is there
	 * @param key what they have in common
	 * @param refusal what it means if there is no room
	 */
	private record Place(BoundedCounts occupancy, String key, Refusal refusal) {

		boolean enter() {
			return this.occupancy.enter(this.key);
		}

		void leave() {
			this.occupancy.leave(this.key);
		}

	}

}
