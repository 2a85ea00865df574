/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_pprof_text.c - the text that ?debug=1 prints for heap, allocs, goroutine, goroutineleak,
 * threadcreate, block and mutex (formats.md section 4).
 *
 *     heap profile: 31907: 4824512 [127249: 151182096] @ heap/1048576   title
 *     4003: 1665248 [4003: 1665248] @ 0x4402c8 0x44057e                 record: values @ return PCs
 *     #  0x4402c7  runtime.malg+0x27  .../proc.go:4076                  frames: PC, name, place
 *     (empty line)
 *     # runtime.MemStats                                                heap only: the trailer
 *     # Alloc = 3871904
 *
 * Rules:
 *   1. Heap values are raw sampled counts. They are scaled as google/pprof does (formats.md 1.8),
 *      with the rate that the title gives doubled.
 *   2. A heap title whose live and allocated totals are equal has only one pair of values; pprof
 *      calls them objects and space, and so do we.
 *   3. The '@' list is complete, the frames are not: the runtime's leading frames are hidden. Their
 *      number, and where possible the name of the last of them, tells append from map insert
 *      (formats.md 2.3), so both are passed on.
 *   4. A new title starts a new capture. What is neither record, frame nor trailer is passed over;
 *      a record whose numbers do not parse is a note.
 *   5. Columns are separated by tabs, or by blanks where somebody pasted the text.
 */
#include "memstats.h"
#include "symbol_table.h"

#include <inttypes.h>
#include <math.h>

enum {
	PCS_MAX = 2048,
	ENTRY_REACH = 4096, /* a runtime entry function is shorter than this */
};

/* The runtime's allocation functions, as a name on a frame line teaches their address. */
static const char *const entry_functions[] = {
	"runtime.growslice",
	"runtime.makeslice",
	"runtime.makeslicecopy",
	"runtime.makechan",
	"runtime.newobject",
	"runtime.makemap",
	"runtime.makemap_small",
	"runtime.mapassign",
	"runtime.mapassign_fast32",
	"runtime.mapassign_fast32ptr",
	"runtime.mapassign_fast64",
	"runtime.mapassign_fast64ptr",
	"runtime.mapassign_faststr",
	"runtime.concatstrings",
	"runtime.concatstring2",
	"runtime.concatstring3",
	"runtime.slicebytetostring",
	"runtime.stringtoslicebyte",
	"runtime.newdefer",
	"runtime.deferproc",
	"runtime.convT",
	"runtime.convTstring",
	"runtime.convTslice",
	"runtime.convT64",
};

struct record {
	int64_t values[4]; /* in the order of the capture's types */
	int64_t block_size;
	uint32_t first_location, location_count;
	uint32_t hidden;   /* leading PCs without a frame line; PCS_MAX: unknown */
	uint64_t entry_pc; /* the last of them */
	struct ll_str labels;
};

struct title {
	enum ll_kind kind;
	const char *variant;
	double rate; /* 0: values are exact */
	int64_t period;
	uint64_t total;
	bool has_total, is_single; /* one pair of heap values */
	double ns_per_cycle;
	struct ll_str custom; /* name of a profile made with pprof.NewProfile */
};

struct known_entry {
	uint64_t address;
	const char *name;
};

struct reader {
	const struct ll_sink *out;
	struct ll_stream *in;
	struct title title;
	bool has_capture;
	struct ll_arena arena; /* texts of the capture being read */
	struct ll_symbol_table symbols;
	struct record *records;
	size_t record_count, record_capacity;
	uint32_t *locations;
	size_t location_count, location_capacity;
	uint64_t pcs[PCS_MAX];
	size_t pc_count;
	bool in_record, has_frames, in_trailer;
	struct ll_memstats stats;
	struct known_entry known[LL_COUNT(entry_functions)];
	size_t known_count;
	size_t skipped; /* records that did not parse */
};

/* ----------------------------------------------------------------- title lines */

