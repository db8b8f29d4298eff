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

/* STOMP 1.2 for fan-out: the frames that a client of Spring's simple broker sends and receives. */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>

#include "wsload.h"

#define DESTINATION "/topic/group"

static void send_frame(struct connection *connection, const char *frame)
{
	/* The terminating zero belongs to the frame */
	client_send_text(connection, frame, strlen(frame) + 1);
}

void stomp_connect(struct connection *connection)
{
	send_frame(connection, "CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n");
}

const unsigned char *stomp_receive(struct connection *connection, const unsigned char *payload, size_t *length)
{
	if (*length > 9 && memcmp(payload, "CONNECTED", 9) == 0 && !connection->subscribed) {
		connection->subscribed = true;
		send_frame(connection, "SUBSCRIBE\nid:0\ndestination:" DESTINATION "\n\n");
	}
	if (*length < 7 || memcmp(payload, "MESSAGE", 7) != 0) {
		return NULL;
	}
	const unsigned char *headers_end = memmem(payload, *length, "\n\n", 2);
	if (headers_end == NULL) {
		return NULL;
	}
	const unsigned char *body = headers_end + 2;
	*length = payload + *length - 1 - body;
	return body;
}

size_t stomp_message(char *frame, const char *body, size_t length)
{
	int headers = sprintf(frame, "SEND\ndestination:" DESTINATION "\ncontent-type:text/plain\n\n");
	memcpy(frame + headers, body, length);
	frame[headers + length] = 0;
	return headers + length + 1;
}
