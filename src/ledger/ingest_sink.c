/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ingest_sink.c - facts from readers become rows of a batch: whose a capture is, when it was taken,
 * its totals and notes. Samples are in ingest_samples.c, facts of other shapes in ingest_facts.c.
 */
#include "ingest_sink.h"

/* -------------------------------------------------------------------- identity */

static struct ll_str base_name(struct ll_str path)
{
	const size_t slash = ll_str_rindex(path, '/');

	return slash == SIZE_MAX ? path : ll_str_from(path, slash + 1);
}

/* Names come from paths and contents: what is stored is UTF-8 without control characters. */
struct ll_str ll_ingest_sink_clean(struct ll_ingest_sink *sink, struct ll_str text)
{
	struct ll_buf out;
	struct ll_str kept;

	text = ll_str_first(text, 1024);
	ll_buf_init(&out, LL_BUF_MESSAGE);
	for (size_t i = 0; i < text.size;) {
		uint32_t code;
		char bytes[4];

		i += ll_utf8_next(text, i, &code);
		if (code < 0x20 || (code >= 0x7f && code < 0xa0))
			code = 0xfffd;
		ll_buf_put(&out, bytes, ll_utf8_put(code, bytes));
	}
	kept = ll_sink_keep(sink, ll_buf_str(&out));
	ll_buf_done(&out);
	return kept;
}

/* A value and what gave it; the first that is there stays. */
struct named {
	struct ll_str value;
	const char *rule;
};

static void offer(struct named *named, struct ll_str value, const char *rule)
{
	if (named->value.size == 0 && value.size > 0)
		*named = (struct named){value, rule ? rule : ""};
}

/* The name of a program's file, as the ones above it are: without ".exe". */
static struct ll_str program_name(struct ll_str program)
{
	struct ll_str name = base_name(program);

	if (ll_str_ends(name, ".exe"))
		name.size -= 4;
	return name;
}

/* One rule for both names, or which gave which. */
static struct ll_str explain(struct ll_ingest_sink *sink, const struct named *service,
                             const struct named *instance)
{
	char text[512];

	if (instance->value.size == 0 || strcmp(service->rule, instance->rule) == 0)
		return ll_ingest_sink_clean(sink, ll_str(service->rule));
	(void)snprintf(text, sizeof text, "service: %s; instance: %s", service->rule,
	               instance->rule);
	return ll_ingest_sink_clean(sink, ll_str(text));
}

/*
 * Service: what the content says of itself, then the path, then the program, then the name of what
 * was given to read. A directory that somebody made goes before the name of a binary, which is
 * "app" in every container; what is about no service in particular gets none.
 */
static void identify(struct ll_ingest_sink *sink, const struct ll_origin *origin,
                     struct ll_batch_capture *capture, struct ll_str *ret_service,
                     struct ll_str *ret_instance)
{
	const struct ll_path_identity *const path = &sink->path;
	const char *const content = origin->identified ? origin->identified : "content";
	struct named service = {{NULL, 0}, "about no service in particular"};
	struct named instance = {{NULL, 0}, ""};

	offer(&service, origin->service, content);
	offer(&service, path->service, path->service_rule);
	offer(&service, program_name(origin->program), "name of the program in the capture");
	if (ll_kind_is_observation(origin->kind))
		offer(&service, ll_str(sink->file->fallback_service),
		      "name of the directory that was given");
	offer(&instance, origin->instance, content);
	offer(&instance, path->instance, path->instance_rule);
	*ret_service = ll_ingest_sink_clean(sink, service.value);
	*ret_instance = ll_ingest_sink_clean(sink, instance.value);
	capture->rule = explain(sink, &service, &instance);
	capture->layout = ll_ingest_sink_clean(sink, ll_str(path->layout));
}

/* Build: the content's, then the path's, then the version that the program was installed under. */
static void set_build(struct ll_ingest_sink *sink, const struct ll_origin *origin,
                      struct ll_batch_capture *capture)
{
	struct named build = {{NULL, 0}, ""};

	offer(&build, origin->build_id, "content");
	offer(&build, sink->path.build, sink->path.build_rule);
	offer(&build, ll_program_version(origin->program), "directory of the program");
	capture->build = ll_ingest_sink_clean(sink, build.value);
	capture->build_source = ll_ingest_sink_clean(sink, ll_str(build.rule));
}

/* Is that time on the day that begins at `day_ns`, wherever on Earth the day was? */
static bool is_on_day(int64_t time_ns, int64_t day_ns)
{
	return time_ns != LL_TIME_NONE && time_ns >= day_ns - 14 * LL_NS_PER_HOUR &&
	       time_ns < day_ns + (24 + 12) * LL_NS_PER_HOUR;
}

