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

package io.nexios.ws.server.handshake;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.nexios.ws.server.limit.PeerAddress;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * The data of a handshake request that is kept, because the container reuses the request
 * itself as soon as it is answered. The data is kept as long as the connection. So a
 * value that is large and quick to create is created only when it is needed.
 *
 * @param uri the URI with a WebSocket scheme
 * @param path the path within the application, decoded
 * @param headers the headers, read-only
 * @param queryParams the query parameters, read-only
 * @param subprotocols the subprotocols offered
 * @param principal the user
 * @param remoteAddress the client's address
 * @author Nexios Team
 */
public record HandshakeRequest(String uri, String path, HttpHeaders headers, MultiValueMap<String, String> queryParams,
		List<String> subprotocols, @Nullable Principal principal, @Nullable InetSocketAddress remoteAddress) {

	private static final MultiValueMap<String, String> NO_PARAMS = CollectionUtils
		.unmodifiableMultiValueMap(new LinkedMultiValueMap<>(0));

	private static final String SUBPROTOCOL_HEADER = "Sec-WebSocket-Protocol";

	public static HandshakeRequest of(ServletServerHttpRequest request, @Nullable Principal principal) {
		HttpServletRequest servletRequest = request.getServletRequest();
		HttpHeaders headers = headers(request);
		return new HandshakeRequest(webSocketUri(request.getURI(), ForwardedScheme.isSecure(servletRequest)),
				decoded(path(servletRequest)), headers, queryParams(servletRequest.getParameterMap()),
				subprotocols(headers), principal, PeerAddress.of(servletRequest));
	}

	private static HttpHeaders headers(ServletServerHttpRequest request) {
		HttpHeaders headers = HttpHeaders.copyOf(request.getHeaders());
		if (!headers.containsHeader(HttpHeaders.HOST)) {
			// Over HTTP/2 it is the authority (RFC 9113, 8.3.1)
			headers.set(HttpHeaders.HOST, authority(innermost(request.getServletRequest())));
		}
		return HttpHeaders.readOnlyHttpHeaders(headers);
	}

	private static String authority(ServletRequest request) {
		int defaultPort = "https".equals(request.getScheme()) ? 443 : 80;
		return (request.getServerPort() != defaultPort) ? request.getServerName() + ":" + request.getServerPort()
				: request.getServerName();
	}

	// Without the wrappers of filters: they may return the host that a proxy has
	// forwarded, and not that of the header Host
	private static ServletRequest innermost(ServletRequest request) {
		return (request instanceof ServletRequestWrapper wrapper) ? innermost(wrapper.getRequest()) : request;
	}

	private static String webSocketUri(URI uri, boolean secure) {
		String text = uri.toString();
		return (secure ? "wss" : "ws") + text.substring(text.indexOf(':'));
	}

	private static String decoded(PathContainer path) {
		StringBuilder decoded = new StringBuilder();
		for (PathContainer.Element element : path.elements()) {
			decoded.append(
					(element instanceof PathContainer.PathSegment segment) ? segment.valueToMatch() : element.value());
		}
		return decoded.toString();
	}

	/**
	 * Return the path within the application, for matching.
	 * @param request the request
	 * @return the parsed path
	 */
	public static PathContainer path(HttpServletRequest request) {
		return (ServletRequestPathUtils.hasParsedRequestPath(request)
				? ServletRequestPathUtils.getParsedRequestPath(request)
				: ServletRequestPathUtils.parseAndCache(request))
			.pathWithinApplication();
	}

	private static MultiValueMap<String, String> queryParams(Map<String, String[]> parameters) {
		if (parameters.isEmpty()) {
			return NO_PARAMS;
		}
		MultiValueMap<String, String> params = new LinkedMultiValueMap<>();
		parameters.forEach((name, values) -> params.put(name, List.of(values)));
		return CollectionUtils.unmodifiableMultiValueMap(params);
	}

	private static List<String> subprotocols(HttpHeaders headers) {
		List<String> subprotocols = new ArrayList<>();
		for (String header : headers.getOrEmpty(SUBPROTOCOL_HEADER)) {
			subprotocols.addAll(Arrays.asList(StringUtils.tokenizeToStringArray(header, ",")));
		}
		return List.copyOf(subprotocols);
	}

}
