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
 * Counts connections and refuses handshakes above the limits. A connection counts from
 * its handshake to its end: in total, for its address and for its user. Two more limits
 * apply to handshakes: the number that wait for their handlers, and the number that come
 * in a second.
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
	 * @return a ticket, which does not count before it is taken
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
	 * The places of one handshake and of its connection.
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
		 * @return the reason why no place is taken, or {@code null} if all are taken
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

		// These limits come last, so that a handshake that is refused anyway takes
		// nothing from the others
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
		 * Take a place of a user who was not known at the handshake.
		 * @param user the user
		 * @return the reason why there is no place, or {@code null} if it is taken or if
		 * the other places have been given back
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
		 * The handshake is decided. To be called before the client can see the decision,
		 * because the client may start the next handshake at once.
		 */
		public void decided() {
			if (this.undecided.compareAndSet(true, false)) {
				Admission.this.undecided.leave(ALL);
			}
		}

		/**
		 * Give the places back, unless this has already been done.
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
	 * A place under one key of a count.
	 *
	 * @param counts the count
	 * @param key the key
	 * @param refusal the refusal if there is no place
	 */
	private record Place(BoundedCounts counts, String key, Refusal refusal) {

		boolean enter() {
			return this.counts.enter(this.key);
		}

		void leave() {
			this.counts.leave(this.key);
		}

	}

}
