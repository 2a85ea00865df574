/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_gctrace.c - the lines that GODEBUG=gctrace=1 prints (formats.md 6.1), of every Go, and those
 * of its neighbours (6.2):
 *
 *     gc 34 @2.510s 7%: 0.004+56+0.005 ms clock, 0.009+18/24/25+0.010 ms cpu,
 *         10->10->5 MB, 11 MB goal, 0 MB stacks, 0 MB globals, 2 P (forced)
 *
 * (one line, broken here)
 *
 * Rules:
 *   1. "MB" are MiB, truncated. The third of the three heap sizes is what marking found alive.
 *   2. Of the concurrent CPU numbers (a/b/c) the first is what goroutines had to help, the second
 *      the workers set aside for marking (dedicated and fractional), the third processors that
 *      were idle anyway. None of them is a clock number.
 *   3. A cycle number that does not rise, or a process age that falls, starts another process:
 *      another capture.
 *   4. Values that this Go version does not print stay -1. Go 1.5 has five phases: sweep, scan,
 *      install, mark and termination, of which the second and fourth run beside the program.
 *   5. The same line again, to the last digit, is quoted: no cycle, and no other process.
 *   6. Scavenger lines (scavenger_line.h) are readings of the same capture. Pacer, inittrace and
 *      schedtrace lines are passed over: they say nothing of memory.
 *
 * A capture is gathered in packed form and handed on when it is complete, or in parts of PART_MAX
 * bytes: some 100,000 cycles.
 */
#include "line_format.h"
#include "scavenger_line.h"

#include <leakledger/buf.h>

#include <math.h>

enum {
	PART_MAX = 4 * 1024 * 1024,
	ROW_MAX = 320, /* bytes that a packed row takes at most */
	KNOWN = 1024,  /* cycles of a process that are recognised when they come again */
};

enum row {
	ROW_CYCLE,
	ROW_READING,
};

/* What tells one cycle of a process from all others. */
struct known {
	int64_t number, age_ns, pause_ns, mark_ns, heap_start;
};

struct reader {
	const struct ll_sink *out;
	const struct ll_log_source *source;
	struct ll_buf rows;
	int64_t last_number, last_age_ns, last_time_ns;
	int64_t near_ns; /* the last time above the last line, which has none */
	bool has_cycle;
	struct known known[KNOWN]; /* rule 5: the last ones, at their number modulo KNOWN */
	size_t captures;           /* that were not told of yet */
	const char *passed_over;   /* lines of another trace that were seen */
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
	cycle->sweep_stop_ns = ms_to_ns(parts[0]);
	cycle->mark_ns = ms_to_ns(count == 3 ? parts[1] : parts[1] + parts[3]);
	cycle->mark_stop_ns = ms_to_ns(parts[count - 1]);
	cycle->pause_ns =
		ms_to_ns(count == 3 ? parts[0] + parts[2] : parts[0] + parts[2] + parts[4]);
	return true;
}

/* "0.009+18/24/25+0.010 ms cpu, " (rule 2). */
static bool take_cpu(struct ll_str *text, struct ll_gc *cycle)
{
	double parts[7];
	size_t count = 0, assist = SIZE_MAX;

	while (count < LL_COUNT(parts) && take_real(text, &parts[count])) {
		if (assist == SIZE_MAX && ll_str_starts(*text, "/"))
			assist = count;
		count++;
		if (!ll_str_skip(text, "+") && !ll_str_skip(text, "/"))
			break;
	}
	if (!ll_str_skip(text, " ms cpu, "))
		return false;
	if (assist == SIZE_MAX || assist + 4 != count || (assist != 1 && assist != 3))
		return true;
	cycle->assist_ns = ms_to_ns(parts[assist]);
	cycle->worker_cpu_ns = ms_to_ns(parts[assist + 1] + (assist == 3 ? parts[1] : 0));
	cycle->idle_cpu_ns = ms_to_ns(parts[assist + 2]);
	cycle->stop_cpu_ns = ms_to_ns(parts[0] + parts[count - 1] + (assist == 3 ? parts[2] : 0));
	return true;
}

