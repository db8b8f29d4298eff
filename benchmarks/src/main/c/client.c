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

/* Connections: connecting, the handshake, and frames in both directions. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wsload.h"

#define EVENTS 512
#define INPUT_SIZE (1024 * 1024)
#define DIALLING_AT_ONCE 100
#define OPENING_SECONDS 120
/* Fewer than there are ephemeral ports, so that any number of connections works */
#define CONNECTIONS_PER_ADDRESS 10000
/* Limits what the kernel of a stalled reader accepts and, with the segment size, what the server's kernel
 * keeps for it */
#define STALLED_RECEIVE_BUFFER 4096
#define STALLED_SEGMENT_SIZE 536

struct connection *connections;
int opened_count, failed_count;
bool input_ended;

static int epoll;
static const struct work *work;
/* All connections read into one buffer. For each connection, only the start of an incomplete frame is
 * kept. */
static unsigned char input[INPUT_SIZE];
static struct connection standard_input;

void client_start(const struct work *of)
{
	work = of;
	epoll = epoll_create1(0);
	connections = calloc(options.connections, sizeof *connections);
}

bool client_watch_input(void)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = &standard_input };
	return epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &event) == 0;
}

static void watch(struct connection *connection, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.ptr = connection };
	epoll_ctl(epoll, EPOLL_CTL_MOD, connection->fd, &event);
}

static struct sockaddr_in address(uint32_t host, int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };
	address.sin_addr.s_addr = htonl(host);
	return address;
}

