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

/*
 * Fan-out: connection 0 publishes, and every connection, including connection 0, has to get every
 * message. With a separate server for publishing, connection 0 only publishes. A message starts with the
 * time of its publishing, so that each delivery has a latency. Stalled connections are not counted.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "wsload.h"

#define TIME_DIGITS 16
#define PROBE_INTERVAL (SECOND / 5)
#define PROBING_SECONDS 30
#define QUIET_TIME (SECOND / 2)
#define NO_PROGRESS_TIME (3 * SECOND)

static char *body;
static bool measuring;
static uint64_t delivered, measured;
static int readers;

/* The times of all publishes since the counts were reset, used for messages that are never delivered */
static uint64_t *published_at;
static size_t published, capacity;
static size_t first_measured, end_of_measured;

static bool is_reader(const struct connection *connection)
{
	return !connection->stalled && (options.publisher_port == 0 || connection->index > 0);
}

static uint64_t time_of(const unsigned char *digits)
{
	uint64_t time = 0;
	for (int i = 0; i < TIME_DIGITS; i++) {
		time = time << 4 | (digits[i] <= '9' ? digits[i] - '0' : digits[i] - 'a' + 10);
	}
	return time;
}

static void opened(struct connection *connection)
{
	if (options.stomp) {
		stomp_connect(connection);
	}
}

static void message(struct connection *connection, const unsigned char *payload, size_t length, uint64_t arrival)
{
	if (options.stomp) {
		payload = stomp_receive(connection, payload, &length);
		if (payload == NULL) {
			connection->received--;
			return;
		}
	}
	if (length != (size_t) options.size) {
		fprintf(stderr, "a message of %zu bytes\n", length);
		exit(1);
	}
	delivered++;
	if (measuring) {
		measured++;
		latency_record(arrival - time_of(payload));
	}
}

static void remember(uint64_t time)
{
	if (published == capacity) {
		capacity = (capacity == 0) ? 1024 : capacity * 2;
		published_at = realloc(published_at, capacity * sizeof *published_at);
	}
	published_at[published++] = time;
}

static void publish(uint64_t time)
{
	static char *stomp_frame;
	char digits[TIME_DIGITS + 1];
	snprintf(digits, sizeof digits, "%0*" PRIx64, TIME_DIGITS, time);
	memcpy(body, digits, TIME_DIGITS);
	remember(time);
	if (options.stomp) {
		stomp_frame = (stomp_frame != NULL) ? stomp_frame : malloc(options.size + 256);
		client_send_text(&connections[0], stomp_frame, stomp_message(stomp_frame, body, options.size));
	}
	else {
		client_send_text(&connections[0], body, options.size);
	}
}

static bool everybody_heard(void)
{
	for (int i = 0; i < options.connections; i++) {
		if (connections[i].state == OPEN && is_reader(&connections[i]) && connections[i].received == 0) {
			return false;
		}
	}
	return true;
}

/* Waits until all expected messages have been delivered, or no message has been delivered for some time. */
static void settle(uint64_t expected, uint64_t quiet_time)
{
	uint64_t last = delivered, since = now();
	while (delivered < expected && now() - since < quiet_time) {
		client_poll(10);
		if (delivered != last) {
			last = delivered;
			since = now();
		}
	}
}

/* After the handshake, the server needs a moment to join the group. Publishes until every member has
 * received a message. */
static void wait_for_members(void)
{
	uint64_t deadline = now() + PROBING_SECONDS * SECOND;
	while (!everybody_heard() && now() < deadline) {
		publish(now());
		client_poll_until(now() + PROBE_INTERVAL);
	}
	settle(UINT64_MAX, QUIET_TIME);
}

static void reset_counts(void)
{
	readers = 0;
	for (int i = 0; i < options.connections; i++) {
		connections[i].received = 0;
		readers += connections[i].state == OPEN && is_reader(&connections[i]);
	}
	delivered = published = 0;
}

static void publish_in_flight(uint64_t until)
{
	while (now() < until) {
		/* Compares so that a late message from before the reset does no harm */
		while (published < connections[0].received + options.in_flight) {
			publish(now());
		}
		client_poll(10);
	}
}

static void publish_at_rate(uint64_t until)
{
	uint64_t interval = SECOND / options.rate;
	for (uint64_t next = now(); next < until; next += interval) {
		client_poll_until(next);
		publish(next);
	}
	client_poll_until(until);
}

static void publish_until(uint64_t until)
{
	if (options.rate > 0) {
		publish_at_rate(until);
	}
	else {
		publish_in_flight(until);
	}
}

/* A message that has not arrived counts with its age. Otherwise a server that stops delivering would seem
 * to be fast. */
static uint64_t record_undelivered(uint64_t at)
{
	uint64_t undelivered = 0;
	for (int i = 0; i < options.connections; i++) {
		if (!is_reader(&connections[i])) {
			continue;
		}
		for (size_t k = connections[i].received; k < published; k++) {
			if (k >= first_measured && k < end_of_measured) {
				latency_record(at - published_at[k]);
				undelivered++;
			}
		}
	}
	return undelivered;
}

/* Proves that a stalled reader does not read: its kernel holds less than what was published. */
static long most_unread_by_stalled(void)
{
	long most = 0;
	for (int i = 0; i < options.connections; i++) {
		int unread = 0;
		if (connections[i].stalled && ioctl(connections[i].fd, FIONREAD, &unread) == 0 && unread > most) {
			most = unread;
		}
	}
	return most;
}

void work_fanout(void)
{
	static const struct work work = { .opened = opened, .message = message };
	body = malloc(options.size);
	memset(body, 'x', options.size);
	client_start(&work);
	client_open_all();
	wait_for_members();
	reset_counts();
	publish_until(now() + options.warm_up * SECOND);
	measuring = true;
	first_measured = published;
	struct usage from = usage_now();
	publish_until(from.time + options.seconds * SECOND);
	struct usage to = usage_now();
	end_of_measured = published;
	uint64_t deliveries = measured;
	settle((uint64_t) readers * published, NO_PROGRESS_TIME);
	uint64_t undelivered = record_undelivered(now());
	printf("work=fanout members=%d stalled=%d in_flight=%d rate=%d size=%d", opened_count, options.stalled,
			options.in_flight, options.rate, options.size);
	print_usage(from, to, deliveries);
	print_latency();
	printf(" published=%zu undelivered=%" PRIu64, end_of_measured - first_measured, undelivered);
	if (options.stalled > 0) {
		printf(" stalled_unread_bytes=%ld published_bytes=%zu", most_unread_by_stalled(), published * options.size);
	}
	printf(" failed=%d\n", failed_count);
}