/* "<number>" after optional blanks; moves *text behind it. */
static bool take_i64(struct ll_str *text, int64_t *ret_value)
{
	size_t size = 0;

	while (text->size > 0 && (text->data[0] == ' ' || text->data[0] == '\t'))
		*text = ll_str_from(*text, 1);
	while (size < text->size && memchr("-0123456789", text->data[size], 11))
		size++;
	if (!ll_str_to_i64(ll_str_first(*text, size), ret_value))
		return false;
	*text = ll_str_from(*text, size);
	return true;
}

static bool take_word(struct ll_str *text, const char *word)
{
	while (text->size > 0 && (text->data[0] == ' ' || text->data[0] == '\t'))
		*text = ll_str_from(*text, 1);
	return ll_str_skip(text, word);
}

/* "4003: 1665248 [4003: 1665248] @": the four numbers of a heap title or record. */
static bool take_heap_values(struct ll_str *text, int64_t values[4])
{
	return take_i64(text, &values[0]) && take_word(text, ":") && take_i64(text, &values[1]) &&
	       take_word(text, "[") && take_i64(text, &values[2]) && take_word(text, ":") &&
	       take_i64(text, &values[3]) && take_word(text, "]") && take_word(text, "@");
}

static bool parse_heap_title(struct ll_str line, struct title *title)
{
	int64_t values[4], rate;
	struct ll_str rest = line;

	if (!ll_str_skip(&rest, "heap profile:") || !take_heap_values(&rest, values))
		return false;
	rest = ll_str_trim(rest);
	*title = (struct title){.kind = LL_KIND_HEAP};
	title->is_single = values[0] == values[2] && values[1] == values[3];
	if (ll_str_skip(&rest, "heap/") && ll_str_to_i64(rest, &rate)) {
		title->period = rate / 2;
	} else if ((ll_str_skip(&rest, "heap_v2/") || ll_str_skip(&rest, "heapz_v2/")) &&
	           ll_str_to_i64(rest, &rate)) {
		title->period = rate;
		title->variant = "legacy";
	} else {
		title->variant = "legacy"; /* "heapprofile", "growthz": exact values */
	}
	title->rate = (double)title->period;
	return true;
}

/* "goroutine profile: total 4001". */
static bool parse_count_title(struct ll_str line, struct title *title)
{
	const size_t at = ll_str_find(line, " profile: total ");
	struct ll_str name;

	if (at == SIZE_MAX || at == 0)
		return false;
	name = ll_str_first(line, at);
	if (ll_str_index(name, ' ') != SIZE_MAX || ll_str_index(name, '\t') != SIZE_MAX)
		return false;
	*title = (struct title){.kind = LL_KIND_PROFILE, .period = 1, .custom = name};
	for (enum ll_kind kind = 0; kind < LL_KIND_COUNT; kind++) {
		if (ll_str_equal(name, ll_str(ll_kind_name(kind))))
			title->kind = kind;
	}
	title->has_total = ll_str_to_u64(ll_str_trim(ll_str_from(line, at + 16)), &title->total);
	return title->has_total;
}

static bool parse_title(struct ll_str line, struct title *title)
{
	if (ll_str_equal(line, ll_str("--- mutex:"))) {
		*title = (struct title){.kind = LL_KIND_MUTEX, .period = 1};
		return true;
	}
	if (ll_str_equal(line, ll_str("--- contention:"))) {
		*title = (struct title){.kind = LL_KIND_BLOCK, .period = 1};
		return true;
	}
	return parse_heap_title(line, title) || parse_count_title(line, title);
}

static bool is_contention(const struct title *title)
{
	return title->kind == LL_KIND_BLOCK || title->kind == LL_KIND_MUTEX;
}

/* -------------------------------------------------------------------- emitting */

static size_t fill_types(const struct title *title, struct ll_value_type types[4])
{
	static const char *const four[] = {"alloc_objects", "alloc_space", "inuse_objects",
	                                   "inuse_space"};

	if (title->kind == LL_KIND_HEAP && !title->is_single) {
		for (size_t i = 0; i < 4; i++)
			types[i] = (struct ll_value_type){ll_str(four[i]),
			                                  ll_str(i % 2 ? "bytes" : "count")};
		return 4;
	}
	if (title->kind == LL_KIND_HEAP) {
		types[0] = (struct ll_value_type){ll_str("objects"), ll_str("count")};
		types[1] = (struct ll_value_type){ll_str("space"), ll_str("bytes")};
		return 2;
	}
	if (is_contention(title)) {
		types[0] = (struct ll_value_type){ll_str("contentions"), ll_str("count")};
		types[1] = (struct ll_value_type){ll_str("delay"), ll_str("nanoseconds")};
		return 2;
	}
	types[0] = (struct ll_value_type){title->custom, ll_str("count")};
	return 1;
}

