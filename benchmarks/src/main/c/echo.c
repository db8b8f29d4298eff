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

/* Echo: every connection keeps a given number of messages in flight, and sends the next message when one
 * comes back. */
#include <stdio.h>
#include <stdlib.h>

#include "wsload.h"

static unsigned char *frame;
static size_t frame_length;
static bool measuring;
static uint64_t echoed;

static void send_next(struct connection *connection)
{
	connection->sent_at[connection->sent++ % MAX_IN_FLIGHT] = now();
	client_send_raw(connection, frame, frame_length);
}

static void message(struct connection *connection, const unsigned char *payload, size_t length, uint64_t arrival)
{
	(void) payload;
	if (length != (size_t) options.size) {
		fprintf(stderr, "an echo of %zu bytes\n", length);
		exit(1);
	}
	uint64_t sent_at = connection->sent_at[connection->answered++ % MAX_IN_FLIGHT];
	if (measuring) {
		echoed++;
		latency_record(arrival - sent_at);
	}
	send_next(connection);
}

static void create_frame(void)
{
	char *text = malloc(options.size);
	for (int i = 0; i < options.size; i++) {
		text[i] = 'a' + i % 26;
	}
	frame = malloc(options.size + 14);
	frame_length = client_text_frame(frame, text, options.size);
	free(text);
}

void work_echo(void)
{
	static const struct work work = { .message = message };
	create_frame();
	client_start(&work);
	client_open_all();
	for (int i = 0; i < options.connections; i++) {
		for (int sent = 0; connections[i].state == OPEN && sent < options.in_flight; sent++) {
			send_next(&connections[i]);
		}
	}
	client_poll_until(now() + options.warm_up * SECOND);
	measuring = true;
	struct usage from = usage_now();
	client_poll_until(from.time + options.seconds * SECOND);
	struct usage to = usage_now();
	printf("work=echo connections=%d in_flight=%d size=%d", opened_count, options.in_flight, options.size);
	print_usage(from, to, echoed);
	print_latency();
	printf(" failed=%d\n", failed_count);
}
