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

/* Connecting: measures how many connections per second open and close. Idle: holds many open connections. */
#include <stdio.h>
#include <stdlib.h>

#include "wsload.h"

static bool measuring;
static uint64_t cycles;
static int next_index;

static void ignore_message(struct connection *connection, const unsigned char *payload, size_t length,
		uint64_t arrival)
{
	(void) connection, (void) payload, (void) length, (void) arrival;
}

static void say_goodbye(struct connection *connection)
{
	static const unsigned char normal[] = { 1000 >> 8, 1000 & 255 };
	if (measuring) {
		latency_record(now() - connection->dialled_at);
	}
	client_send_control(connection, 8, normal, sizeof normal);
}

static void dial_again(struct connection *connection)
{
	cycles += measuring;
	/* Use the next source address, because the server's ends of these connections are still in TIME_WAIT */
	client_dial(connection, next_index++ % 1000000);
}

/* Opens and closes a given number of connections at a time, with a complete closing handshake. */
void work_connect(void)
{
	static const struct work work = { .opened = say_goodbye, .message = ignore_message, .closed = dial_again };
	int at_once = options.connections;
	client_start(&work);
	/* Otherwise the indices above this number would belong to stalled connections */
	options.connections = 1000000;
	for (int i = 0; i < at_once; i++) {
		client_dial(&connections[i], next_index++);
	}
	client_poll_until(now() + options.warm_up * SECOND);
	measuring = true;
	struct usage from = usage_now();
	client_poll_until(from.time + options.seconds * SECOND);
	struct usage to = usage_now();
	printf("work=connect at_once=%d", at_once);
	print_usage(from, to, cycles);
	print_latency();
	printf(" failed=%d\n", failed_count);
}

static void ping_all(void)
{
	for (int i = 0; i < options.connections; i++) {
		if (connections[i].state == OPEN) {
			client_send_control(&connections[i], 9, "", 0);
		}
	}
}

/* Opens connections, prints the line, and holds them until standard input ends or the time is over. */
void work_idle(void)
{
	static const struct work work = { .message = ignore_message };
	client_start(&work);
	uint64_t start = now();
	client_open_all();
	printf("work=idle opened=%d opening_seconds=%.3f failed=%d\n", opened_count, (now() - start) / (double) SECOND,
			failed_count);
	fflush(stdout);
	client_watch_input();
	uint64_t end = now() + options.seconds * SECOND;
	uint64_t next_ping = now() + options.keep_open * SECOND;
	while (!input_ended && now() < end) {
		client_poll(100);
		if (options.keep_open > 0 && now() >= next_ping) {
			ping_all();
			next_ping += options.keep_open * SECOND;
		}
	}
}