/* Rule 3: which allocation function the last hidden frame lies in. */
static struct ll_str entry_of(struct reader *reader, const struct record *record)
{
	const struct known_entry *best = NULL;

	if (reader->title.kind != LL_KIND_HEAP || record->hidden == PCS_MAX)
		return ll_str_n(NULL, 0);
	for (size_t i = 0; record->hidden > 0 && i < reader->known_count; i++) {
		const struct known_entry *const known = &reader->known[i];

		if (known->address <= record->entry_pc &&
		    record->entry_pc - known->address < ENTRY_REACH &&
		    (!best || known->address > best->address))
			best = known;
	}
	if (best)
		return ll_str(best->name);
	return ll_str(ll_arena_printf(&reader->arena, "#%" PRIu32, record->hidden));
}

static int emit_samples(struct reader *reader, size_t type_count, struct ll_error *err)
{
	const struct ll_symbols symbols = ll_symbol_table_view(&reader->symbols);
	int rc = reader->out->symbols(reader->out->self, &symbols, err);

	for (size_t i = 0; rc == LL_OK && i < reader->record_count; i++) {
		const struct record *const record = &reader->records[i];
		const uint32_t first[2] = {0, record->location_count};
		const struct ll_str entry = entry_of(reader, record);
		const struct ll_samples sample = {
			.count = 1,
			.first = first,
			.locations = reader->locations + record->first_location,
			.values = record->values,
			.block_size = &record->block_size,
			.labels = record->labels.size > 0 ? &record->labels : NULL,
			.entries = &entry,
		};

		(void)type_count;
		rc = reader->out->samples(reader->out->self, &sample, err);
	}
	return rc;
}

/*
 * debug=1 hides how a goroutine was parked, but its PCs are there: gopark and selectgo are two,
 * gopark, chanrecv and chanrecv1 (or chansend and chansend1) three. Which of those cannot be told.
 */
static const char *hidden_state(const struct record *record)
{
	if (record->hidden == 2)
		return "select";
	if (record->hidden == 3)
		return "channel";
	return "unknown";
}

static int emit_goroutines(struct reader *reader, struct ll_error *err)
{
	LL_CLEANUP(ll_freep)
	struct ll_frame *frames = ll_calloc(reader->location_count + 1, sizeof *frames);
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < reader->record_count; i++) {
		const struct record *const record = &reader->records[i];
		struct ll_goroutines group = {
			.count = record->values[0] > 0 ? (uint64_t)record->values[0] : 0,
			.frames = frames,
			.frame_count = record->location_count,
			.min_minutes = LL_MINUTES_UNKNOWN,
			.max_minutes = LL_MINUTES_UNKNOWN,
			.labels = record->labels,
			.is_leaked = reader->title.kind == LL_KIND_GOROUTINELEAK,
		};
		const char *state;
		size_t skip;

		for (size_t k = 0; k < record->location_count; k++) {
			const struct ll_line *const line =
				&reader->symbols
					 .lines[reader->locations[record->first_location + k]];

			frames[k] = (struct ll_frame){
				.function = reader->symbols.functions[line->function].name,
				.file = reader->symbols.functions[line->function].file,
				.line = line->line,
			};
		}
		state = ll_goroutine_state(frames, group.frame_count, &skip);
		if (strcmp(state, "running") == 0 && skip == 0)
			state = hidden_state(record);
		group.state = ll_str(state);
		group.is_system = ll_goroutine_is_system(group.state, frames, group.frame_count,
		                                         ll_str_n(NULL, 0));
		rc = reader->out->goroutines(reader->out->self, &group, err);
	}
	return rc;
}

