/* SPDX-License-Identifier: Apache-2.0 */
/* facts.c - see facts.h. */
#include "facts.h"

#include "support.h"

#include <inttypes.h>

void ll_facts_init(struct ll_facts *facts)
{
	memset(facts, 0, sizeof *facts);
	ll_buf_init(&facts->text, LL_BUF_PAGE);
}

void ll_facts_done(struct ll_facts *facts)
{
	ll_arena_done(&facts->arena);
	ll_buf_done(&facts->text);
}

void ll_facts_clear(struct ll_facts *facts)
{
	ll_arena_clear(&facts->arena);
	ll_buf_clear(&facts->text);
	facts->count = 0;
	facts->has_symbols = false;
	facts->format = NULL;
}

int ll_facts_set_up(void **state)
{
	struct ll_facts *const facts = ll_calloc(1, sizeof *facts);

	ll_facts_init(facts);
	*state = facts;
	return 0;
}

int ll_facts_tear_down(void **state)
{
	ll_facts_done(*state);
	free(*state);
	return 0;
}

void ll_facts_read_as(struct ll_facts *facts, const char *format, const char *name,
                      const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), name, &err), &err);
	assert_string_equal(facts->format->id, format);
}

static struct ll_capture_facts *current(struct ll_facts *facts)
{
	assert_true(facts->count > 0); /* every fact belongs to a capture that has begun */
	return &facts->captures[(facts->count - 1) % LL_FACTS_MAX];
}

static void put_time(struct ll_buf *text, const char *name, int64_t time_ns)
{
	char shown[LL_UNIT_TEXT];

	if (time_ns != LL_TIME_NONE)
		ll_buf_printf(text, " %s=%s", name, ll_format_time_exact(time_ns, shown));
}

static void put_word(struct ll_buf *text, const char *name, struct ll_str word)
{
	if (word.size > 0)
		ll_buf_printf(text, " %s=%.*s", name, LL_STR_ARG(word));
}

static void put_origin(struct ll_buf *text, const struct ll_origin *origin)
{
	ll_buf_printf(text, "capture %s", ll_kind_name(origin->kind));
	if (origin->variant)
		ll_buf_printf(text, " (%s)", origin->variant);
	if (origin->is_delta)
		ll_buf_puts(text, " delta");
	if (origin->is_foreign)
		ll_buf_puts(text, " foreign");
	put_time(text, "time", origin->time_ns);
	put_time(text, "after", origin->not_before_ns);
	if (origin->duration_ns != 0)
		ll_buf_printf(text, " duration=%" PRId64, origin->duration_ns);
	if (origin->period != 0)
		ll_buf_printf(text, " period=%" PRId64, origin->period);
	put_word(text, "service", origin->service);
	put_word(text, "instance", origin->instance);
	put_word(text, "program", origin->program);
	put_word(text, "build", origin->build_id);
	put_word(text, "go", origin->go_version);
	for (size_t i = 0; i < origin->type_count; i++)
		ll_buf_printf(text, "%s%.*s/%.*s", i == 0 ? " types=" : ",",
		              LL_STR_ARG(origin->types[i].type), LL_STR_ARG(origin->types[i].unit));
	ll_buf_putc(text, '\n');
}

static int begin(void *self, const struct ll_origin *origin, struct ll_error *err)
{
	struct ll_facts *const facts = self;
	struct ll_arena *const arena = &facts->arena;
	struct ll_capture_facts *capture;

	(void)err;
	facts->count++;
	facts->has_symbols = false;
	capture = current(facts);
	*capture = (struct ll_capture_facts){
		.kind = origin->kind,
		.variant = ll_arena_str(arena, ll_str(origin->variant)),
		.is_delta = origin->is_delta,
		.is_foreign = origin->is_foreign,
		.time_ns = origin->time_ns,
		.not_before_ns = origin->not_before_ns,
		.duration_ns = origin->duration_ns,
		.period = origin->period,
		.service = ll_arena_str(arena, origin->service),
		.instance = ll_arena_str(arena, origin->instance),
		.program = ll_arena_str(arena, origin->program),
		.build_id = ll_arena_str(arena, origin->build_id),
		.go_version = ll_arena_str(arena, origin->go_version),
		.type_count = origin->type_count,
	};
	assert_in_range(origin->type_count, 0, LL_VALUE_TYPES_MAX);
	for (size_t i = 0; i < origin->type_count; i++) {
		capture->types[i].type = ll_arena_str(arena, origin->types[i].type);
		capture->types[i].unit = ll_arena_str(arena, origin->types[i].unit);
	}
	if (!facts->is_quiet)
		put_origin(&facts->text, origin);
	return LL_OK;
}

