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

package io.nexios.ws.testsupport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.springframework.http.HttpHeaders;

/**
 * The answer to an opening handshake.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body, empty for a 101
 * @author Nexios Team
 */
record RawResponse(int status, HttpHeaders headers, byte[] body) {

	static RawResponse read(DataInputStream in) throws IOException {
		String statusLine = readLine(in);
		int status = Integer.parseInt(statusLine.split(" ")[1]);
		HttpHeaders headers = new HttpHeaders();
		for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
			int colon = line.indexOf(':');
			headers.add(line.substring(0, colon), line.substring(colon + 1).trim());
		}
		return new RawResponse(status, headers, readBody(in, status, headers));
	}

	private static byte[] readBody(DataInputStream in, int status, HttpHeaders headers) throws IOException {
		if (status == 101 || status == 204 || status == 304) {
			return new byte[0];
		}
		if ("chunked".equalsIgnoreCase(headers.getFirst(HttpHeaders.TRANSFER_ENCODING))) {
			return readChunks(in);
		}
		long length = headers.getContentLength();
		return (length >= 0) ? in.readNBytes((int) length) : in.readAllBytes();
	}

	private static byte[] readChunks(DataInputStream in) throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		for (int size = readChunkSize(in); size > 0; size = readChunkSize(in)) {
			body.writeBytes(in.readNBytes(size));
			readLine(in);
		}
		readLine(in);
		return body.toByteArray();
	}

	private static int readChunkSize(DataInputStream in) throws IOException {
		return Integer.parseInt(readLine(in).trim(), 16);
	}

	private static String readLine(DataInputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = in.read(); next != '\n'; next = in.read()) {
			if (next < 0) {
				throw new EOFException("The connection ended instead of an HTTP response, after '" + line + "'");
			}
			line.write(next);
		}
		return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
	}

}