static void note_damage(const struct reader *reader)
{
	char text[96];
	uint64_t sum = 0;

	if (reader->skipped > 0) {
		(void)snprintf(text, sizeof text, "%zu records skipped: numbers do not parse",
		               reader->skipped);
		reader->out->note(reader->out->self, 0, text);
	}
	if (!reader->title.has_total)
		return;
	for (size_t i = 0; i < reader->record_count; i++)
		sum += (uint64_t)reader->records[i].values[0];
	if (sum != reader->title.total) {
		(void)snprintf(text, sizeof text,
		               "the title says %" PRIu64 ", the records sum to %" PRIu64,
		               reader->title.total, sum);
		reader->out->note(reader->out->self, 0, text);
	}
}

/* Hands on the capture that has been gathered, if any, and starts afresh. */
static int finish_capture(struct reader *reader, struct ll_error *err)
{
	const struct title *const title = &reader->title;
	struct ll_value_type types[4];
	const size_t type_count = fill_types(title, types);
	const bool is_goroutines =
		title->kind == LL_KIND_GOROUTINE || title->kind == LL_KIND_GOROUTINELEAK;
	const struct ll_origin origin = {
		.kind = title->kind,
		.variant = title->variant ? title->variant : "debug=1",
		.is_foreign = title->variant && !reader->stats.has[LL_METRIC_ALLOC],
		.time_ns = LL_TIME_NONE,
		.not_before_ns = ll_memstats_not_before(&reader->stats),
		.period = title->period,
		.types = types,
		.type_count = type_count,
	};
	int rc = LL_OK;

	if (reader->has_capture)
		rc = reader->out->begin(reader->out->self, &origin, err);
	if (rc == LL_OK && reader->has_capture)
		rc = is_goroutines ? emit_goroutines(reader, err)
		                   : emit_samples(reader, type_count, err);
	if (rc == LL_OK && reader->has_capture)
		rc = ll_memstats_emit(&reader->stats, reader->out, err);
	if (rc == LL_OK && reader->has_capture)
		note_damage(reader);
	ll_symbol_table_done(&reader->symbols);
	ll_arena_clear(&reader->arena);
	memset(&reader->stats, 0, sizeof reader->stats);
	reader->record_count = 0;
	reader->location_count = 0;
	reader->known_count = 0;
	reader->skipped = 0;
	reader->has_capture = false;
	reader->in_record = false;
	reader->in_trailer = false;
	return rc;
}

/* ---------------------------------------------------------------- record lines */

/* " 0x4402c8 0x44057e": return PCs. False when something else stands there. */
static bool take_pcs(struct reader *reader, struct ll_str text)
{
	reader->pc_count = 0;
	while ((text = ll_str_trim(text)).size > 0) {
		struct ll_str word;
		uint64_t pc;

		word = ll_str_first(text, ll_str_index(text, ' '));
		text = ll_str_from(text, word.size);
		if (!ll_str_skip(&word, "0x") || !ll_str_to_hex(word, &pc))
			return false;
		if (reader->pc_count < PCS_MAX)
			reader->pcs[reader->pc_count++] = pc;
	}
	return true;
}

/* formats.md 1.8: raw counts to estimates, each truncated. */
static void unsample(int64_t *objects, int64_t *bytes, double rate)
{
	double scale;

	if (*objects == 0 || *bytes == 0) {
		*objects = 0;
		*bytes = 0;
		return;
	}
	if (rate <= 1)
		return;
	scale = 1 / (1 - exp(-((double)*bytes / (double)*objects) / rate));
	*objects = (int64_t)((double)*objects * scale);
	*bytes = (int64_t)((double)*bytes * scale);
}

static bool set_heap_values(const struct title *title, const int64_t raw[4], struct record *record)
{
	int64_t inuse[2] = {raw[0], raw[1]}, alloc[2] = {raw[2], raw[3]};

	if (raw[0] > 0)
		record->block_size = raw[1] / raw[0];
	else if (raw[2] > 0)
		record->block_size = raw[3] / raw[2];
	if (title->rate > 0) {
		unsample(&inuse[0], &inuse[1], title->rate);
		unsample(&alloc[0], &alloc[1], title->rate);
	}
	if (title->is_single) {
		memcpy(record->values, inuse, sizeof inuse);
	} else {
		memcpy(record->values, alloc, sizeof alloc);
		memcpy(record->values + 2, inuse, sizeof inuse);
	}
	return true;
}

