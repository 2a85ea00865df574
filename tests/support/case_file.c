/* SPDX-License-Identifier: Apache-2.0 */
/* case_file.c - see case_file.h. */
#include "case_file.h"

#include "support.h"

#include <leakledger/units.h>

#include <inttypes.h>
#include <math.h>

#define BEGINNING_NS (INT64_C(1772323200) * LL_NS_PER_S) /* 2026-03-01T00:00:00Z */

/* --------------------------------------------------------------------- courses */

/* A number with k or M behind it; moves *text on. */
static bool take_number(struct ll_str *text, double *ret_value)
{
	size_t size = 0;

	/* "7..90": the second dot ends the number. */
	while (size < text->size && (memchr("0123456789", text->data[size], 10) ||
	                             (text->data[size] == '.' && size + 1 < text->size &&
	                              text->data[size + 1] != '.' && text->data[size - 1] != '.')))
		size++;
	if (!ll_str_to_f64(ll_str_first(*text, size), ret_value))
		return false;
	*text = ll_str_from(*text, size);
	if (ll_str_skip(text, "k"))
		*ret_value *= 1024;
	else if (ll_str_skip(text, "M"))
		*ret_value *= 1048576;
	return true;
}

static bool parse_course(struct ll_str text, struct test_course *course)
{
	*course = (struct test_course){
		.until = (double)INFINITY, .turn = (double)INFINITY, .gone = (double)INFINITY};
	if (!take_number(&text, &course->from))
		return false;
	if (ll_str_skip(&text, "..")) {
		if (!take_number(&text, &course->top) || !ll_str_skip(&text, "/") ||
		    !take_number(&text, &course->period) || course->period < 2)
			return false;
	} else if (ll_str_skip(&text, "*2/")) {
		if (!take_number(&text, &course->doubles) || course->doubles < 1)
			return false;
	} else if (ll_str_skip(&text, "+") && !take_number(&text, &course->step)) {
		return false;
	}
	if (ll_str_skip(&text, "@") &&
	    (!take_number(&text, &course->turn) || !ll_str_skip(&text, "+") ||
	     !take_number(&text, &course->late_step)))
		return false;
	if (ll_str_skip(&text, "<") && !take_number(&text, &course->until))
		return false;
	if (ll_str_skip(&text, ">") && !take_number(&text, &course->after))
		return false;
	if (ll_str_skip(&text, "~") && !take_number(&text, &course->wobble))
		return false;
	if (ll_str_skip(&text, "^") && !take_number(&text, &course->gone))
		return false;
	return text.size == 0;
}

/* Between -1 and 1, different for neighbours, the same in every run. */
static double wobble_at(int64_t index)
{
	const uint64_t mixed = ((uint64_t)index + 1) * UINT64_C(0x9e3779b97f4a7c15);

	return (double)(mixed >> 40) / (double)(1 << 23) - 1;
}

int64_t test_course_at(const struct test_course *course, int64_t index)
{
	const double at = fmax(0, fmin((double)index, course->until) - course->after);
	const double late = fmax(0, at - course->turn);
	double value = course->from + course->step * (at - late) + course->late_step * late;

	if ((double)index >= course->gone)
		return 0;
	if (course->doubles > 0)
		value *= exp2(floor(fmax(0, at) / course->doubles));
	if (course->period > 0)
		value += (course->top - course->from) * fmod((double)index, course->period) /
		         (course->period - 1);
	value += course->wobble * wobble_at(index);
	return value > 0 ? (int64_t)llround(value) : 0;
}

/* --------------------------------------------------------------------- parsing */

struct parser {
	struct test_case *test_case;
	const char *service;
	struct test_process *process;
	const char *problem; /* what is wrong with the line; NULL when nothing is */
};

static const char *kept(struct parser *parser, struct ll_str text)
{
	return ll_arena_str(&parser->test_case->arena, ll_str_trim(text)).data;
}

