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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Addresses are taken as they are, and never looked up.
 *
 * @author Nexios Team
 */
class PeerAddressTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.1", "0.0.0.0, 0.0.0.0", "255.255.255.255, 255.255.255.255",
			"2001:db8::1, 20010db800000000", "2001:db8:0:0:ffff::2, 20010db800000000",
			"[2001:db8:0:1::1], 20010db800000001", "::1, 0000000000000000", "::ffff:192.0.2.1, 192.0.2.1",
			"fe80::1%1, fe80000000000000" })
	void numericAddressesHaveANetwork(String text, String network) {
		InetSocketAddress address = address(text);
		assertThat(address.isUnresolved()).isFalse();
		assertThat(PeerAddress.network(address)).isEqualTo(network);
	}

	@ParameterizedTest
	@CsvSource({ "203.0.113.9:51234, 203.0.113.9, 51234", "[203.0.113.9:51234], 203.0.113.9, 51234",
			"[2001:db8::1]:443, 20010db800000000, 443", "[::ffff:192.0.2.1]:1, 192.0.2.1, 1",
			"2001:db8:1:2:3:4:5:6:51234, 20010db800010002, 51234", "203.0.113.9:0, 203.0.113.9, 0",
			"203.0.113.9:65535, 203.0.113.9, 65535" })
	void portBesidesTheAddressIsNoPartOfIt(String text, String network, int port) {
		InetSocketAddress address = address(text);
		assertThat(address.isUnresolved()).isFalse();
		assertThat(address.getPort()).isEqualTo(port);
		assertThat(PeerAddress.network(address)).isEqualTo(network);
	}

	@ParameterizedTest
	@ValueSource(strings = { "203.0.113.9:65536", "203.0.113.9:", "203.0.113.9:x", "203.0.113.9:1:2", "[::1", "::1]:1",
			"[::1]:-1", "localhost:80", "_hidden:80", ":80", "localhost", "", "unknown", "_hidden", "256.0.0.1",
			"1.2.3", "1", "127.1", "0x7f.0.0.1", ":::", "1:2", "beef", "localhost:1", "[", "192.0.2.1, 192.0.2.2" })
	void everythingElseIsKeptAsItIs(String text) {
		InetSocketAddress address = address(text);
		assertThat(address.isUnresolved()).isTrue();
		assertThat(address.getHostString()).isEqualTo(text);
		assertThat(PeerAddress.network(address)).isEqualTo(text);
	}

	@Test
	void portIsThatOfTheRequest() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemotePort(4711);
		assertThat(PeerAddress.of(request)).isEqualTo(new InetSocketAddress("127.0.0.1", 4711));
	}

	@Test
	void portThatIsUnknownIsZero() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemotePort(-1);
		assertThat(PeerAddress.of(request)).isEqualTo(new InetSocketAddress("127.0.0.1", 0));
	}

	private static InetSocketAddress address(String text) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr(text);
		InetSocketAddress address = PeerAddress.of(request);
		assertThat(address).isNotNull();
		return address;
	}

}