/* The values before '@'. *rest becomes what follows it. */
static bool parse_values(const struct title *title, struct ll_str *rest, struct record *record)
{
	int64_t raw[4] = {0};

	if (title->kind == LL_KIND_HEAP)
		return take_heap_values(rest, raw) && set_heap_values(title, raw, record);
	if (!take_i64(rest, &raw[0]))
		return false;
	if (is_contention(title)) {
		/* CYCLES COUNT; the order of the protobuf form is count, then nanoseconds. */
		if (!take_i64(rest, &raw[1]))
			return false;
		record->values[0] = raw[1];
		record->values[1] = (int64_t)((double)raw[0] * title->ns_per_cycle);
	} else {
		record->values[0] = raw[0];
	}
	return take_word(rest, "@");
}

static void add_record(struct reader *reader, struct ll_str line)
{
	struct record record = {.first_location = (uint32_t)reader->location_count,
	                        .hidden = PCS_MAX};
	struct ll_str rest = line;

	reader->in_record = false;
	if (!parse_values(&reader->title, &rest, &record) || !take_pcs(reader, rest)) {
		reader->skipped++;
		return;
	}
	if (reader->record_count == reader->record_capacity) {
		reader->record_capacity = reader->record_capacity * 2 + 64;
		reader->records = ll_realloc(reader->records, reader->record_capacity,
		                             sizeof *reader->records);
	}
	reader->records[reader->record_count++] = record;
	reader->in_record = true;
	reader->has_frames = false;
}

static void add_location(struct reader *reader, uint32_t location)
{
	if (reader->location_count == reader->location_capacity) {
		reader->location_capacity = reader->location_capacity * 2 + 256;
		reader->locations = ll_realloc(reader->locations, reader->location_capacity,
		                               sizeof *reader->locations);
	}
	reader->locations[reader->location_count++] = location;
	reader->records[reader->record_count - 1].location_count++;
}

/* A record without frame lines: its addresses are all there is. */
static void finish_record(struct reader *reader)
{
	if (!reader->in_record || reader->has_frames) {
		reader->in_record = false;
		return;
	}
	for (size_t i = 0; i < reader->pc_count; i++) {
		const char *const name =
			ll_arena_printf(&reader->arena, "0x%" PRIx64, reader->pcs[i]);

		add_location(reader, ll_symbol_table_add(&reader->symbols, ll_str(name),
		                                         ll_str_n(NULL, 0), 0));
	}
	reader->in_record = false;
}

static void learn_entry(struct reader *reader, struct ll_str function, uint64_t address)
{
	for (size_t i = 0; i < LL_COUNT(entry_functions); i++) {
		if (!ll_str_equal(function, ll_str(entry_functions[i])))
			continue;
		for (size_t k = 0; k < reader->known_count; k++) {
			if (reader->known[k].name == entry_functions[i])
				return;
		}
		reader->known[reader->known_count++] =
			(struct known_entry){.address = address, .name = entry_functions[i]};
		return;
	}
}

/*
 * The first frame's call PC plus one is the return PC that it belongs to; those before are hidden.
 */
static void count_hidden(struct reader *reader, uint64_t call_pc)
{
	struct record *const record = &reader->records[reader->record_count - 1];

	for (size_t i = 0; i < reader->pc_count; i++) {
		if (reader->pcs[i] == call_pc + 1 || reader->pcs[i] == call_pc) {
			record->hidden = (uint32_t)i;
			record->entry_pc = i > 0 ? reader->pcs[i - 1] : 0;
			return;
		}
	}
}

/* The next column, which ends at a tab, or at a blank when there are no tabs. */
static struct ll_str take_column(struct ll_str *text)
{
	struct ll_str column;
	size_t end;

	while (text->size > 0 && (text->data[0] == ' ' || text->data[0] == '\t'))
		*text = ll_str_from(*text, 1);
	end = ll_str_index(*text, '\t');
	if (end == SIZE_MAX)
		end = ll_str_index(*text, ' ');
	column = ll_str_first(*text, end);
	*text = ll_str_from(*text, column.size);
	return column;
}