static void bind_to_source(struct connection *connection)
{
	int one = 1;
	struct sockaddr_in source = address(INADDR_LOOPBACK + connection->index / CONNECTIONS_PER_ADDRESS, 0);
	setsockopt(connection->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
	bind(connection->fd, (struct sockaddr *) &source, sizeof source);
}

static void shrink_buffers(struct connection *connection)
{
	int receive = STALLED_RECEIVE_BUFFER, segment = STALLED_SEGMENT_SIZE;
	setsockopt(connection->fd, SOL_SOCKET, SO_RCVBUF, &receive, sizeof receive);
	setsockopt(connection->fd, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof segment);
}

static bool publishes_elsewhere(const struct connection *connection)
{
	return connection->index == 0 && options.publisher_port > 0;
}

static int port_of(const struct connection *connection)
{
	return publishes_elsewhere(connection) ? options.publisher_port : options.port;
}

static const char *path_of(const struct connection *connection)
{
	return publishes_elsewhere(connection) ? options.publisher_path : options.path;
}

void client_dial(struct connection *connection, int index)
{
	memset(connection, 0, sizeof *connection);
	connection->index = index;
	connection->stalled = index >= options.connections - options.stalled;
	connection->dialled_at = now();
	connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	if (connection->fd < 0) {
		perror("socket");
		exit(1);
	}
	int one = 1;
	setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	bind_to_source(connection);
	if (connection->stalled) {
		shrink_buffers(connection);
	}
	struct sockaddr_in server = address(INADDR_LOOPBACK, port_of(connection));
	connect(connection->fd, (struct sockaddr *) &server, sizeof server);
	struct epoll_event event = { .events = EPOLLOUT, .data.ptr = connection };
	epoll_ctl(epoll, EPOLL_CTL_ADD, connection->fd, &event);
}

void client_open_all(void)
{
	int dialled = 0;
	uint64_t deadline = now() + OPENING_SECONDS * SECOND;
	while (opened_count + failed_count < options.connections && now() < deadline) {
		while (dialled < options.connections && dialled - opened_count - failed_count < DIALLING_AT_ONCE) {
			client_dial(&connections[dialled], dialled);
			dialled++;
		}
		client_poll(100);
	}
}

void client_close(struct connection *connection)
{
	/* A reset, because sockets in TIME_WAIT would use up the ports */
	struct linger reset = { 1, 0 };
	setsockopt(connection->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
	close(connection->fd);
	free(connection->partial);
	free(connection->unsent);
	connection->partial = connection->unsent = NULL;
	connection->partial_length = connection->unsent_length = 0;
	connection->state = CLOSED;
}

static void lost(struct connection *connection, const char *why)
{
	bool expected = work->closed != NULL && connection->state == OPEN;
	if (!expected && failed_count++ == 0) {
		fprintf(stderr, "connection %d: %s\n", connection->index, why);
	}
	client_close(connection);
	if (expected) {
		work->closed(connection);
	}
}

static void keep_unsent(struct connection *connection, const unsigned char *bytes, size_t length)
{
	connection->unsent = realloc(connection->unsent, connection->unsent_length + length);
	memcpy(connection->unsent + connection->unsent_length, bytes, length);
	connection->unsent_length += length;
}

void client_send_raw(struct connection *connection, const void *bytes, size_t length)
{
	ssize_t written = 0;
	if (connection->unsent_length == 0) {
		written = send(connection->fd, bytes, length, MSG_NOSIGNAL);
		if (written == (ssize_t) length) {
			return;
		}
		/* A broken connection is detected by reading from it */
		written = (written < 0) ? 0 : written;
		watch(connection, EPOLLIN | EPOLLOUT);
	}
	keep_unsent(connection, (const unsigned char *) bytes + written, length - written);
}

static void send_unsent(struct connection *connection)
{
	ssize_t written = send(connection->fd, connection->unsent, connection->unsent_length, MSG_NOSIGNAL);
	if (written > 0) {
		connection->unsent_length -= written;
		memmove(connection->unsent, connection->unsent + written, connection->unsent_length);
	}
	if (connection->unsent_length == 0) {
		watch(connection, EPOLLIN);
	}
}

/* Every server unmasks in the same way, so one mask is enough. */
static size_t masked_frame(unsigned char *frame, int opcode, const unsigned char *payload, size_t length)
{
	static const unsigned char mask[4] = { 1, 2, 3, 4 };
	size_t at = 0;
	frame[at++] = 0x80 | opcode;
	if (length < 126) {
		frame[at++] = 0x80 | length;
	}
	else if (length < 65536) {
		frame[at++] = 0x80 | 126;
		frame[at++] = length >> 8;
		frame[at++] = length & 255;
	}
	else {
		frame[at++] = 0x80 | 127;
		for (int shift = 56; shift >= 0; shift -= 8) {
			frame[at++] = ((uint64_t) length >> shift) & 255;
		}
	}
	memcpy(frame + at, mask, sizeof mask);
	at += sizeof mask;
	for (size_t i = 0; i < length; i++) {
		frame[at++] = payload[i] ^ mask[i & 3];
	}
	return at;
}

size_t client_text_frame(unsigned char *frame, const char *text, size_t length)
{
	return masked_frame(frame, 1, (const unsigned char *) text, length);
}

void client_send_text(struct connection *connection, const char *text, size_t length)
{
	unsigned char *frame = malloc(length + 14);
	client_send_raw(connection, frame, client_text_frame(frame, text, length));
	free(frame);
}

void client_send_control(struct connection *connection, int opcode, const void *payload, size_t length)
{
	unsigned char frame[139];
	client_send_raw(connection, frame, masked_frame(frame, opcode, payload, length));
}

static void send_handshake(struct connection *connection)
{
	char request[1024];
	int length = snprintf(request, sizeof request,
			"GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
			"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n",
			path_of(connection), port_of(connection), options.stomp ? "Sec-WebSocket-Protocol: v12.stomp\r\n" : "");
	connection->state = HANDSHAKING;
	watch(connection, EPOLLIN);
	client_send_raw(connection, request, length);
}

static void connected(struct connection *connection)
{
	int error = 0;
	socklen_t length = sizeof error;
	getsockopt(connection->fd, SOL_SOCKET, SO_ERROR, &error, &length);
	if (error != 0) {
		lost(connection, strerror(error));
		return;
	}
	send_handshake(connection);
}

static void opened(struct connection *connection)
{
	connection->state = OPEN;
	opened_count++;
	if (work->opened != NULL) {
		work->opened(connection);
	}
	if (connection->stalled) {
		epoll_ctl(epoll, EPOLL_CTL_DEL, connection->fd, NULL);
	}
}

/* Returns the length of the response in the input, 0 if it is incomplete. */
static size_t take_response(struct connection *connection, const unsigned char *bytes, size_t length)
{
	const unsigned char *end = memmem(bytes, length, "\r\n\r\n", 4);
	if (end == NULL) {
		return 0;
	}
	if (memcmp(bytes, "HTTP/1.1 101", 12) != 0) {
		lost(connection, "the handshake was refused");
		return 0;
	}
	opened(connection);
	return end + 4 - bytes;
}

static void take_frame(struct connection *connection, int opcode, const unsigned char *payload, size_t length,
		uint64_t arrival)
{
	switch (opcode) {
	case 1: case 2:
		connection->received++;
		work->message(connection, payload, length, arrival);
		break;
	case 8:
		lost(connection, "closed by the server");
		break;
	case 9:
		client_send_control(connection, 10, payload, length);
		break;
	default:
		/* Pongs. No server here fragments such small messages */
		break;
	}
}

/* Returns the length of the frame, 0 if it is incomplete. */
static size_t take_next_frame(struct connection *connection, const unsigned char *bytes, size_t available,
		uint64_t arrival)
{
	if (available < 2) {
		return 0;
	}
	size_t header = 2;
	uint64_t length = bytes[1] & 127;
	int extended = (length == 126) ? 2 : (length == 127) ? 8 : 0;
	if (available < header + extended) {
		return 0;
	}
	if (extended > 0) {
		length = 0;
		for (int i = 0; i < extended; i++) {
			length = length << 8 | bytes[header++];
		}
	}
	if (available < header + length) {
		return 0;
	}
	take_frame(connection, bytes[0] & 15, bytes + header, length, arrival);
	return header + length;
}

static void keep_partial(struct connection *connection, const unsigned char *bytes, size_t length)
{
	if (length > 0) {
		connection->partial = realloc(connection->partial, length);
		memcpy(connection->partial, bytes, length);
	}
	connection->partial_length = length;
}

static void take_input(struct connection *connection, size_t length)
{
	uint64_t arrival = now();
	size_t taken = 0;
	if (connection->state == HANDSHAKING) {
		taken = take_response(connection, input, length);
	}
	while (connection->state == OPEN) {
		size_t frame = take_next_frame(connection, input + taken, length - taken, arrival);
		if (frame == 0) {
			break;
		}
		taken += frame;
	}
	if (connection->state == HANDSHAKING || connection->state == OPEN) {
		keep_partial(connection, input + taken, length - taken);
	}
}

static void read_input(struct connection *connection)
{
	size_t kept = connection->partial_length;
	if (kept > 0) {
		memcpy(input, connection->partial, kept);
	}
	ssize_t length = read(connection->fd, input + kept, sizeof input - kept);
	if (length > 0) {
		take_input(connection, kept + length);
	}
	else if (length == 0) {
		lost(connection, "ended by the server");
	}
	else if (errno != EAGAIN) {
		lost(connection, strerror(errno));
	}
}

static void handle_event(struct connection *connection, uint32_t events)
{
	if (connection == &standard_input) {
		input_ended = read(STDIN_FILENO, input, sizeof input) <= 0;
	}
	else if (connection->state == CONNECTING) {
		connected(connection);
	}
	else if (connection->state != CLOSED) {
		if (events & EPOLLOUT) {
			send_unsent(connection);
		}
		if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
			read_input(connection);
		}
	}
}

void client_poll(int milliseconds)
{
	struct epoll_event events[EVENTS];
	int count = epoll_wait(epoll, events, EVENTS, milliseconds);
	for (int i = 0; i < count; i++) {
		handle_event(events[i].data.ptr, events[i].events);
	}
}

void client_poll_until(uint64_t time)
{
	for (uint64_t at = now(); at < time; at = now()) {
		/* Below a millisecond this spins, because a shorter wait is not possible */
		client_poll((time - at) / 1000000);
	}
}