static int take_symbols(void *self, const struct ll_symbols *symbols, struct ll_error *err)
{
	struct ll_facts *const facts = self;

	(void)err;
	facts->symbols = *symbols;
	facts->has_symbols = true;
	return LL_OK;
}

static const char *base_name(struct ll_str path)
{
	static char name[256];
	const size_t slash = ll_str_rindex(path, '/');

	(void)snprintf(name, sizeof name, "%.*s",
	               LL_STR_ARG(ll_str_from(path, slash == SIZE_MAX ? 0 : slash + 1)));
	return name;
}

static void put_frame(struct ll_buf *text, size_t index, struct ll_str function, struct ll_str file,
                      int64_t line)
{
	ll_buf_printf(text, "%s%.*s", index > 0 ? " < " : "", LL_STR_ARG(function));
	if (file.size > 0)
		ll_buf_printf(text, " %s:%" PRId64, base_name(file), line);
}

/* Also proves that every index of the sample is inside its table. */
static void put_stack(struct ll_facts *facts, const struct ll_samples *samples, size_t index)
{
	const struct ll_symbols *const symbols = &facts->symbols;
	size_t frames = 0;

	assert_true(samples->first[index] <= samples->first[index + 1]);
	for (uint32_t i = samples->first[index]; i < samples->first[index + 1]; i++) {
		const uint32_t location = samples->locations[i];

		assert_true(location < symbols->location_count);
		for (uint32_t k = symbols->first_line[location];
		     k < symbols->first_line[location + 1]; k++) {
			const struct ll_line *const line = &symbols->lines[k];
			const struct ll_function *const function =
				&symbols->functions[line->function];

			assert_true(line->function < symbols->function_count);
			if (!facts->is_quiet)
				put_frame(&facts->text, frames, function->name, function->file,
				          line->line);
			frames++;
		}
	}
	if (frames == 0 && !facts->is_quiet)
		ll_buf_puts(&facts->text, "(no stack)");
}

static void put_sample(struct ll_facts *facts, const struct ll_samples *samples, size_t index)
{
	struct ll_capture_facts *const capture = current(facts);
	struct ll_buf *const text = &facts->text;

	if (!facts->is_quiet)
		ll_buf_puts(text, "sample ");
	put_stack(facts, samples, index);
	if (!facts->is_quiet)
		ll_buf_puts(text, " |");
	for (size_t i = 0; i < capture->type_count; i++) {
		const int64_t value = samples->values[index * capture->type_count + i];

		capture->totals[i] = (int64_t)((uint64_t)capture->totals[i] + (uint64_t)value);
		if (!facts->is_quiet)
			ll_buf_printf(text, " %" PRId64, value);
	}
	if (facts->is_quiet)
		return;
	if (samples->block_size[index] != 0)
		ll_buf_printf(text, " | block %" PRId64, samples->block_size[index]);
	if (samples->labels && samples->labels[index].size > 0)
		ll_buf_printf(text, " | %.*s", LL_STR_ARG(samples->labels[index]));
	if (samples->entries && samples->entries[index].size > 0)
		ll_buf_printf(text, " | via %.*s", LL_STR_ARG(samples->entries[index]));
	ll_buf_putc(text, '\n');
}

static int take_samples(void *self, const struct ll_samples *samples, struct ll_error *err)
{
	struct ll_facts *const facts = self;

	(void)err;
	assert_true(
		facts->has_symbols); /* the contract: symbols before the samples that refer to them */
	current(facts)->samples += samples->count;
	for (size_t i = 0; i < samples->count; i++)
		put_sample(facts, samples, i);
	return LL_OK;
}