static void parse_stack(struct parser *parser, struct ll_str text, struct test_stack *stack)
{
	const struct ll_str copy = ll_arena_str(&parser->test_case->arena, ll_str_trim(text));

	/* The arena's copy is ours to cut up. */
	if (!test_stack_parse((char *)(uintptr_t)copy.data, stack))
		parser->problem = "no stack: FUNCTION@FILE:LINE < ...";
}

/* The next "key=value" of a list; the separator is ' ' or ';'. */
static bool next_option(struct ll_str *rest, char separator, struct ll_str *ret_key,
                        struct ll_str *ret_value)
{
	*rest = ll_str_trim(*rest);
	if (rest->size == 0)
		return false;
	*ret_value = ll_str_trim(ll_str_split(rest, separator));
	*ret_key = ll_str_trim(ll_str_split(ret_value, '='));
	return true;
}

static bool is_key(struct ll_str key, const char *name)
{
	return ll_str_equal(key, ll_str(name));
}

static void parse_course_of(struct parser *parser, struct ll_str text, struct test_course *course)
{
	if (!parse_course(text, course))
		parser->problem = "no course";
}

static bool parse_goroutine_form(struct test_process *process, struct ll_str text)
{
	process->has_profiles = ll_str_equal(text, ll_str("profile"));
	process->is_left = ll_str_equal(text, ll_str("left"));
	return process->has_profiles || process->is_left;
}

static void parse_process(struct parser *parser, struct ll_str rest)
{
	struct test_process *const process =
		ll_vec_push(&parser->test_case->processes, sizeof *process);
	struct ll_str key, value;

	*process = (struct test_process){
		.service = parser->service,
		.name = kept(parser, ll_str_split(&rest, ' ')),
		.every_ns = LL_NS_PER_HOUR,
		.captures = 24,
	};
	while (next_option(&rest, ' ', &key, &value)) {
		bool is_good = true;

		if (is_key(key, "start"))
			is_good = ll_parse_duration(value, &process->start_ns);
		else if (is_key(key, "every"))
			is_good = ll_parse_duration(value, &process->every_ns);
		else if (is_key(key, "captures"))
			is_good = ll_str_to_i64(value, &process->captures);
		else if (is_key(key, "build"))
			process->build = kept(parser, value);
		else if (is_key(key, "crash"))
			process->crash = kept(parser, value);
		else if (is_key(key, "goroutines"))
			is_good = parse_goroutine_form(process, value);
		else
			is_good = false;
		if (!is_good)
			parser->problem = "a process has start, every, captures, build, crash "
					  "and goroutines=profile|left";
	}
	parser->process = process;
}

static void parse_heap(struct parser *parser, struct ll_str rest)
{
	struct test_case_heap *const heap = ll_vec_push(&parser->process->heap, sizeof *heap);
	struct ll_str key, value;

	parse_stack(parser, ll_str_split(&rest, '|'), &heap->stack);
	while (next_option(&rest, ';', &key, &value)) {
		if (is_key(key, "size")) {
			if (!ll_str_to_i64(value, &heap->size))
				parser->problem = "no size";
		} else if (is_key(key, "live")) {
			parse_course_of(parser, value, &heap->live);
		} else if (is_key(key, "born")) {
			parse_course_of(parser, value, &heap->born);
			heap->has_born = true;
		} else if (is_key(key, "entry")) {
			heap->entry = kept(parser, value);
			parser->process->is_text = true;
		} else {
			parser->problem = "heap has size, live, born and entry";
		}
	}
}