/* A frame: "#", PC, name and place, separated by tabs. Returns false when the line is none. */
static bool add_frame(struct reader *reader, struct ll_str line)
{
	struct ll_str pc_text, place, function;
	uint64_t pc, offset, number = 0;
	size_t plus, colon;

	line = ll_str_from(line, 1);
	pc_text = take_column(&line);
	if (!ll_str_skip(&pc_text, "0x") || !ll_str_to_hex(pc_text, &pc))
		return false;
	/*
	 * The place is the last column: function names can contain blanks, and so can directories.
	 */
	line = ll_str_trim(line);
	plus = ll_str_find(line, "+0x");
	if (plus == SIZE_MAX)
		return true;
	function = ll_arena_str(&reader->arena, ll_str_first(line, plus));
	line = ll_str_from(line, plus + 3);
	place = take_column(&line);
	if (ll_str_to_hex(place, &offset))
		learn_entry(reader, function, pc - offset);
	place = ll_str_trim(line);
	colon = ll_str_rindex(place, ':');
	if (colon != SIZE_MAX && ll_str_to_u64(ll_str_from(place, colon + 1), &number))
		place = ll_str_first(place, colon);
	if (!reader->has_frames)
		count_hidden(reader, pc);
	reader->has_frames = true;
	add_location(reader,
	             ll_symbol_table_add(&reader->symbols, function,
	                                 ll_arena_str(&reader->arena, place), (int64_t)number));
	return true;
}

/* --------------------------------------------------------------- trailer lines */

static void read_ring(struct ll_str text, uint64_t ring[LL_PAUSE_RING], size_t *ret_count)
{
	*ret_count = 0;
	(void)ll_str_skip(&text, "[");
	while (*ret_count < LL_PAUSE_RING) {
		uint64_t value;
		size_t digits;

		text = ll_str_trim(text);
		digits = ll_str_lead_u64(text, &value);
		if (digits == 0)
			return;
		ring[(*ret_count)++] = value;
		text = ll_str_from(text, digits);
	}
}

/* "# Stack = 360448 / 360448": the first is in use, the second what the system gave. */
static bool read_pair(struct ll_memstats *stats, struct ll_str key, struct ll_str text)
{
	static const struct {
		const char *key;
		enum ll_metric inuse, sys;
	} pairs[] = {
		{"Stack", LL_METRIC_STACK_INUSE, LL_METRIC_STACK_SYS},
		{"MSpan", LL_METRIC_MSPAN_INUSE, LL_METRIC_MSPAN_SYS},
		{"MCache", LL_METRIC_MCACHE_INUSE, LL_METRIC_MCACHE_SYS},
	};

	for (size_t i = 0; i < LL_COUNT(pairs); i++) {
		const size_t slash = ll_str_find(text, " / ");

		if (slash == SIZE_MAX || !ll_str_equal(key, ll_str(pairs[i].key)))
			continue;
		(void)ll_memstats_set(stats, pairs[i].inuse,
		                      ll_str_trim(ll_str_first(text, slash)));
		(void)ll_memstats_set(stats, pairs[i].sys,
		                      ll_str_trim(ll_str_from(text, slash + 3)));
		return true;
	}
	return false;
}

/* "# Name = value". */
static void read_trailer(struct reader *reader, struct ll_str line)
{
	struct ll_memstats *const stats = &reader->stats;
	const size_t equals = ll_str_find(line, " = ");
	struct ll_str key, value;
	enum ll_metric metric;

	if (equals == SIZE_MAX)
		return;
	key = ll_str_trim(ll_str_from(ll_str_first(line, equals), 1));
	value = ll_str_trim(ll_str_from(line, equals + 3));
	if (ll_str_equal(key, ll_str("PauseNs")))
		read_ring(value, stats->pause_ns, &stats->pause_ns_count);
	else if (ll_str_equal(key, ll_str("PauseEnd")))
		read_ring(value, stats->pause_end, &stats->pause_end_count);
	else if (!read_pair(stats, key, value) && (metric = ll_metric_find(key)) != LL_METRIC_COUNT)
		(void)ll_memstats_set(stats, metric, value);
}