static int take_goroutines(void *self, const struct ll_goroutines *same, struct ll_error *err)
{
	struct ll_facts *const facts = self;
	struct ll_buf *const text = &facts->text;

	(void)err;
	current(facts)->groups++;
	current(facts)->goroutines += same->count;
	if (facts->is_quiet)
		return LL_OK;
	ll_buf_printf(text, "goroutines %" PRIu64 " %.*s", same->count, LL_STR_ARG(same->state));
	if (same->max_minutes > 0)
		ll_buf_printf(text, ", %" PRId64 "-%" PRId64 " min", same->min_minutes,
		              same->max_minutes);
	ll_buf_puts(text, ": ");
	for (size_t i = 0; i < same->frame_count; i++)
		put_frame(text, i, same->frames[i].function, same->frames[i].file,
		          same->frames[i].line);
	if (same->creator.function.size > 0) {
		ll_buf_puts(text, "; by ");
		put_frame(text, 0, same->creator.function, same->creator.file, same->creator.line);
	}
	if (same->labels.size > 0)
		ll_buf_printf(text, "; %.*s", LL_STR_ARG(same->labels));
	if (same->orphans > 0)
		ll_buf_printf(text, "; %" PRIu64 " of %" PRIu64 " that ended", same->orphans,
		              same->ended_creators);
	if (facts->has_ids)
		ll_buf_printf(text, "; ids %.*s", LL_STR_ARG(same->ids));
	ll_buf_printf(text, "%s%s%s\n", same->is_leaked ? "; leaked" : "",
	              same->is_system ? "; system" : "", same->is_cut ? "; cut" : "");
	return LL_OK;
}

static int take_scalar(void *self, enum ll_metric metric, int64_t value, struct ll_error *err)
{
	struct ll_facts *const facts = self;

	(void)err;
	current(facts)->scalars++;
	if (!facts->is_quiet)
		ll_buf_printf(&facts->text, "scalar %s %" PRId64 "\n", ll_metric_go_name(metric),
		              value);
	return LL_OK;
}

static int take_gc(void *self, const struct ll_gc *cycle, struct ll_error *err)
{
	struct ll_facts *const facts = self;
	struct ll_buf *const text = &facts->text;
	const struct {
		const char *name;
		int64_t value;
	} numbers[] = {
		{"age", cycle->since_start_ns},   {"pause", cycle->pause_ns},
		{"start", cycle->heap_start},     {"end", cycle->heap_end},
		{"live", cycle->heap_live},       {"goal", cycle->heap_goal},
		{"stacks", cycle->stacks},        {"globals", cycle->globals},
		{"assist", cycle->assist_ns},     {"cpu", cycle->cpu_percent},
		{"procs", cycle->procs},          {"sweep-stop", cycle->sweep_stop_ns},
		{"mark", cycle->mark_ns},         {"mark-stop", cycle->mark_stop_ns},
		{"stop-cpu", cycle->stop_cpu_ns}, {"worker-cpu", cycle->worker_cpu_ns},
		{"idle-cpu", cycle->idle_cpu_ns},
	};

	(void)err;
	current(facts)->cycles++;
	if (facts->is_quiet)
		return LL_OK;
	ll_buf_printf(text, "gc %" PRId64 "%s%s", cycle->number, cycle->is_forced ? " forced" : "",
	              cycle->is_ring_entry ? " ring" : "");
	put_time(text, "at", cycle->end_ns);
	for (size_t i = 0; i < LL_COUNT(numbers); i++) {
		if (numbers[i].value >= 0)
			ll_buf_printf(text, " %s=%" PRId64, numbers[i].name, numbers[i].value);
	}
	ll_buf_putc(text, '\n');
	return LL_OK;
}

static int take_build_fact(void *self, const struct ll_build_fact *fact, struct ll_error *err)
{
	struct ll_facts *const facts = self;

	(void)err;
	current(facts)->build_facts++;
	if (!facts->is_quiet)
		ll_buf_printf(&facts->text, "fact %.*s %.*s:%" PRId64 ":%" PRId64 " %s %.*s\n",
		              LL_STR_ARG(fact->package), LL_STR_ARG(fact->file), fact->line,
		              fact->column, fact->what, LL_STR_ARG(fact->message));
	return LL_OK;
}

