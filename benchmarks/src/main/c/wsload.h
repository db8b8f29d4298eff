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
 * wsload: a WebSocket client (RFC 6455) that loads a server on this machine from one thread with epoll.
 * It should use less CPU than any server that it measures. Every work prints one line of key=value pairs.
 */
#ifndef WSLOAD_H
#define WSLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAX_IN_FLIGHT 64
#define SECOND 1000000000ull

/* Options of the command line. */
struct options {
	const char *work;
	int port;
	const char *path;
	int publisher_port;       /* fanout: the server to which connection 0 publishes, 0 if it is a member */
	const char *publisher_path;
	int connections;
	int in_flight;      /* echo: a connection; fanout: of the publisher */
	int size;           /* bytes of a message */
	int warm_up;        /* seconds that are not measured */
	int seconds;
	int rate;           /* fanout: publishes per second at fixed times, instead of messages in flight */
	int stalled;        /* fanout: number of connections that never read after the handshake */
	int keep_open;      /* idle: seconds between pings, 0 for none */
	bool stomp;         /* fanout: STOMP 1.2 frames in the messages */
	int server_pid;
};

extern struct options options;

enum state { CONNECTING, HANDSHAKING, OPEN, CLOSED };

struct connection {
	int fd;
	int index;
	enum state state;
	bool stalled;
	bool subscribed;              /* STOMP: the subscription has been sent */
	uint64_t dialled_at;
	uint64_t received;            /* messages */
	unsigned char *partial;       /* the start of a frame whose rest has not arrived */
	size_t partial_length;
	unsigned char *unsent;        /* the data that the socket did not accept */
	size_t unsent_length;
	uint64_t sent_at[MAX_IN_FLIGHT];
	unsigned sent, answered;
};

/* Callbacks of a work for events of a connection. All of them except message may be NULL. */
struct work {
	void (*opened)(struct connection *connection);
	void (*message)(struct connection *connection, const unsigned char *payload, size_t length, uint64_t arrival);
	void (*closed)(struct connection *connection);
};

/* client.c */
extern struct connection *connections;
extern int opened_count, failed_count;
void client_start(const struct work *work);
void client_dial(struct connection *connection, int index);
void client_open_all(void);
void client_poll(int milliseconds);
void client_poll_until(uint64_t time);
bool client_watch_input(void);                /* input_ended becomes true at the end of standard input */
extern bool input_ended;
void client_send_text(struct connection *connection, const char *text, size_t length);
void client_send_control(struct connection *connection, int opcode, const void *payload, size_t length);
void client_send_raw(struct connection *connection, const void *bytes, size_t length);
void client_close(struct connection *connection);
size_t client_text_frame(unsigned char *frame, const char *text, size_t length);

/* measure.c */
uint64_t now(void);
void latency_reset(void);
void latency_record(uint64_t nanoseconds);
double latency_percentile(double share);      /* in microseconds */
struct usage { uint64_t time; double server_cpu; double client_cpu; };
struct usage usage_now(void);
void print_usage(struct usage from, struct usage to, uint64_t count);
void print_latency(void);

/* The works */
void work_echo(void);
void work_fanout(void);
void work_connect(void);
void work_idle(void);

/* stomp.c */
void stomp_connect(struct connection *connection);
/* Returns the body of a MESSAGE frame, or NULL. Subscribes when the frame is CONNECTED. */
const unsigned char *stomp_receive(struct connection *connection, const unsigned char *payload, size_t *length);
size_t stomp_message(char *frame, const char *body, size_t length);

#endif