/*
 * "# labels: {"job":"ingest", "tenant":"acme corp"}": compacted to the form of the other readers.
 */
static void read_labels(struct reader *reader, struct ll_str line)
{
	char *const text = ll_arena_alloc(&reader->arena, line.size + 1);
	size_t used = 0;
	bool in_string = false;

	for (size_t i = 0; i < line.size; i++) {
		const char byte = line.data[i];

		if (byte == '"' && (i == 0 || line.data[i - 1] != '\\'))
			in_string = !in_string;
		if (byte != ' ' || in_string)
			text[used++] = byte;
	}
	reader->records[reader->record_count - 1].labels = ll_str_n(text, used);
}

/* ----------------------------------------------------------------------- lines */

static void read_comment(struct reader *reader, struct ll_str line)
{
	if (reader->in_record && ll_str_starts(line, "# labels: {")) {
		read_labels(reader, ll_str_from(line, 10));
	} else if (reader->in_record && add_frame(reader, line)) {
		return;
	} else if (ll_str_starts(line, "# runtime.MemStats")) {
		reader->in_trailer = true;
	} else if (reader->in_trailer) {
		read_trailer(reader, line);
	}
}

static void read_header(struct reader *reader, struct ll_str line)
{
	double cycles;

	if (ll_str_skip(&line, "cycles/second=") && ll_str_to_f64(ll_str_trim(line), &cycles) &&
	    cycles > 0)
		reader->title.ns_per_cycle = 1e9 / cycles;
}

static int read_line(struct reader *reader, struct ll_str line, struct ll_error *err)
{
	struct title title;

	if (line.size > 0 && line.data[0] == '#') {
		read_comment(reader, line);
		return LL_OK;
	}
	finish_record(reader);
	if (parse_title(line, &title)) {
		const int rc = finish_capture(reader, err);

		reader->title = title;
		reader->title.custom = ll_arena_str(&reader->arena, title.custom);
		reader->title.ns_per_cycle = 1;
		reader->has_capture = true;
		return rc;
	}
	if (!reader->has_capture || line.size == 0)
		return LL_OK;
	if (ll_str_find(line, "@") != SIZE_MAX && memchr(" -0123456789", line.data[0], 12))
		add_record(reader, line);
	else
		read_header(reader, line);
	return LL_OK;
}

static int read_pprof_text(struct ll_stream *in, const struct ll_peek *peek,
                           const struct ll_sink *out, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) struct reader *reader = ll_calloc(1, sizeof *reader);
	struct ll_str line;
	int state = 0, rc = LL_OK;

	(void)peek;
	reader->in = in;
	reader->out = out;
	while (rc == LL_OK && (state = ll_stream_line(in, &line, err)) != 0) {
		/* A cut file keeps what came before the cut. */
		if (state < 0 && !reader->has_capture)
			rc = state;
		if (state < 0)
			break;
		rc = read_line(reader, line, err);
	}
	finish_record(reader);
	if (rc == LL_OK) {
		const bool is_cut = state < 0 && reader->has_capture;

		rc = finish_capture(reader, err);
		if (rc == LL_OK && is_cut)
			out->note(out->self, ll_stream_line_number(in),
			          err ? err->text : "input ends early");
	}
	ll_symbol_table_done(&reader->symbols);
	ll_arena_done(&reader->arena);
	free(reader->records);
	free(reader->locations);
	return rc;
}

static enum ll_bid bid_pprof_text(const struct ll_peek *peek)
{
	struct ll_str rest = peek->head;
	struct title title;

	/* The title may stand behind saved headers or a shell prompt, but not far. */
	for (size_t i = 0; i < 24 && rest.data; i++) {
		struct ll_str line = ll_str_split(&rest, '\n');

		if (ll_str_ends(line, "\r"))
			line.size--;
		if (parse_title(line, &title))
			return i == 0 ? LL_BID_MAGIC : LL_BID_SHAPE;
	}
	return LL_BID_NO;
}

const struct ll_format ll_fmt_pprof_text = {
	.id = "pprof-text",
	.title = "pprof text (debug=1)",
	.bid = bid_pprof_text,
	.read = read_pprof_text,
};