static void parse_goroutines(struct parser *parser, struct ll_str rest)
{
	struct test_case_goroutines *const same =
		ll_vec_push(&parser->process->goroutines, sizeof *same);
	struct ll_str key, value;

	same->state = "chan receive";
	parse_stack(parser, ll_str_split(&rest, '|'), &same->stack);
	while (next_option(&rest, ';', &key, &value)) {
		if (is_key(key, "count"))
			parse_course_of(parser, value, &same->count);
		else if (is_key(key, "minutes"))
			parse_course_of(parser, value, &same->minutes);
		else if (is_key(key, "state"))
			same->state = kept(parser, value);
		else if (is_key(key, "by"))
			parse_stack(parser, value, &same->creator);
		else if (is_key(key, "ended"))
			parse_course_of(parser, value, &same->ended);
		else if (is_key(key, "gone"))
			parse_course_of(parser, value, &same->gone);
		else
			parser->problem =
				"goroutines have count, minutes, state, by, ended and gone";
	}
}

static void parse_memstats(struct parser *parser, struct ll_str rest)
{
	struct test_case_memstats *const stats = &parser->process->memstats;
	const struct {
		const char *name;
		struct test_course *course;
	} keys[] = {
		{"live", &stats->live},         {"next", &stats->next}, {"stack", &stats->stack},
		{"idle", &stats->idle},         {"gcs", &stats->gcs},   {"forced", &stats->forced},
		{"alloc", &stats->alloc},       {"rate", &stats->rate}, {"holes", &stats->holes},
		{"returned", &stats->returned},
	};
	struct ll_str key, value;

	while (next_option(&rest, ';', &key, &value)) {
		size_t i = 0;

		while (i < LL_COUNT(keys) && !is_key(key, keys[i].name))
			i++;
		if (i == LL_COUNT(keys))
			parser->problem =
				"memstats have live, next, stack, idle, holes, returned, gcs, forced, alloc and "
				"rate";
		else if (is_key(key, "forced") && ll_str_equal(value, ll_str("untold")))
			stats->is_forced_untold = true;
		else
			parse_course_of(parser, value, keys[i].course);
		stats->is_given = true;
		stats->has_gcs |= is_key(key, "gcs");
		stats->has_alloc |= is_key(key, "alloc");
	}
}

static void parse_reading(struct parser *parser, struct ll_str rest)
{
	struct test_case_reading *const reading =
		ll_vec_push(&parser->process->readings, sizeof *reading);

	reading->name = kept(parser, ll_str_split(&rest, ' '));
	parse_course_of(parser, ll_str_trim(rest), &reading->course);
}

static void parse_timed(struct parser *parser, struct ll_str rest, struct ll_vec *to,
                        const char *key, const char *problem)
{
	struct test_case_lock *const lock = ll_vec_push(to, sizeof *lock);

	parse_stack(parser, ll_str_split(&rest, '|'), &lock->stack);
	rest = ll_str_trim(rest);
	if (!ll_str_skip(&rest, key))
		parser->problem = problem;
	else
		parse_course_of(parser, rest, &lock->delay);
}

static void parse_lock(struct parser *parser, struct ll_str rest)
{
	parse_timed(parser, rest, &parser->process->locks, "delay=", "a lock has delay");
}

static void parse_cpu(struct parser *parser, struct ll_str rest)
{
	parse_timed(parser, rest, &parser->process->cpu, "used=", "a cpu line has used");
}

static void parse_trace(struct parser *parser, struct ll_str rest)
{
	struct test_process *const process = parser->process;
	struct ll_str key, value;

	process->has_trace = true;
	parse_course_of(parser, ll_str("41"), &process->trace_goal);
	parse_course_of(parser, ll_str("20"), &process->trace_live);
	parse_course_of(parser, ll_str("1"), &process->trace_per_s);
	while (next_option(&rest, ';', &key, &value)) {
		if (is_key(key, "assist"))
			parse_course_of(parser, value, &process->assist);
		else if (is_key(key, "goal"))
			parse_course_of(parser, value, &process->trace_goal);
		else if (is_key(key, "live"))
			parse_course_of(parser, value, &process->trace_live);
		else if (is_key(key, "per_s"))
			parse_course_of(parser, value, &process->trace_per_s);
		else
			parser->problem = "a trace has assist, goal, live and per_s";
	}
}

