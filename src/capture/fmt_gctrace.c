/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_gctrace.c - the lines that GODEBUG=gctrace=1 prints (formats.md 6.1), Go 1.5 to 1.27:
 *
 *     gc 34 @2.510s 7%: 0.004+56+0.005 ms clock, 0.009+18/24/25+0.010 ms cpu,
 *         10->10->5 MB, 11 MB goal, 0 MB stacks, 0 MB globals, 2 P (forced)
 *
 * (one line, broken here)
 *
 * Rules:
 *   1. "MB" are MiB, truncated. The third of the three heap sizes is what marking found alive.
 *   2. The assist time is the first of the three concurrent CPU numbers (a/b/c), not a clock
 *      number.
 *   3. A cycle number that does not rise, or a process age that falls, starts another process:
 *      another capture.
 *   4. Values that this Go version does not print stay -1.
 */
#include "line_format.h"
#include "prefix.h"

#include <math.h>

enum {
	CYCLES_MAX = 4 * 1024 * 1024, /* cycles of one process that are kept */
};

struct reader {
	const struct ll_sink *out;
	bool has_capture;
	int64_t last_number, last_age_ns;
	size_t cycles;
	size_t captures;
};

/* A decimal number such as "0.004" or "18"; moves *text behind it. */
static bool take_real(struct ll_str *text, double *ret_value)
{
	size_t size = 0;

	while (size < text->size && memchr("0123456789.e-", text->data[size], 13) &&
	       !(size > 0 && text->data[size] == '-' && text->data[size - 1] != 'e'))
		size++;
	if (!ll_str_to_f64(ll_str_first(*text, size), ret_value) || !isfinite(*ret_value))
		return false;
	*text = ll_str_from(*text, size);
	return true;
}

static bool take_i64(struct ll_str *text, int64_t *ret_value)
{
	uint64_t value;
	const size_t digits = ll_str_lead_u64(*text, &value);

	if (digits == 0 || value > INT64_MAX >> 20)
		return false;
	*text = ll_str_from(*text, digits);
	*ret_value = (int64_t)value;
	return true;
}

static bool take_mib(struct ll_str *text, int64_t *ret_bytes)
{
	if (!take_i64(text, ret_bytes))
		return false;
	*ret_bytes <<= 20;
	return true;
}

static int64_t ms_to_ns(double ms)
{
	return ms >= 0 && ms < 1e9 ? (int64_t)llround(ms * 1e6) : -1;
}

/* "0.004+56+0.005 ms clock, ": stop-the-world parts are all but the concurrent ones. */
static bool take_clock(struct ll_str *text, struct ll_gc *cycle)
{
	double parts[5];
	size_t count = 0;

	do {
		if (count == LL_COUNT(parts) || !take_real(text, &parts[count]))
			return false;
		count++;
	} while (ll_str_skip(text, "+"));
	if ((count != 3 && count != 5) || !ll_str_skip(text, " ms clock, "))
		return false;
	/*
	 * Go 1.5 printed sweep, scan, install, mark and termination; the first and last two stop.
	 */
	cycle->pause_ns =
		ms_to_ns(count == 3 ? parts[0] + parts[2] : parts[0] + parts[2] + parts[4]);
	return true;
}

/* "0.009+18/24/25+0.010 ms cpu, " (rule 2). */
static bool take_cpu(struct ll_str *text, struct ll_gc *cycle)
{
	double value, assist = -1, before = 0;

	while (take_real(text, &value)) {
		if (assist < 0 && ll_str_starts(*text, "/"))
			assist = value;
		before = value;
		if (!ll_str_skip(text, "+") && !ll_str_skip(text, "/"))
			break;
	}
	(void)before;
	cycle->assist_ns = assist >= 0 ? ms_to_ns(assist) : -1;
	return ll_str_skip(text, " ms cpu, ");
}

static bool take_heap(struct ll_str *text, struct ll_gc *cycle)
{
	return take_mib(text, &cycle->heap_start) && ll_str_skip(text, "->") &&
	       take_mib(text, &cycle->heap_end) && ll_str_skip(text, "->") &&
	       take_mib(text, &cycle->heap_live) && ll_str_skip(text, " MB, ") &&
	       take_mib(text, &cycle->heap_goal) && ll_str_skip(text, " MB goal, ");
}

