/* SPDX-License-Identifier: Apache-2.0 */
/* profile_file.c - captures of a file into a profile, past the ledger. */
#include "profile.h"

#include <leakledger/file.h>
#include <leakledger/redact.h>

#include <unistd.h>

struct reader {
	struct ll_profile *profile;
	struct ll_str path;
	enum ll_kind wanted; /* LL_KIND_COUNT: the first with samples decides */
	bool is_taken;       /* the present capture goes into the profile */
	size_t columns[LL_VALUE_TYPES_MAX];
	size_t type_count; /* of the present capture */
	size_t taken;      /* captures */
	uint32_t *lines;   /* number of the frame of each line of its symbols */
	const struct ll_symbols *symbols;
	struct ll_vec frames; /* uint32_t: of the present sample */
};

static bool is_goroutines(enum ll_kind kind)
{
	return kind == LL_KIND_GOROUTINE || kind == LL_KIND_GOROUTINELEAK;
}

/* What is no profile is passed over without a word: a heap's MemStats, lines of a log. */
static bool has_samples(const struct ll_origin *origin)
{
	return is_goroutines(origin->kind) || origin->type_count > 0;
}

static uint32_t put_function(struct ll_profile *profile, struct ll_str name, struct ll_str file,
                             int64_t start_line)
{
	struct ll_redactor *const redactor = profile->redactor;

	if (!redactor)
		return ll_profile_function_put(profile, name, file, start_line);
	return ll_profile_function_put(profile, ll_redact_function(redactor, name, file),
	                               ll_redact_file(redactor, file, name), start_line);
}

static void redact_sample(const struct ll_profile *profile, struct ll_profile_sample *sample)
{
	if (!profile->redactor)
		return;
	sample->labels = ll_redact_labels(profile->redactor, sample->labels);
	sample->state = ll_redact_state(profile->redactor, sample->state);
}

static struct ll_str source_name(const struct reader *reader)
{
	struct ll_redactor *const redactor = reader->profile->redactor;

	return redactor ? ll_redact_path(redactor, reader->path) : reader->path;
}

static void put_source(struct reader *reader, const struct ll_origin *origin)
{
	struct ll_profile *const profile = reader->profile;
	struct ll_profile_source *const source = ll_vec_push(&profile->sources, sizeof *source);
	*source = (struct ll_profile_source){
		.name = ll_arena_str(&profile->arena, source_name(reader)),
		.time_ns = origin->time_ns,
	};
	if (origin->time_ns > profile->time_ns)
		profile->time_ns = origin->time_ns;
	profile->period = origin->period;
	if (!ll_i64_add(&profile->duration_ns, origin->duration_ns))
		profile->duration_ns = 0;
}

static int begin(void *self, const struct ll_origin *origin, struct ll_error *err)
{
	static const struct ll_value_type count = {{"goroutine", 9}, {"count", 5}};
	struct reader *const reader = self;
	const bool has_types = origin->type_count > 0;
	enum ll_kind wanted = reader->wanted;
	int rc;

	if (wanted == LL_KIND_COUNT)
		wanted = reader->profile->kind;
	reader->is_taken = false;
	if (!has_samples(origin))
		return LL_OK;
	if (wanted != LL_KIND_COUNT && wanted != origin->kind) {
		reader->profile->passed_over++;
		return LL_OK;
	}
	reader->type_count = has_types ? origin->type_count : 1;
	rc = ll_profile_begin(reader->profile, origin->kind, has_types ? origin->types : &count,
	                      reader->type_count, reader->columns, err);
	if (rc < 0)
		return rc;
	if (reader->taken == 0 && reader->profile->variant.size == 0)
		reader->profile->variant =
			ll_arena_str(&reader->profile->arena, ll_str(origin->variant));
	put_source(reader, origin);
	reader->is_taken = true;
	reader->taken++;
	return LL_OK;
}

static int put_symbols(void *self, const struct ll_symbols *symbols, struct ll_error *err)
{
	struct reader *const reader = self;
	const size_t count = symbols->first_line[symbols->location_count];
	uint32_t *functions LL_CLEANUP(ll_freep) =
		ll_calloc(symbols->function_count + 1, sizeof *functions);

	(void)err;
	reader->symbols = symbols;
	if (!reader->is_taken)
		return LL_OK;
	for (size_t i = 0; i < symbols->function_count; i++)
		functions[i] =
			put_function(reader->profile, symbols->functions[i].name,
		                     symbols->functions[i].file, symbols->functions[i].start_line);
	reader->lines = ll_realloc(reader->lines, count + 1, sizeof *reader->lines);
	for (size_t i = 0; i < count; i++)
		reader->lines[i] =
			ll_profile_frame_put(reader->profile, functions[symbols->lines[i].function],
		                             symbols->lines[i].line);
	return LL_OK;
}

static void push_frame(struct reader *reader, uint32_t frame)
{
	*(uint32_t *)ll_vec_push(&reader->frames, sizeof frame) = frame;
}

static int put_values(struct reader *reader, struct ll_profile_sample *sample,
                      const int64_t *values, struct ll_error *err)
{
	int64_t ordered[LL_VALUE_TYPES_MAX];

	for (size_t i = 0; i < reader->profile->type_count; i++)
		ordered[i] = values[reader->columns[i]];
	sample->count = reader->frames.count;
	return ll_profile_sample_put(reader->profile, sample, reader->frames.items, ordered, err);
}