static void parse_service(struct parser *parser, struct ll_str rest)
{
	parser->service = kept(parser, rest);
	parser->process = NULL;
}

static void parse_escape(struct parser *parser, struct ll_str rest)
{
	*(struct test_escape *)ll_vec_push(&parser->test_case->escapes,
	                                   sizeof(struct test_escape)) =
		(struct test_escape){.service = parser->service, .text = kept(parser, rest)};
}

static void parse_source(struct parser *parser, struct ll_str rest)
{
	struct test_source *const source = ll_vec_push(&parser->test_case->sources, sizeof *source);
	struct ll_str place = ll_str_split(&rest, ' ');
	const size_t colon = ll_str_rindex(place, ':');

	if (colon == SIZE_MAX || !ll_str_to_i64(ll_str_from(place, colon + 1), &source->line) ||
	    source->line < 3)
		parser->problem = "a source has FILE:LINE, from line 3 on";
	source->path = kept(parser, ll_str_first(place, colon));
	source->function = kept(parser, ll_str_trim(ll_str_split(&rest, '|')));
	source->code = kept(parser, ll_str_trim(rest));
}

static void parse_line(struct parser *parser, struct ll_str line, int number)
{
	static const struct {
		const char *word;
		void (*parse)(struct parser *parser, struct ll_str rest);
		bool in_process;
	} words[] = {
		{"service ", parse_service, false},  {"process ", parse_process, false},
		{"heap ", parse_heap, true},         {"goroutines ", parse_goroutines, true},
		{"memstats ", parse_memstats, true}, {"reading ", parse_reading, true},
		{"lock ", parse_lock, true},         {"trace ", parse_trace, true},
		{"escape ", parse_escape, false},    {"cpu ", parse_cpu, true},
		{"source ", parse_source, false},
	};
	static const char *const expectations[] = {"fires", "silent", "finding", "stage"};

	for (size_t i = 0; i < LL_COUNT(words); i++) {
		struct ll_str rest = line;

		if (!ll_str_skip(&rest, words[i].word))
			continue;
		if (i > 0 && !parser->service)
			parser->problem = "no service before it";
		else if (words[i].in_process && !parser->process)
			parser->problem = "no process before it";
		else
			words[i].parse(parser, ll_str_trim(rest));
		return;
	}
	for (size_t i = 0; i < LL_COUNT(expectations); i++) {
		if (!ll_str_starts(line, expectations[i]))
			continue;
		*(struct test_expectation *)ll_vec_push(&parser->test_case->expectations,
		                                        sizeof(struct test_expectation)) =
			(struct test_expectation){.text = kept(parser, line), .line = number};
		return;
	}
	parser->problem = "unknown word";
}

int test_case_parse(struct ll_str text, struct test_case *ret_case, struct ll_error *err)
{
	struct parser parser = {.test_case = ret_case};

	*ret_case = (struct test_case){.arena = LL_ARENA_INIT};
	for (int number = 1; text.size > 0; number++) {
		const struct ll_str line = ll_str_trim(ll_str_split(&text, '\n'));

		if (line.size == 0 || line.data[0] == '#')
			continue;
		parse_line(&parser, line, number);
		if (parser.problem)
			return ll_fail(err, LL_E_FORMAT, "line %d: %s", number, parser.problem);
	}
	return LL_OK;
}

void test_case_done(struct test_case *test_case)
{
	struct test_process *const processes = test_case->processes.items;

	for (size_t i = 0; i < test_case->processes.count; i++) {
		ll_vec_done(&processes[i].heap);
		ll_vec_done(&processes[i].goroutines);
		ll_vec_done(&processes[i].readings);
		ll_vec_done(&processes[i].locks);
		ll_vec_done(&processes[i].cpu);
	}
	ll_vec_done(&test_case->processes);
	ll_vec_done(&test_case->escapes);
	ll_vec_done(&test_case->sources);
	ll_vec_done(&test_case->expectations);
	ll_arena_done(&test_case->arena);
}