/* "0 MB stacks, 0 MB globals, " since Go 1.18. */
static bool take_roots(struct ll_str *text, struct ll_gc *cycle)
{
	struct ll_str rest = *text;

	if (!take_mib(&rest, &cycle->stacks) || !ll_str_skip(&rest, " MB stacks, ")) {
		cycle->stacks = -1;
		return true;
	}
	if (!take_mib(&rest, &cycle->globals) || !ll_str_skip(&rest, " MB globals, "))
		return false;
	*text = rest;
	return true;
}

/* "gc 34 @2.510s 7%: " and its leak-check form of Go 1.26. */
static bool take_start(struct ll_str *text, struct ll_gc *cycle)
{
	double age;

	if (!ll_str_skip(text, "gc ") || !take_i64(text, &cycle->number) ||
	    !ll_str_skip(text, " @") || !take_real(text, &age) || !ll_str_skip(text, "s ") ||
	    !take_i64(text, &cycle->cpu_percent) || !ll_str_skip(text, "%"))
		return false;
	(void)ll_str_skip(text, " (checking for goroutine leaks)");
	cycle->since_start_ns = age >= 0 && age < 4e9 ? (int64_t)llround(age * 1e9) : -1;
	return ll_str_skip(text, ": ");
}

static bool parse_cycle(struct ll_str text, struct ll_gc *cycle)
{
	*cycle = (struct ll_gc){.end_ns = LL_TIME_NONE, .stacks = -1, .globals = -1};
	if (!take_start(&text, cycle) || !take_clock(&text, cycle) || !take_cpu(&text, cycle) ||
	    !take_heap(&text, cycle) || !take_roots(&text, cycle))
		return false;
	if (!take_i64(&text, &cycle->procs) || !ll_str_skip(&text, " P"))
		return false;
	cycle->is_forced = ll_str_skip(&text, " (forced)");
	return true;
}

/* "gc " may be part of any sentence; the '@' two words on is what makes it ours. */
static size_t find_cycle(struct ll_str raw)
{
	for (size_t from = 0;;) {
		const struct ll_str rest = ll_str_from(raw, from);
		const size_t at = ll_str_find(rest, "gc ");
		struct ll_gc cycle;

		if (at == SIZE_MAX)
			return SIZE_MAX;
		if (parse_cycle(ll_str_from(rest, at), &cycle))
			return from + at;
		from += at + 3;
	}
}

static void *open_reader(const struct ll_sink *out)
{
	struct reader *const reader = ll_calloc(1, sizeof *reader);

	reader->out = out;
	return reader;
}

static int begin_capture(struct reader *reader, struct ll_error *err)
{
	const struct ll_origin origin = {
		.kind = LL_KIND_GCTRACE,
		.format = "gctrace",
		.time_ns = LL_TIME_NONE,
		.not_before_ns = LL_TIME_NONE,
	};

	reader->has_capture = true;
	reader->captures++;
	reader->cycles = 0;
	return reader->out->begin(reader->out->self, &origin, err);
}

static int read_line(void *self, const struct ll_log_line *line, struct ll_error *err)
{
	struct reader *const reader = self;
	struct ll_gc cycle;
	int rc = LL_OK;

	if (!ll_str_starts(line->message, "gc ") || !parse_cycle(line->message, &cycle))
		return 0;
	cycle.end_ns = ll_prefix_time(line->prefix);
	if (!reader->has_capture || cycle.number <= reader->last_number ||
	    cycle.since_start_ns < reader->last_age_ns)
		rc = begin_capture(reader, err);
	reader->last_number = cycle.number;
	reader->last_age_ns = cycle.since_start_ns;
	if (rc == LL_OK && reader->cycles++ < CYCLES_MAX)
		rc = reader->out->gc(reader->out->self, &cycle, err);
	return rc < 0 ? rc : 1;
}

static int finish_reader(void *self, bool is_cut, struct ll_error *err)
{
	struct reader *const reader = self;

	(void)err;
	if (reader->has_capture && is_cut)
		reader->out->note(reader->out->self, 0, "the log breaks off");
	return (int)reader->captures;
}

static void close_reader(void *self)
{
	free(self);
}

const struct ll_line_format ll_line_gctrace = {
	.id = "gctrace",
	.find = find_cycle,
	.open = open_reader,
	.line = read_line,
	.finish = finish_reader,
	.close = close_reader,
};