/* A name that only tells the day gives way to a better time of that day. */
static bool has_good_name_time(const struct ll_ingest_sink *sink, const struct ll_origin *origin)
{
	const struct ll_path_identity *const path = &sink->path;

	if (path->time_ns == LL_TIME_NONE)
		return false;
	return !path->time_is_date || !(is_on_day(origin->not_before_ns, path->time_ns) ||
	                                is_on_day(sink->file->modified_ns, path->time_ns));
}

/* Time: content, then names, then what bounds it, then the file's own time. */
static void set_time(const struct ll_ingest_sink *sink, const struct ll_origin *origin,
                     struct ll_batch_capture *capture)
{
	capture->not_before_ns = origin->not_before_ns;
	if (origin->time_ns != LL_TIME_NONE) {
		capture->time_ns = origin->time_ns;
		capture->time_source = LL_TIME_FROM_CONTENT;
	} else if (has_good_name_time(sink, origin)) {
		capture->time_ns = sink->path.time_ns;
		capture->time_source = sink->path.time_source;
		capture->is_zone_assumed = !sink->path.time_has_zone;
	} else if (origin->not_before_ns != LL_TIME_NONE) {
		capture->time_ns = origin->not_before_ns;
		capture->time_source = LL_TIME_FROM_LOWER_BOUND;
	} else {
		capture->time_ns = sink->file->modified_ns;
		capture->time_source = sink->file->modified_ns == LL_TIME_NONE
		                               ? LL_TIME_FROM_NONE
		                               : LL_TIME_FROM_MODIFIED;
	}
}

/* ---------------------------------------------------------- capture by capture */

static void put_total(struct ll_ingest_sink *sink, size_t ordinal, struct ll_str type,
                      struct ll_str unit_name, int64_t value)
{
	struct ll_batch_total *const total = ll_vec_push(&sink->batch->totals, sizeof *total);

	*total = (struct ll_batch_total){
		.capture = ll_sink_capture_index(sink),
		.ordinal = ordinal,
		.type = type,
		.unit = unit_name,
		.value = value,
	};
}

static void add_note(struct ll_ingest_sink *sink, uint64_t position, struct ll_str text)
{
	struct ll_batch_note *const note = ll_vec_push(&sink->batch->notes, sizeof *note);

	*note = (struct ll_batch_note){.capture = ll_sink_capture_index(sink),
	                               .position = position,
	                               .text = ll_ingest_sink_clean(sink, text)};
	ll_sink_capture(sink)->is_partial = true;
}

static int by_number(const void *a, const void *b)
{
	const struct ll_gc *const left = a;
	const struct ll_gc *const right = b;

	return left->number < right->number ? -1 : left->number > right->number;
}

/* The pause ring, oldest first, as differences. */
static void finish_ring(struct ll_ingest_sink *sink)
{
	struct ll_gc *const entries = sink->ring_entries.items;
	struct ll_batch_capture *const capture = ll_sink_capture(sink);
	int64_t last_ns = 0;

	if (sink->ring_entries.count == 0)
		return;
	qsort(entries, sink->ring_entries.count, sizeof *entries, by_number);
	ll_buf_clear(&sink->ring);
	capture->ring_first = entries[0].number;
	capture->ring_first_ns = entries[0].end_ns;
	for (size_t i = 0; i < sink->ring_entries.count; i++) {
		/* Numbers are consecutive; an entry out of line ends what can be stored. */
		if (entries[i].number != capture->ring_first + (int64_t)i)
			break;
		ll_buf_put_zigzag(&sink->ring, i > 0 ? entries[i].end_ns - last_ns : 0);
		ll_buf_put_zigzag(&sink->ring, entries[i].pause_ns);
		last_ns = entries[i].end_ns;
	}
	capture->ring_last_ns = last_ns;
	capture->ring = ll_sink_keep(sink, ll_buf_str(&sink->ring));
	sink->ring_entries.count = 0;
}

static void add_goroutines(struct ll_ingest_sink *sink)
{
	if (!ll_i64_add(&sink->totals[0], (int64_t)sink->goroutines))
		sink->has_no_total[0] = sink->is_overflown = true;
}