/* --------------------------------------------------------------------- writing */

/* What was ever allocated up to a capture: given, or as little as what is alive allows. */
static int64_t born_at(const struct test_case_heap *heap, int64_t index)
{
	int64_t sum = test_course_at(&heap->live, 0);

	if (heap->has_born)
		return test_course_at(&heap->born, index);
	for (int64_t i = 1; i <= index; i++) {
		const int64_t gained =
			test_course_at(&heap->live, i) - test_course_at(&heap->live, i - 1);

		sum += gained > 0 ? gained : 0;
	}
	return sum;
}

static void put_heap(struct ll_buf *to, const struct test_process *process, int64_t index,
                     int64_t time_ns)
{
	const struct test_case_heap *const heap = process->heap.items;
	struct test_heap_sample *const samples = ll_calloc(process->heap.count, sizeof *samples);
	struct test_heap profile = {
		.time_ns = time_ns, .build = process->build, .samples = samples};

	for (size_t i = 0; i < process->heap.count; i++) {
		const int64_t live = test_course_at(&heap[i].live, index);
		const int64_t born = born_at(&heap[i], index);

		if (born > 0)
			samples[profile.count++] = (struct test_heap_sample){
				.stack = &heap[i].stack,
				.size = heap[i].size,
				.live = live,
				.born = born > live ? born : live,
				.entry = heap[i].entry,
			};
	}
	if (process->is_text)
		test_put_heap_text(to, &profile);
	else
		test_put_heap(to, &profile);
	free(samples);
}

/* As a helper of tests reports what is left: the header stands behind its words. */
static void put_left(struct ll_buf *to, const struct test_goroutines *groups, size_t count)
{
	struct ll_buf dump;
	struct ll_str rest;

	ll_buf_init(&dump, to->ceiling);
	test_put_dump(&dump, groups, count);
	rest = ll_buf_str(&dump);
	while (rest.size > 0) {
		const struct ll_str line = ll_str_split(&rest, '\n');

		ll_buf_printf(to, "%s%.*s\n",
		              ll_str_starts(line, "goroutine ") ? "Leaked goroutine: " : "",
		              (int)line.size, line.data);
	}
	ll_buf_done(&dump);
}

static void put_dump(struct ll_buf *to, const struct test_process *process, int64_t index,
                     int64_t time_ns)
{
	const struct test_case_goroutines *const all = process->goroutines.items;
	struct test_goroutines *const groups = ll_calloc(process->goroutines.count, sizeof *groups);

	for (size_t i = 0; i < process->goroutines.count; i++)
		groups[i] = (struct test_goroutines){
			.stack = &all[i].stack,
			.state = all[i].state,
			.count = test_course_at(&all[i].count, index),
			.minutes = test_course_at(&all[i].minutes, index),
			.creator = all[i].creator.count > 0 ? all[i].creator.frames : NULL,
			.of_ended = test_course_at(&all[i].ended, index),
			.gone = test_course_at(&all[i].gone, index),
		};
	/* Equal bytes would be one capture: real dumps differ in their addresses. */
	ll_buf_printf(to, "%s/%s %" PRId64 "\n", process->service, process->name, time_ns);
	if (process->crash) {
		if (strncmp(process->crash, "panic:", 6) != 0)
			ll_buf_puts(to, "fatal error: ");
		for (const char *at = process->crash; *at; at++)
			ll_buf_putc(to, *at == '_' ? ' ' : *at);
		ll_buf_puts(to, "\n\n");
	}
	if (process->is_left)
		put_left(to, groups, process->goroutines.count);
	else
		test_put_dump(to, groups, process->goroutines.count);
	free(groups);
}

