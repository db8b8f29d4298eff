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

/* The command line. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "wsload.h"

struct options options = { .work = "", .port = 8080, .path = "/", .publisher_path = "/", .connections = 100, .in_flight = 1, .size = 32,
	.warm_up = 1, .seconds = 3 };

static const char usage[] =
	"usage: wsload echo|fanout|connect|idle [options]\n"
	"  -p PORT  -u PATH  -S SERVER_PID     the server, on this machine\n"
	"  -c CONNECTIONS                      connect: this number at a time\n"
	"  -P IN_FLIGHT  -s BYTES              messages; fanout: of the publisher\n"
	"  -w WARM_UP_SECONDS  -d SECONDS      idle: at most this long, or until standard input ends\n"
	"  -r PUBLISHES_A_SECOND               fanout: at fixed times instead of messages in flight\n"
	"  -q PORT  -U PATH                    fanout: connection 0 publishes there and is no member, needs -r\n"
	"  -n STALLED                          fanout: this number of connections never reads\n"
	"  -t                                  fanout: STOMP\n"
	"  -k SECONDS                          idle: interval between pings\n";

static void read_options(int count, char **arguments)
{
	int option;
	while ((option = getopt(count, arguments, "p:u:q:U:S:c:P:s:w:d:r:n:tk:")) != -1) {
		switch (option) {
		case 'p': options.port = atoi(optarg); break;
		case 'u': options.path = optarg; break;
		case 'q': options.publisher_port = atoi(optarg); break;
		case 'U': options.publisher_path = optarg; break;
		case 'S': options.server_pid = atoi(optarg); break;
		case 'c': options.connections = atoi(optarg); break;
		case 'P': options.in_flight = atoi(optarg); break;
		case 's': options.size = atoi(optarg); break;
		case 'w': options.warm_up = atoi(optarg); break;
		case 'd': options.seconds = atoi(optarg); break;
		case 'r': options.rate = atoi(optarg); break;
		case 'n': options.stalled = atoi(optarg); break;
		case 't': options.stomp = true; break;
		case 'k': options.keep_open = atoi(optarg); break;
		default: fputs(usage, stderr); exit(2);
		}
	}
}

static void check_options(void)
{
	if (options.in_flight < 1 || options.in_flight > MAX_IN_FLIGHT || options.size < 16 || options.connections < 1
			|| options.stalled >= options.connections) {
		fputs("wsload: use 1 to 64 messages in flight, at least 16 bytes, and fewer stalled connections than connections\n",
				stderr);
		exit(2);
	}
	if (options.publisher_port > 0 && options.rate < 1) {
		fputs("wsload: use -q with -r\n", stderr);
		exit(2);
	}
}

static void raise_file_limit(void)
{
	struct rlimit limit;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static const struct { const char *name; void (*run)(void); } works[] = {
	{ "echo", work_echo }, { "fanout", work_fanout }, { "connect", work_connect }, { "idle", work_idle } };

int main(int count, char **arguments)
{
	if (count > 1) {
		options.work = arguments[1];
		read_options(count - 1, arguments + 1);
		check_options();
	}
	raise_file_limit();
	for (size_t i = 0; i < sizeof works / sizeof works[0]; i++) {
		if (strcmp(options.work, works[i].name) == 0) {
			works[i].run();
			return 0;
		}
	}
	fputs(usage, stderr);
	return 2;
}
