/* SPDX-License-Identifier: Apache-2.0 */
/*
 * openings.c - THE TABLE of lines that captures begin with.
 *
 * A brace alone opens anything, and every line of a log may have one: so JSON has a word that must
 * follow, in the same line where the object stands in one, else nearby.
 */
#include "openings.h"

enum {
	NEARBY_BYTES = 4096,
};

static const struct ll_opening openings[] = {
	{"{", "memstats-json", "\"HeapAlloc\""},
	{"{Alloc:", "memstats-go", NULL},
	{"&{Alloc:", "memstats-go", NULL},
	{"runtime.MemStats{", "memstats-go", NULL},
	{"{", "runtime-metrics", ":bytes\""},
	{"[", "runtime-metrics", ":bytes\""},
	{"{", "gcstats-json", "\"PauseTotal\""},
	{"{", "go-metrics", "\"Gauges\""},
	{"[", "go-metrics", "\"Gauges\""},
	{"{", "kubernetes", "\"apiVersion\""},
	{"[", "kubernetes", "\"apiVersion\""},
	{"{", "kubernetes", "\"involvedObject\""},
	{"apiVersion: ", "kubernetes", NULL},
	{"[", "docker", "\"OOMKilled\""},
	{"{", "prometheus-api", "\"resultType\""},
	{"{", "ecs", "\"taskArn\""},
	{"{", "crictl", "\"CONTAINER_"},
	{"{\"version\":", "escape-json", "\"gc_version\""},
	{"/gc/", "runtime-metrics", NULL},
	{"/memory/", "runtime-metrics", NULL},
	{"/sched/", "runtime-metrics", NULL},
	{"Name:\t", "proc", NULL},
	{"MemTotal: ", "proc", NULL},
	{"Limit ", "proc", "Soft Limit"},
	{"00400000-", "proc",
         NULL}, /* where the code of a Go program is, unless it was built as PIE */
	{"some avg10=", "proc", NULL},
	{"==> /proc/", "proc", NULL},
	{"/proc/", "proc", NULL},
	{"==> /sys/fs/cgroup/", "cgroup", NULL},
	{"/sys/fs/cgroup/", "cgroup", NULL},
	{"anon ", "cgroup", NULL},
	{"cache ", "cgroup", NULL},
	{"low ", "cgroup", NULL},
	{"service,", "csv", NULL},
	{"service;", "csv", NULL},
	{"service\t", "csv", NULL},
	{"time,", "csv", NULL},
	{"# HELP ", "prometheus", NULL},
	{"# TYPE ", "prometheus", NULL},
	{"go_", "prometheus", NULL},
	{"process_", "prometheus", NULL},
	{"container_", "prometheus", NULL},
	{"PeriodType: ", "pprof-raw", NULL},
	{"heap profile: ", "pprof-text", NULL},
	{"goroutine profile: ", "pprof-text", NULL},
	{"goroutineleak profile: ", "pprof-text", NULL},
	{"threadcreate profile: ", "pprof-text", NULL},
	{"--- mutex:", "pprof-text", NULL},
	{"--- contention:", "pprof-text", NULL},
	{"--- contentionz ", "pprof-legacy", NULL},
	{"--- heapz ", "pprof-legacy", NULL},
	{"--- threadz ", "pprof-legacy", NULL},
	{"goroutine ", "log", "["},
	{"panic: ", "log", NULL},
	{"fatal error: ", "log", NULL},
	{"SIGQUIT: ", "log", NULL},
	{"gc ", "log", NULL},
	{"goos: ", "benchmark", NULL},
	{"Benchmark", "benchmark", NULL},
	{"# ", "escape", ".go:"},
};

_Static_assert(LL_COUNT(openings) <= LL_OPENINGS_MAX, "raise LL_OPENINGS_MAX");

const struct ll_opening *ll_openings(size_t *ret_count)
{
	*ret_count = LL_COUNT(openings);
	return openings;
}

struct ll_str ll_opening_of_object(struct ll_str text)
{
	struct ll_str head = ll_str_first(text, LL_PEEK_SIZE);
	const struct ll_str line = ll_str_trim(ll_str_split(&head, '\n'));

	return line.size > 1 ? line : ll_str_first(text, NEARBY_BYTES);
}

bool ll_opening_fits(const struct ll_opening *opening, struct ll_str text)
{
	struct ll_str head;

	/* Rows with the same first byte are many, and few have the second one, too. */
	if (opening->start[1] != '\0' && text.size > 1 && text.data[1] != opening->start[1])
		return false;
	if (!ll_str_starts(text, opening->start))
		return false;
	if (!opening->word)
		return true;
	head = strchr("{[", opening->start[0]) ? ll_opening_of_object(text)
	                                       : ll_str_first(text, NEARBY_BYTES);
	return ll_str_find(head, opening->word) != SIZE_MAX;
}