static void put_goroutine_profile(struct ll_buf *to, const struct test_process *process,
                                  int64_t index, int64_t time_ns)
{
	const struct test_case_goroutines *const all = process->goroutines.items;
	int64_t total = 0;

	for (size_t i = 0; i < process->goroutines.count; i++)
		total += test_course_at(&all[i].count, index);
	ll_buf_printf(to, "goroutine profile: total %" PRId64 "\n", total);
	for (size_t i = 0; i < process->goroutines.count; i++) {
		const struct test_stack *const stack = &all[i].stack;

		ll_buf_printf(to, "%" PRId64 " @", test_course_at(&all[i].count, index));
		for (size_t k = 0; k < stack->count; k++)
			ll_buf_printf(to, " 0x%zx", (i + 1) * 4096 + k * 16 + 1);
		ll_buf_printf(to, "\n# labels: {\"at\":\"%" PRId64 "\"}\n", time_ns);
		for (size_t k = 0; k < stack->count; k++)
			ll_buf_printf(to, "#\t0x%zx\t%s+0x8\t%s:%" PRId64 "\n",
			              (i + 1) * 4096 + k * 16, stack->frames[k].function,
			              stack->frames[k].file, stack->frames[k].line);
		ll_buf_putc(to, '\n');
	}
}

int64_t test_process_time(const struct test_process *process, int64_t index)
{
	return BEGINNING_NS + process->start_ns + index * process->every_ns;
}

static void write_capture(const struct test_process *process, const char *directory,
                          const char *kind, int64_t time_ns, const char *ending,
                          struct ll_buf *bytes)
{
	char name[256];

	(void)snprintf(name, sizeof name, "%s/%s/%s-%" PRId64 ".%s", process->service,
	               process->name, kind, time_ns / LL_NS_PER_S, ending);
	free(ll_test_write(directory, name, ll_buf_str(bytes)));
	ll_buf_clear(bytes);
}

static void put_memstats(struct ll_buf *to, const struct test_process *process, int64_t index,
                         int64_t time_ns)
{
	const struct test_case_memstats *const stats = &process->memstats;

	test_put_memstats(to, &(struct test_memstats){
				      .live = test_course_at(&stats->live, index),
				      .total_alloc = stats->has_alloc
	                                                     ? test_course_at(&stats->alloc, index)
	                                                     : (index + 1) * 100000000,
				      .num_gc = stats->has_gcs ? test_course_at(&stats->gcs, index)
	                                                       : (index + 1) * 10,
				      .last_gc_ns = time_ns - LL_NS_PER_S,
				      .next_gc = test_course_at(&stats->next, index),
				      .stacks = test_course_at(&stats->stack, index),
				      .idle = test_course_at(&stats->idle, index),
				      .holes = test_course_at(&stats->holes, index),
				      .returned = test_course_at(&stats->returned, index),
				      .num_forced = stats->is_forced_untold
	                                                    ? -1
	                                                    : test_course_at(&stats->forced, index),
				      .rate = test_course_at(&stats->rate, index),
			      });
}

/* Lines of one kind as what happened until this capture; `unit_ns` is what their course counts. */
static struct test_lock *events_of(const struct ll_vec *lines, int64_t index, int64_t unit_ns)
{
	const struct test_case_lock *const all = lines->items;
	struct test_lock *const events = ll_calloc(lines->count, sizeof *events);

	for (size_t i = 0; i < lines->count; i++)
		events[i] = (struct test_lock){
			.stack = &all[i].stack,
			.count = index + 1,
			.delay_ns = test_course_at(&all[i].delay, index) * unit_ns,
		};
	return events;
}

static void put_locks(struct ll_buf *to, const struct test_process *process, int64_t index,
                      int64_t time_ns)
{
	struct test_lock *const locks = events_of(&process->locks, index, LL_NS_PER_S);

	test_put_locks(to, time_ns, locks, process->locks.count);
	free(locks);
}

