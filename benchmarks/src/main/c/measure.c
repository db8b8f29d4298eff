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

/* Time, latencies, and CPU time of the processes. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <sys/resource.h>
#include <unistd.h>

#include "wsload.h"

/* Buckets of microseconds: exact below 128, then 64 buckets for each power of two. The resolution is 1.6
 * % or better. */
#define SUB_BITS 6
#define BUCKETS ((64 - SUB_BITS) << SUB_BITS)

static uint64_t buckets[BUCKETS];
static uint64_t recorded;

uint64_t now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t) time.tv_sec * SECOND + time.tv_nsec;
}

static int bucket_of(uint64_t microseconds)
{
	if (microseconds < (2u << SUB_BITS)) {
		return (int) microseconds;
	}
	int shift = 63 - __builtin_clzll(microseconds) - SUB_BITS;
	return (shift << SUB_BITS) + (int) (microseconds >> shift);
}

static uint64_t middle_of(int bucket)
{
	if (bucket < (2 << SUB_BITS)) {
		return bucket;
	}
	int shift = (bucket >> SUB_BITS) - 1;
	uint64_t lowest = (uint64_t) (bucket - (shift << SUB_BITS)) << shift;
	return lowest + ((1ull << shift) >> 1);
}

void latency_reset(void)
{
	memset(buckets, 0, sizeof buckets);
	recorded = 0;
}

void latency_record(uint64_t nanoseconds)
{
	buckets[bucket_of(nanoseconds / 1000)]++;
	recorded++;
}

double latency_percentile(double share)
{
	uint64_t rank = (uint64_t) (recorded * share);
	uint64_t passed = 0;
	for (int i = 0; i < BUCKETS; i++) {
		passed += buckets[i];
		if (passed > rank) {
			return middle_of(i);
		}
	}
	return 0;
}

void print_latency(void)
{
	printf(" p50_us=%.0f p99_us=%.0f p999_us=%.0f", latency_percentile(.5), latency_percentile(.99),
			latency_percentile(.999));
}

/* Seconds of user and system time, fields 14 and 15 of /proc/PID/stat. */
static double server_cpu(void)
{
	char name[64], line[2048];
	snprintf(name, sizeof name, "/proc/%d/stat", options.server_pid);
	FILE *file = (options.server_pid != 0) ? fopen(name, "r") : NULL;
	if (file == NULL) {
		return 0;
	}
	size_t length = fread(line, 1, sizeof line - 1, file);
	fclose(file);
	line[length] = 0;
	unsigned long user, system;
	/* The name in parentheses may contain spaces */
	char *rest = strrchr(line, ')');
	if (rest == NULL || sscanf(rest + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2) {
		return 0;
	}
	return (user + system) / (double) sysconf(_SC_CLK_TCK);
}

static double client_cpu(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

struct usage usage_now(void)
{
	struct usage usage = { now(), server_cpu(), client_cpu() };
	return usage;
}

void print_usage(struct usage from, struct usage to, uint64_t count)
{
	double seconds = (to.time - from.time) / (double) SECOND;
	double server = to.server_cpu - from.server_cpu;
	printf(" per_second=%.1f cpu_us=%.3f server_cores=%.3f client_cores=%.3f", count / seconds,
			(count != 0) ? server * 1e6 / count : 0, server / seconds, (to.client_cpu - from.client_cpu) / seconds);
}