static int take_reading(void *self, const struct ll_reading *reading, struct ll_error *err)
{
	struct ll_facts *const facts = self;
	struct ll_buf *const text = &facts->text;

	(void)err;
	current(facts)->readings++;
	if (facts->is_quiet)
		return LL_OK;
	ll_buf_printf(text, "reading %.*s", LL_STR_ARG(reading->name));
	if (reading->labels.size > 0)
		ll_buf_printf(text, " %.*s", LL_STR_ARG(reading->labels));
	if (reading->is_none)
		ll_buf_puts(text, " none");
	else
		ll_buf_printf(text, " %.17g", reading->value);
	put_time(text, "time", reading->time_ns);
	ll_buf_putc(text, '\n');
	return LL_OK;
}

static int take_benchmark(void *self, const struct ll_benchmark *result, struct ll_error *err)
{
	struct ll_facts *const facts = self;

	(void)err;
	current(facts)->benchmarks++;
	if (!facts->is_quiet)
		ll_buf_printf(&facts->text,
		              "benchmark %.*s %.*s procs=%" PRId64 " n=%" PRId64 " %.17g %.*s\n",
		              LL_STR_ARG(result->package), LL_STR_ARG(result->name), result->procs,
		              result->iterations, result->value, LL_STR_ARG(result->unit));
	return LL_OK;
}

static void put_known(struct ll_buf *text, const char *name, int64_t value)
{
	if (value >= 0)
		ll_buf_printf(text, " %s=%" PRId64, name, value);
}

static int take_kill(void *self, const struct ll_kill *kill, struct ll_error *err)
{
	struct ll_facts *const facts = self;
	struct ll_buf *const text = &facts->text;

	(void)err;
	current(facts)->kills++;
	if (facts->is_quiet)
		return LL_OK;
	ll_buf_printf(text, "kill %s %s", kill->source, kill->scope);
	put_time(text, "time", kill->time_ns);
	put_time(text, "started", kill->started_ns);
	put_word(text, "process", kill->process);
	put_known(text, "pid", kill->pid);
	put_word(text, "host", kill->host);
	put_word(text, "cgroup", kill->cgroup);
	put_word(text, "limiting", kill->limiting);
	put_word(text, "pod", kill->pod);
	put_word(text, "container", kill->container);
	put_known(text, "total_vm", kill->total_vm);
	put_known(text, "anon", kill->anon_rss);
	put_known(text, "file", kill->file_rss);
	put_known(text, "shmem", kill->shmem_rss);
	put_known(text, "page_tables", kill->page_tables);
	put_known(text, "swap", kill->swap);
	put_known(text, "usage", kill->usage);
	put_known(text, "limit", kill->limit);
	put_known(text, "exit", kill->exit_code);
	put_known(text, "restarts", kill->restarts);
	put_word(text, "text", kill->text);
	ll_buf_putc(text, '\n');
	return LL_OK;
}

static int take_task(void *self, const struct ll_task *task, struct ll_error *err)
{
	struct ll_facts *const facts = self;
	struct ll_buf *const text = &facts->text;

	(void)err;
	current(facts)->tasks++;
	if (facts->is_quiet)
		return LL_OK;
	ll_buf_printf(text, "task %.*s adj=%" PRId64, LL_STR_ARG(task->name), task->oom_score_adj);
	put_known(text, "pid", task->pid);
	put_known(text, "uid", task->uid);
	put_known(text, "total_vm", task->total_vm);
	put_known(text, "rss", task->rss);
	put_known(text, "anon", task->rss_anon);
	put_known(text, "file", task->rss_file);
	put_known(text, "shmem", task->rss_shmem);
	put_known(text, "page_tables", task->page_tables);
	put_known(text, "swap", task->swap);
	ll_buf_putc(text, '\n');
	return LL_OK;
}