static void put_cpu(struct ll_buf *to, const struct test_process *process, int64_t index,
                    int64_t time_ns)
{
	struct test_lock *const used = events_of(&process->cpu, index, LL_NS_PER_MS);

	test_put_cpu(to, time_ns, used, process->cpu.count);
	free(used);
}

static void write_trace(const struct test_process *process, const char *directory,
                        struct ll_buf *bytes)
{
	double at_s = 0;

	if (!process->has_trace)
		return;
	for (int64_t index = 0; index < process->captures; index++) {
		at_s += 1.0 / (double)test_course_at(&process->trace_per_s, index);
		test_put_trace(bytes, index + 1, at_s,
		               (double)test_course_at(&process->assist, index) / 1000,
		               test_course_at(&process->trace_goal, index),
		               test_course_at(&process->trace_live, index));
	}
	write_capture(process, directory, "gctrace", test_process_time(process, 0), "log", bytes);
}

static void write_captures(const struct test_process *process, const char *directory, int64_t index,
                           struct ll_buf *bytes)
{
	const int64_t time_ns = test_process_time(process, index);

	if (process->heap.count > 0) {
		put_heap(bytes, process, index, time_ns);
		write_capture(process, directory, "heap", time_ns, process->is_text ? "txt" : "pb",
		              bytes);
	}
	if (process->goroutines.count > 0) {
		if (process->has_profiles)
			put_goroutine_profile(bytes, process, index, time_ns);
		else
			put_dump(bytes, process, index, time_ns);
		write_capture(process, directory, "goroutine", time_ns, "txt", bytes);
	}
	if (process->locks.count > 0) {
		put_locks(bytes, process, index, time_ns);
		write_capture(process, directory, "mutex", time_ns, "pb", bytes);
	}
	if (process->cpu.count > 0) {
		put_cpu(bytes, process, index, time_ns);
		write_capture(process, directory, "cpu", time_ns, "pb", bytes);
	}
	if (process->memstats.is_given) {
		put_memstats(bytes, process, index, time_ns);
		write_capture(process, directory, "memstats", time_ns, "json", bytes);
	}
}

static void write_escapes(const struct test_case *test_case, const char *directory,
                          struct ll_buf *bytes)
{
	const struct test_escape *const escapes = test_case->escapes.items;

	for (size_t i = 0; i < test_case->escapes.count; i++) {
		char name[256];

		ll_buf_printf(bytes, "%s\n", escapes[i].text);
		if (i + 1 < test_case->escapes.count &&
		    strcmp(escapes[i].service, escapes[i + 1].service) == 0)
			continue;
		(void)snprintf(name, sizeof name, "%s/build/escape.log", escapes[i].service);
		free(ll_test_write(directory, name, ll_buf_str(bytes)));
		ll_buf_clear(bytes);
	}
}

void test_case_write_sources(const struct test_case *test_case, const char *directory)
{
	const struct test_source *const sources = test_case->sources.items;
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	for (size_t i = 0; i < test_case->sources.count; i++) {
		ll_buf_clear(&text);
		ll_buf_puts(&text, "package p\n");
		for (int64_t line = 3; line < sources[i].line; line++)
			ll_buf_putc(&text, '\n');
		ll_buf_printf(&text, "func %s() {\n\t%s\n}\n", sources[i].function,
		              sources[i].code);
		free(ll_test_write(directory, sources[i].path, ll_buf_str(&text)));
	}
	ll_buf_done(&text);
}

void test_case_write(const struct test_case *test_case, const char *directory)
{
	const struct test_process *const processes = test_case->processes.items;
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	for (size_t i = 0; i < test_case->processes.count; i++) {
		for (int64_t index = 0; index < processes[i].captures; index++)
			write_captures(&processes[i], directory, index, &bytes);
		write_trace(&processes[i], directory, &bytes);
	}
	write_escapes(test_case, directory, &bytes);
	ll_buf_done(&bytes);
}