/* Everything of the current capture has been pushed. */
void ll_ingest_sink_finish(struct ll_ingest_sink *sink)
{
	if (!sink->has_capture)
		return;
	sink->has_capture = false;
	finish_ring(sink);
	if (ll_sink_capture(sink)->kind == LL_KIND_GOROUTINE ||
	    ll_sink_capture(sink)->kind == LL_KIND_GOROUTINELEAK)
		add_goroutines(sink);
	for (size_t i = 0; i < sink->type_count; i++) {
		if (!sink->has_no_total[i])
			put_total(sink, i, sink->types[i].type, sink->types[i].unit,
			          sink->totals[i]);
	}
	if (ll_sink_capture(sink)->kind == LL_KIND_ESCAPE) {
		put_total(sink, 0, ll_str("escapes"), ll_str("count"), (int64_t)sink->escapes);
		put_total(sink, 1, ll_str("moved"), ll_str("count"), (int64_t)sink->moved);
		put_total(sink, 2, ll_str("stays"), ll_str("count"), (int64_t)sink->stays);
	}
	if (sink->is_overflown)
		add_note(sink, 0, ll_str("a total does not fit 63 bits"));
}

static void start_fresh(struct ll_ingest_sink *sink, const struct ll_origin *origin)
{
	memset(sink->totals, 0, sizeof sink->totals);
	memset(sink->has_no_total, 0, sizeof sink->has_no_total);
	sink->is_overflown = false;
	sink->goroutines = 0;
	sink->groups = 0;
	sink->rows = 0;
	sink->segment = NULL;
	sink->escapes = 0;
	sink->moved = 0;
	sink->stays = 0;
	sink->symbols = NULL;
	sink->type_count =
		origin->type_count < LL_VALUE_TYPES_MAX ? origin->type_count : LL_VALUE_TYPES_MAX;
	for (size_t i = 0; i < sink->type_count; i++)
		sink->types[i] = (struct ll_value_type){
			.type = ll_ingest_sink_clean(sink, origin->types[i].type),
			.unit = ll_ingest_sink_clean(sink, origin->types[i].unit)};
}

static int begin(void *self, const struct ll_origin *origin, struct ll_error *err)
{
	struct ll_ingest_sink *const sink = self;
	struct ll_batch_capture *capture;
	struct ll_str service, instance;
	int rc;

	ll_ingest_sink_finish(sink);
	capture = ll_vec_push(&sink->batch->captures, sizeof *capture);
	sink->has_capture = true;
	start_fresh(sink, origin);
	identify(sink, origin, capture, &service, &instance);
	set_time(sink, origin, capture);
	capture->content = sink->content;
	capture->part = sink->part++;
	capture->kind = origin->kind;
	capture->format = ll_str(origin->format);
	capture->variant = ll_sink_keep(sink, ll_str(origin->variant));
	set_build(sink, origin, capture);
	capture->program = ll_ingest_sink_clean(sink, origin->program);
	capture->namespace = ll_ingest_sink_clean(sink, origin->namespace);
	capture->go_version = ll_ingest_sink_clean(sink, origin->go_version);
	capture->duration_ns = origin->duration_ns;
	capture->period = origin->period;
	capture->sequence = sink->path.sequence;
	capture->is_delta =
		origin->is_delta || (sink->path.is_delta_named && origin->kind != LL_KIND_MEMSTATS);
	capture->is_foreign = origin->is_foreign;
	capture->segment = LL_NO_SEGMENT;
	rc = ll_dictionary_instance(sink->shared->dictionary, service, instance,
	                            &capture->service_id, &capture->instance_id, err);
	return rc < 0 ? rc : ll_ingest_samples_service(sink, capture->service_id, err);
}

static void note(void *self, uint64_t position, const char *text)
{
	struct ll_ingest_sink *const sink = self;

	if (sink->batch->captures.count > 0)
		add_note(sink, position, ll_str(text));
}

/* ------------------------------------------------------------------ life cycle */

struct ll_ingest_sink *ll_ingest_sink_new(const struct ll_unit_shared *shared)
{
	struct ll_ingest_sink *const sink = ll_calloc(1, sizeof *sink);

	sink->shared = shared;
	ll_stack_powers_init(&sink->powers);
	ll_buf_init(&sink->ring, LL_BUF_MESSAGE);
	sink->sink = (struct ll_sink){
		.self = sink,
		.begin = begin,
		.note = note,
	};
	ll_ingest_samples_connect(sink);
	ll_ingest_facts_connect(sink);
	return sink;
}

void ll_ingest_sink_free(struct ll_ingest_sink *sink)
{
	if (!sink)
		return;
	ll_buf_done(&sink->ring);
	ll_vec_done(&sink->ring_entries);
	ll_vec_done(&sink->requests);
	free(sink->parts);
	free(sink->function_hashes);
	free(sink->line_frames);
	free(sink->frames);
	free(sink);
}