static int take_declared(void *self, const struct ll_declared *fact, struct ll_error *err)
{
	struct ll_facts *const facts = self;
	struct ll_buf *const text = &facts->text;

	(void)err;
	current(facts)->declared++;
	if (facts->is_quiet)
		return LL_OK;
	ll_buf_printf(text, "declared %s %.*s", fact->what, LL_STR_ARG(fact->service));
	put_word(text, "instance", fact->instance);
	put_time(text, "time", fact->time_ns);
	put_word(text, "name", fact->name);
	put_word(text, "value", fact->value);
	put_word(text, "note", fact->note);
	if (fact->number > 0)
		ll_buf_printf(text, " number=%.17g", fact->number);
	ll_buf_putc(text, '\n');
	return LL_OK;
}

static void take_note(void *self, uint64_t position, const char *text)
{
	struct ll_facts *const facts = self;

	current(facts)->notes++;
	if (!facts->is_quiet)
		ll_buf_printf(&facts->text, "note %" PRIu64 " %s\n", position, text);
}

struct ll_sink ll_facts_sink(struct ll_facts *facts)
{
	return (struct ll_sink){
		.self = facts,
		.begin = begin,
		.symbols = take_symbols,
		.samples = take_samples,
		.goroutines = take_goroutines,
		.scalar = take_scalar,
		.gc = take_gc,
		.build_fact = take_build_fact,
		.reading = take_reading,
		.benchmark = take_benchmark,
		.kill = take_kill,
		.task = take_task,
		.declared = take_declared,
		.note = take_note,
	};
}

int ll_facts_read(struct ll_facts *facts, struct ll_str content, const char *name,
                  struct ll_error *err)
{
	const struct ll_sink sink = ll_facts_sink(facts);
	/* A block of its own, so that the sanitizer sees the first byte read past the end. */
	LL_CLEANUP(ll_freep) char *copy = ll_malloc(content.size);
	LL_CLEANUP(ll_stream_closep) struct ll_stream *stream = NULL;

	if (content.size > 0)
		memcpy(copy, content.data, content.size);
	stream = ll_stream_open_memory(copy, content.size);
	facts->format = NULL;
	return ll_capture_read(stream, ll_str(name), &sink, &facts->format, err);
}

int ll_facts_unpack(struct ll_facts *facts, struct ll_str stored, const char *name,
                    const struct ll_limits *limits, size_t *ret_members, struct ll_error *err)
{
	const struct ll_sink sink = ll_facts_sink(facts);
	LL_CLEANUP(ll_unpacker_freep) struct ll_unpacker *unpacker = ll_unpacker_new(limits);
	LL_CLEANUP(ll_freep) char *copy = ll_malloc(stored.size);
	size_t members = 0;
	int first_failure = LL_OK;

	if (stored.size > 0)
		memcpy(copy, stored.data, stored.size);
	ll_unpacker_open_memory(unpacker, ll_str_n(copy, stored.size));
	for (;;) {
		struct ll_error damage = LL_ERROR_INIT;
		struct ll_stream *stream;
		int rc = ll_unpacker_next(unpacker, &stream, &damage);

		if (rc == 0)
			break;
		if (rc > 0) {
			members++;
			rc = ll_capture_read(stream, ll_str(name), &sink, &facts->format, &damage);
		}
		if (rc < 0 && first_failure == LL_OK) {
			first_failure = rc;
			*err = damage;
		}
	}
	if (ret_members)
		*ret_members = members;
	return first_failure;
}

void ll_facts_assert(const struct ll_facts *facts, const char *expected, const char *file, int line)
{
	if (strcmp(facts->text.data, expected) == 0)
		return;
	print_error("%s:%d: expected:\n%s\nbut the reader said:\n%s\n", file, line, expected,
	            facts->text.data);
	_fail(file, line);
}

void ll_facts_assert_line(const struct ll_facts *facts, const char *expected, const char *file,
                          int line)
{
	struct ll_str rest = ll_buf_str(&facts->text);

	while (rest.data) {
		if (ll_str_equal(ll_str_split(&rest, '\n'), ll_str(expected)))
			return;
	}
	print_error("%s:%d: no line:\n%s\nin what the reader said:\n%s\n", file, line, expected,
	            facts->text.data);
	_fail(file, line);
}