/* "10->10->5 MB, 11 MB goal, "; betas of Go 1.5 print no goal. */
static bool take_heap(struct ll_str *text, struct ll_gc *cycle)
{
	struct ll_str rest;

	if (!take_mib(text, &cycle->heap_start) || !ll_str_skip(text, "->") ||
	    !take_mib(text, &cycle->heap_end) || !ll_str_skip(text, "->") ||
	    !take_mib(text, &cycle->heap_live) || !ll_str_skip(text, " MB, "))
		return false;
	rest = *text;
	if (take_mib(&rest, &cycle->heap_goal) && ll_str_skip(&rest, " MB goal, "))
		*text = rest;
	else
		cycle->heap_goal = -1;
	return true;
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

/* "gc 34 @2.510s 7%: ", its leak-check form of Go 1.26, and "gc #34 @" of betas of Go 1.5. */
static bool take_start(struct ll_str *text, struct ll_gc *cycle)
{
	double age;

	if (!ll_str_skip(text, "gc "))
		return false;
	(void)ll_str_skip(text, "#");
	if (!take_i64(text, &cycle->number) || !ll_str_skip(text, " @") || !take_real(text, &age) ||
	    !ll_str_skip(text, "s ") || !take_i64(text, &cycle->cpu_percent) ||
	    !ll_str_skip(text, "%"))
		return false;
	(void)ll_str_skip(text, " (checking for goroutine leaks)");
	cycle->since_start_ns = age >= 0 && age < 4e9 ? (int64_t)llround(age * 1e9) : -1;
	return ll_str_skip(text, ": ");
}

/*
 * "gc1(4): 7+1+211+0 us, 2 -> 3 MB, 21 (21-0) objects, ..." of Go 1.3 and 1.4, all of whose parts
 * stop the world. What this collection leaves is only known when it is swept, and the next one
 * says it: the first number is what the one before left, the second the whole heap now. Up to 1.2
 * the heap is swept at once, and they are the heap before and after:
 * "gc1(4): 7+1+0 ms, 3 -> 2 MB 41 -> 21 (41-20) objects, ...", of Go 1.0 without the first comma.
 */
static bool take_old_heap(struct ll_str text, struct ll_gc *cycle)
{
	int64_t first, second, objects;

	if (!take_mib(&text, &first) || !ll_str_skip(&text, " -> ") || !take_mib(&text, &second) ||
	    !ll_str_skip(&text, " MB"))
		return false;
	if (ll_str_skip(&text, ", ")) {
		cycle->heap_live = first;
		cycle->heap_start = second;
		return true;
	}
	cycle->heap_start = first;
	cycle->heap_end = second;
	cycle->heap_live = second;
	return ll_str_skip(&text, " ") && take_i64(&text, &objects) && ll_str_skip(&text, " -> ");
}

static bool parse_old_cycle(struct ll_str text, struct ll_gc *cycle)
{
	double part, sum = 0;

	*cycle = (struct ll_gc){
		.end_ns = LL_TIME_NONE,
		.since_start_ns = -1,
		.heap_end = -1,
		.heap_goal = -1,
		.stacks = -1,
		.globals = -1,
		.assist_ns = -1,
		.cpu_percent = -1,
		.sweep_stop_ns = -1,
		.mark_ns = -1,
		.mark_stop_ns = -1,
		.stop_cpu_ns = -1,
		.worker_cpu_ns = -1,
		.idle_cpu_ns = -1,
	};
	if (!ll_str_skip(&text, "gc") || !take_i64(&text, &cycle->number) ||
	    !ll_str_skip(&text, "(") || !take_i64(&text, &cycle->procs) ||
	    !ll_str_skip(&text, "): "))
		return false;
	while (take_real(&text, &part)) {
		sum += part;
		if (!ll_str_skip(&text, "+"))
			break;
	}
	cycle->pause_ns = ms_to_ns(ll_str_starts(text, " us") ? sum / 1000 : sum);
	if (!ll_str_skip(&text, " us") && !ll_str_skip(&text, " ms"))
		return false;
	(void)ll_str_skip(&text, ",");
	return ll_str_skip(&text, " ") && take_old_heap(text, cycle);
}

static bool parse_cycle(struct ll_str text, struct ll_gc *cycle)
{
	if (!ll_str_starts(text, "gc "))
		return parse_old_cycle(text, cycle);
	*cycle = (struct ll_gc){
		.end_ns = LL_TIME_NONE,
		.stacks = -1,
		.globals = -1,
		.assist_ns = -1,
		.stop_cpu_ns = -1,
		.worker_cpu_ns = -1,
		.idle_cpu_ns = -1,
	};
	if (!take_start(&text, cycle) || !take_clock(&text, cycle) || !take_cpu(&text, cycle) ||
	    !take_heap(&text, cycle) || !take_roots(&text, cycle))
		return false;
	if (!take_i64(&text, &cycle->procs) || !ll_str_skip(&text, " P"))
		return false;
	cycle->is_forced = ll_str_skip(&text, " (forced)");
	return true;
}

/* ------------------------------------------------------------------------ lines */

/* Lines of the runtime's other traces (rule 6), or NULL. */
static const char *other_trace(struct ll_str line)
{
	static const struct {
		const char *start, *remark;
	} traces[] = {
		{"pacer: ", "lines of the GC pacer only: no collection in them"},
		{"SCHED ", "lines of the scheduler's trace only: no collection in them"},
		{"scan: ", "lines of a GC trace without a collection"},
		{"GC forced", "lines of a GC trace without a collection"},
	};
	const size_t at = ll_str_find(line, " @");

	for (size_t i = 0; i < LL_COUNT(traces); i++) {
		if (ll_str_starts(line, traces[i].start))
			return traces[i].remark;
	}
	if (ll_str_starts(line, "init ") && at != SIZE_MAX &&
	    ll_str_find(ll_str_from(line, at), " ms clock, ") != SIZE_MAX)
		return "lines of the trace of initialization only: no collection in them";
	return NULL;
}

/* "gc " may be part of any sentence; the '@' two words on is what makes it ours. */
static size_t find_cycle(struct ll_str raw)
{
	for (size_t from = 0;;) {
		const struct ll_str rest = ll_str_from(raw, from);
		const size_t at = ll_str_find(rest, "gc");
		struct ll_gc cycle;

		if (at == SIZE_MAX)
			return ll_scavenger_line_find(raw);
		if (parse_cycle(ll_str_from(rest, at), &cycle))
			return from + at;
		from += at + 2;
	}
}

static bool opens_trace(struct ll_str message)
{
	struct ll_gc cycle;

	return (ll_str_starts(message, "gc") && parse_cycle(message, &cycle)) ||
	       ll_scavenger_line_find(message) == 0 || other_trace(message);
}

/* ------------------------------------------------------------------ the capture */

static void pack_cycle(struct ll_buf *rows, const struct ll_gc *cycle)
{
	const int64_t numbers[] = {
		cycle->number,         cycle->end_ns == LL_TIME_NONE ? 0 : cycle->end_ns,
		cycle->since_start_ns, cycle->pause_ns,
		cycle->heap_start,     cycle->heap_end,
		cycle->heap_live,      cycle->heap_goal,
		cycle->stacks,         cycle->globals,
		cycle->assist_ns,      cycle->cpu_percent,
		cycle->procs,          cycle->is_forced,
		cycle->sweep_stop_ns,  cycle->mark_ns,
		cycle->mark_stop_ns,   cycle->stop_cpu_ns,
		cycle->worker_cpu_ns,  cycle->idle_cpu_ns,
	};

	ll_buf_putc(rows, ROW_CYCLE);
	for (size_t i = 0; i < LL_COUNT(numbers); i++)
		ll_buf_put_zigzag(rows, numbers[i]);
}

static int64_t unpack(struct ll_str rows, size_t *offset)
{
	int64_t value = 0;

	(void)ll_zigzag_get(rows, offset, &value);
	return value;
}

static int emit_cycle(struct reader *reader, struct ll_str rows, size_t *offset,
                      struct ll_error *err)
{
	struct ll_gc cycle = {0};
	int64_t is_forced;
	int64_t *const numbers[] = {
		&cycle.number,       &cycle.end_ns,      &cycle.since_start_ns, &cycle.pause_ns,
		&cycle.heap_start,   &cycle.heap_end,    &cycle.heap_live,      &cycle.heap_goal,
		&cycle.stacks,       &cycle.globals,     &cycle.assist_ns,      &cycle.cpu_percent,
		&cycle.procs,        &is_forced,         &cycle.sweep_stop_ns,  &cycle.mark_ns,
		&cycle.mark_stop_ns, &cycle.stop_cpu_ns, &cycle.worker_cpu_ns,  &cycle.idle_cpu_ns,
	};

	for (size_t i = 0; i < LL_COUNT(numbers); i++)
		*numbers[i] = unpack(rows, offset);
	cycle.is_forced = is_forced != 0;
	if (cycle.end_ns == 0)
		cycle.end_ns = LL_TIME_NONE;
	return reader->out->gc(reader->out->self, &cycle, err);
}

static int emit_reading(struct reader *reader, struct ll_str rows, size_t *offset,
                        struct ll_error *err)
{
	const size_t name = (size_t)unpack(rows, offset);
	const int64_t value = unpack(rows, offset);
	const int64_t time_ns = unpack(rows, offset);
	const struct ll_reading reading = {
		.name = ll_str(ll_scavenger_names[name % LL_SCAVENGER_NAMES]),
		.value = (double)value,
		.time_ns = time_ns == 0 ? LL_TIME_NONE : time_ns,
	};

	return reader->out->reading(reader->out->self, &reading, err);
}

/* Hands on what was gathered, if anything was. */
static int emit_capture(struct reader *reader, struct ll_error *err)
{
	const struct ll_origin origin = {
		.kind = LL_KIND_GCTRACE,
		.format = "gctrace",
		.time_ns = reader->last_time_ns,
		.not_before_ns =
			reader->last_time_ns == LL_TIME_NONE ? reader->near_ns : LL_TIME_NONE,
		.service = reader->source->service,
		.instance = reader->source->instance,
		.identified = reader->source->identified,
	};
	const struct ll_str rows = ll_buf_str(&reader->rows);
	size_t offset = 0;
	int rc;

	if (rows.size == 0)
		return LL_OK;
	rc = reader->out->begin(reader->out->self, &origin, err);
	while (rc == LL_OK && offset < rows.size) {
		const bool is_cycle = rows.data[offset++] == ROW_CYCLE;

		rc = is_cycle ? emit_cycle(reader, rows, &offset, err)
		              : emit_reading(reader, rows, &offset, err);
	}
	reader->captures++;
	ll_buf_clear(&reader->rows);
	return rc;
}

static int make_room(struct reader *reader, struct ll_error *err)
{
	return reader->rows.size + ROW_MAX > PART_MAX ? emit_capture(reader, err) : LL_OK;
}

/* Rule 5. A clock that is too coarse to tell two processes apart tells nothing. */
static bool is_quoted_again(struct reader *reader, const struct ll_gc *cycle)
{
	const struct known now = {
		.number = cycle->number,
		.age_ns = cycle->since_start_ns,
		.pause_ns = cycle->pause_ns,
		.mark_ns = cycle->mark_ns,
		.heap_start = cycle->heap_start,
	};
	struct known *const then = &reader->known[(uint64_t)cycle->number % KNOWN];
	const bool is_same = now.number == then->number && now.age_ns == then->age_ns &&
	                     now.pause_ns == then->pause_ns && now.mark_ns == then->mark_ns &&
	                     now.heap_start == then->heap_start;

	*then = now;
	return is_same && now.age_ns > 0 && now.pause_ns > 0 && now.mark_ns > 0;
}

static int take_cycle(struct reader *reader, const struct ll_gc *cycle, struct ll_error *err)
{
	int rc = LL_OK;

	if (is_quoted_again(reader, cycle))
		return 1;
	if (reader->has_cycle &&
	    (cycle->number <= reader->last_number || cycle->since_start_ns < reader->last_age_ns))
		rc = emit_capture(reader, err);
	if (rc == LL_OK)
		rc = make_room(reader, err);
	reader->has_cycle = true;
	reader->last_number = cycle->number;
	reader->last_age_ns = cycle->since_start_ns;
	reader->last_time_ns = cycle->end_ns;
	pack_cycle(&reader->rows, cycle);
	return rc < 0 ? rc : 1;
}

static int take_scavenge(struct reader *reader, const struct ll_scavenger_line *scavenge,
                         int64_t time_ns, struct ll_error *err)
{
	const int rc = make_room(reader, err);

	for (size_t i = 0; i < scavenge->count; i++) {
		ll_buf_putc(&reader->rows, ROW_READING);
		ll_buf_put_zigzag(&reader->rows, (int64_t)scavenge->names[i]);
		ll_buf_put_zigzag(&reader->rows, scavenge->values[i]);
		ll_buf_put_zigzag(&reader->rows, time_ns == LL_TIME_NONE ? 0 : time_ns);
	}
	reader->last_time_ns = time_ns;
	return rc < 0 ? rc : 1;
}

/* ------------------------------------------------------------ as a line format */

static void *open_reader(const struct ll_sink *out, const struct ll_log_source *source)
{
	struct reader *const reader = ll_calloc(1, sizeof *reader);

	reader->out = out;
	reader->source = source;
	reader->last_time_ns = LL_TIME_NONE;
	reader->near_ns = LL_TIME_NONE;
	ll_buf_init(&reader->rows, PART_MAX + (size_t)4 * ROW_MAX);
	return reader;
}

static int read_line(void *self, const struct ll_log_line *line, struct ll_error *err)
{
	struct reader *const reader = self;
	struct ll_scavenger_line scavenge;
	struct ll_gc cycle;
	int rc;

	if (line->message.size < 6 || !memchr("gspSiGf", line->message.data[0], 7))
		return 0;
	if (ll_str_starts(line->message, "gc") && parse_cycle(line->message, &cycle)) {
		cycle.end_ns = line->time_ns;
		rc = take_cycle(reader, &cycle, err);
		reader->near_ns = line->near_ns;
		return rc;
	}
	if (ll_scavenger_line_parse(line->message, &scavenge)) {
		rc = take_scavenge(reader, &scavenge, line->time_ns, err);
		reader->near_ns = line->near_ns;
		return rc;
	}
	if (!other_trace(line->message))
		return 0;
	reader->passed_over = other_trace(line->message);
	return 1;
}

static int finish_reader(void *self, bool is_cut, struct ll_error *err)
{
	struct reader *const reader = self;
	const bool is_open = reader->rows.size > 0;
	const int rc = emit_capture(reader, err);
	const size_t captures = reader->captures;

	if (rc < 0)
		return rc;
	if (is_cut && is_open)
		reader->out->note(reader->out->self, 0, "the log breaks off");
	reader->captures = 0;
	return (int)captures;
}

static void close_reader(void *self)
{
	struct reader *const reader = self;

	ll_buf_done(&reader->rows);
	free(reader);
}

static const char *remark(const void *self)
{
	return ((const struct reader *)self)->passed_over;
}

static const char *const first_words[] = {"gc",     "scav ",     "scvg",  "pacer: ", "SCHED ",
                                          "scan: ", "GC forced", "init ", NULL};

const struct ll_line_format ll_line_gctrace = {
	.id = "gctrace",
	.words = first_words,
	.find = find_cycle,
	.opens = opens_trace,
	.open = open_reader,
	.line = read_line,
	.finish = finish_reader,
	.close = close_reader,
	.remark = remark,
};