static int put_samples(void *self, const struct ll_samples *samples, struct ll_error *err)
{
	struct reader *const reader = self;
	const struct ll_symbols *const symbols = reader->symbols;
	int rc = LL_OK;

	for (size_t i = 0; reader->is_taken && rc == LL_OK && i < samples->count; i++) {
		struct ll_profile_sample sample = {
			.block_size = samples->block_size ? samples->block_size[i] : 0,
			.labels = samples->labels ? samples->labels[i] : ll_str(""),
		};

		redact_sample(reader->profile, &sample);
		reader->frames.count = 0;
		for (uint32_t k = samples->first[i]; k < samples->first[i + 1]; k++) {
			const uint32_t location = samples->locations[k];

			for (uint32_t line = symbols->first_line[location];
			     line < symbols->first_line[location + 1]; line++)
				push_frame(reader, reader->lines[line]);
		}
		rc = put_values(reader, &sample, samples->values + i * reader->type_count, err);
	}
	return rc;
}

static int put_goroutines(void *self, const struct ll_goroutines *same, struct ll_error *err)
{
	struct reader *const reader = self;
	struct ll_profile_sample sample = {.state = same->state, .labels = same->labels};
	int64_t values[LL_VALUE_TYPES_MAX] = {0};

	if (!reader->is_taken)
		return LL_OK;
	if (same->count > INT64_MAX)
		return ll_fail(err, LL_E_LIMIT, "a total does not fit 63 bits");
	redact_sample(reader->profile, &sample);
	values[0] = (int64_t)same->count;
	reader->frames.count = 0;
	for (size_t i = 0; i < same->frame_count; i++) {
		const struct ll_frame *const frame = &same->frames[i];
		const uint32_t function =
			put_function(reader->profile, frame->function, frame->file, 0);

		push_frame(reader, ll_profile_frame_put(reader->profile, function, frame->line));
	}
	return put_values(reader, &sample, values, err);
}

static void put_note(void *self, uint64_t position, const char *text)
{
	struct reader *const reader = self;
	struct ll_profile *const profile = reader->profile;
	struct ll_profile_source *const sources = profile->sources.items;

	(void)position;
	if (!reader->is_taken || profile->sources.count == 0)
		return;
	if (sources[profile->sources.count - 1].notes++ > 0)
		return;
	sources[profile->sources.count - 1].remark =
		ll_arena_str(&profile->arena,
	                     profile->redactor ? ll_redact_reason(profile->redactor, ll_str(text))
	                                       : ll_str(text));
}

/* Each content of the file. One that cannot be read is an error: nothing is left out silently. */
static int read_contents(struct ll_unpacker *unpacker, struct reader *reader,
                         const struct ll_sink *sink, struct ll_error *err)
{
	struct ll_stream *stream = NULL;
	int state;

	while ((state = ll_unpacker_next(unpacker, &stream, err)) > 0) {
		const struct ll_str name = ll_unpacker_member(unpacker)->name;
		const int rc = ll_capture_read(stream, name.size > 0 ? name : reader->path, sink,
		                               NULL, err);

		if (rc < 0)
			return rc;
	}
	return state;
}

static int open_input(struct ll_unpacker *unpacker, const char *path, int *ret_spooled,
                      struct ll_error *err)
{
	struct ll_hash stored;
	int64_t size;
	char spooled[64];

	if (strcmp(path, "-") != 0)
		return ll_unpacker_open(unpacker, path, &stored, &size, err);
	*ret_spooled = ll_file_spool(STDIN_FILENO, ll_limits_default.archive_bytes, &stored, err);
	if (*ret_spooled < 0)
		return *ret_spooled;
	(void)snprintf(spooled, sizeof spooled, "/proc/self/fd/%d", *ret_spooled);
	return ll_unpacker_open(unpacker, spooled, &stored, &size, err);
}

int ll_profile_add_file(struct ll_profile *profile, const char *path, enum ll_kind kind,
                        struct ll_error *err)
{
	LL_CLEANUP(ll_unpacker_freep)
	struct ll_unpacker *unpacker = ll_unpacker_new(&ll_limits_default);
	LL_CLEANUP(ll_file_closep) int spooled = -1;
	struct reader reader = {.profile = profile, .path = ll_str(path), .wanted = kind};
	struct ll_sink sink = ll_sink_ignore;
	int rc = open_input(unpacker, path, &spooled, err);

	sink.self = &reader;
	sink.begin = begin;
	sink.symbols = put_symbols;
	sink.samples = put_samples;
	sink.goroutines = put_goroutines;
	sink.note = put_note;
	if (rc >= 0)
		rc = read_contents(unpacker, &reader, &sink, err);
	if (rc >= 0 && reader.taken == 0)
		rc = ll_fail(err, LL_E_FORMAT, "holds no %s",
		             kind == LL_KIND_COUNT ? "profile" : ll_kind_title(kind));
	free(reader.lines);
	ll_vec_done(&reader.frames);
	return rc < 0 ? ll_within(err, "reading '%s'", path) : LL_OK;
}
