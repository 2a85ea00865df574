/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pprof_text_records.c - records of text profiles, their frames and labels (formats.md 4.1, 2.3).
 *
 *     4003: 1665248 [4003: 1665248] @ 0x4402c8 0x44057e     values @ return PCs
 *     # labels: {"job":"ingest", "tenant":"acme corp"}
 *     #	0x4402c7	runtime.malg+0x27	.../proc.go:4076     call PC, name, place
 */
#include "pprof_text.h"

#include <leakledger/json.h>

#include <inttypes.h>
#include <math.h>

enum {
	ENTRY_REACH = 4096, /* a runtime entry function is shorter than this */
	LABELS_MAX = 64,    /* of one record; more are left out */
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

/*
 * " 0x4402c8 0x44057e": return PCs; "..." where a writer left out the rest, and what a person
 * remarks in parentheses. False when something else stands there.
 */
static bool take_pcs(struct ll_text_records *records, struct ll_str text)
{
	records->pc_count = 0;
	records->is_elided = false;
	while ((text = ll_str_trim(text)).size > 0) {
		struct ll_str word;
		uint64_t pc;

		if (ll_str_starts(text, "...")) {
			records->is_elided = true;
			text = ll_str_trim(ll_str_from(text, 3));
		}
		if (ll_text_is_remark(text))
			return true;
		word = ll_str_first(text, ll_str_index(text, ' '));
		text = ll_str_from(text, word.size);
		if (!ll_str_skip(&word, "0x") || !ll_str_to_hex(word, &pc))
			return false;
		if (records->pc_count < LL_TEXT_PCS_MAX)
			records->pcs[records->pc_count++] = pc;
	}
	return true;
}

int64_t ll_text_scaled(int64_t value, double factor)
{
	const double product = (double)value * factor;

	return product < 9.2e18 && product > -9.2e18 ? (int64_t)product : INT64_MAX;
}

void ll_heap_unsample(int64_t *objects, int64_t *bytes, double rate)
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
	*objects = ll_text_scaled(*objects, scale);
	*bytes = ll_text_scaled(*bytes, scale);
}

static bool set_heap_values(const struct ll_text_title *title, const int64_t raw[4],
                            struct ll_text_record *record)
{
	int64_t inuse[2] = {raw[0], raw[1]}, alloc[2] = {raw[2], raw[3]};

	if (raw[0] > 0)
		record->block_size = raw[1] / raw[0];
	else if (raw[2] > 0)
		record->block_size = raw[3] / raw[2];
	if (title->rate > 0) {
		ll_heap_unsample(&inuse[0], &inuse[1], title->rate);
		ll_heap_unsample(&alloc[0], &alloc[1], title->rate);
	}
	if (title->is_single) {
		memcpy(record->values, inuse, sizeof inuse);
	} else {
		memcpy(record->values, alloc, sizeof alloc);
		memcpy(record->values + 2, inuse, sizeof inuse);
	}
	return true;
}

/* The values before '@', also as they stand there. *rest becomes what follows it. */
static bool parse_values(const struct ll_text_title *title, struct ll_str *rest,
                         struct ll_text_record *record, int64_t raw[4])
{
	if (title->kind == LL_KIND_HEAP)
		return ll_text_heap_values(rest, raw) && set_heap_values(title, raw, record);
	if (!ll_text_i64(rest, &raw[0]))
		return false;
	if (ll_text_is_contention(title)) {
		/* CYCLES COUNT; the order of the protobuf form is count, then nanoseconds. */
		if (!ll_text_i64(rest, &raw[1]))
			return false;
		record->values[0] = raw[1];
		record->values[1] = ll_text_scaled(raw[0], title->ns_per_cycle);
	} else {
		record->values[0] = raw[0];
	}
	return ll_text_word(rest, "@");
}

void ll_text_records_add(struct ll_text_records *records, const struct ll_text_title *title,
                         struct ll_str line)
{
	struct ll_text_record record = {.first_location = (uint32_t)records->location_count,
	                                .hidden = LL_TEXT_PCS_MAX};
	struct ll_str rest = line;
	int64_t raw[4] = {0};

	records->is_open = false;
	if (!parse_values(title, &rest, &record, raw) || !take_pcs(records, rest)) {
		records->skipped++;
		return;
	}
	for (size_t i = 0; i < LL_COUNT(raw); i++) {
		if (__builtin_add_overflow(records->heap_sums[i], raw[i], &records->heap_sums[i]))
			records->heap_sums[i] = INT64_MAX;
	}
	if (records->count == records->capacity) {
		records->capacity = records->capacity * 2 + 64;
		records->items =
			ll_realloc(records->items, records->capacity, sizeof *records->items);
	}
	records->items[records->count++] = record;
	records->is_open = true;
	records->has_frames = false;
}

static void add_location(struct ll_text_records *records, uint32_t location)
{
	if (records->location_count == records->location_capacity) {
		records->location_capacity = records->location_capacity * 2 + 256;
		records->locations = ll_realloc(records->locations, records->location_capacity,
		                                sizeof *records->locations);
	}
	records->locations[records->location_count++] = location;
	records->items[records->count - 1].location_count++;
}

/* A record without frame lines: its addresses are all there is, if they are all there. */
void ll_text_records_close(struct ll_text_records *records)
{
	if (!records->is_open || records->has_frames) {
		records->is_open = false;
		return;
	}
	records->elided += records->is_elided;
	for (size_t i = 0; i < records->pc_count; i++) {
		const char *const name =
			ll_arena_printf(&records->arena, "0x%" PRIx64, records->pcs[i]);

		add_location(records, ll_symbol_table_add(&records->symbols, ll_str(name),
		                                          ll_str_n(NULL, 0), 0));
	}
	records->is_open = false;
}

static void learn_entry(struct ll_text_records *records, struct ll_str function, uint64_t address)
{
	for (size_t i = 0; i < LL_COUNT(entry_functions); i++) {
		if (!ll_str_equal(function, ll_str(entry_functions[i])))
			continue;
		for (size_t k = 0; k < records->entry_count; k++) {
			if (records->entries[k].name == entry_functions[i])
				return;
		}
		records->entries[records->entry_count++] =
			(struct ll_text_entry){.address = address, .name = entry_functions[i]};
		return;
	}
}

/*
 * The first frame's call PC plus one is the return PC that it belongs to; those before are hidden.
 */
static void count_hidden(struct ll_text_records *records, uint64_t call_pc)
{
	struct ll_text_record *const record = &records->items[records->count - 1];

	for (size_t i = 0; i < records->pc_count; i++) {
		if (records->pcs[i] == call_pc + 1 || records->pcs[i] == call_pc) {
			record->hidden = (uint32_t)i;
			record->first_pc = records->pcs[0];
			record->entry_pc = i > 0 ? records->pcs[i - 1] : 0;
			record->park_pc = i > 1 ? records->pcs[i - 2] : 0;
			return;
		}
	}
}

/* ".../go1.19.8/src/sync/mutex.go": only a toolchain that is called after its version tells it. */
static void learn_version(struct ll_text_records *records, struct ll_str place)
{
	const size_t at = ll_str_find(place, "/go1.");
	uint64_t minor;

	if (at != SIZE_MAX && ll_str_lead_u64(ll_str_from(place, at + 5), &minor) > 0 &&
	    minor < 1000)
		records->go_minor = (int64_t)minor;
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

/* "0x4402c7"; 0 for "0x...", which a writer left out. */
static bool take_pc(struct ll_str text, uint64_t *ret_pc)
{
	*ret_pc = 0;
	return ll_str_equal(text, ll_str("0x...")) ||
	       (ll_str_skip(&text, "0x") && ll_str_to_hex(text, ret_pc));
}

/* A frame: "#", PC, name and place, separated by tabs. */
bool ll_text_records_frame(struct ll_text_records *records, struct ll_str line)
{
	struct ll_str pc_text, place, function;
	uint64_t pc, offset, number = 0;
	size_t plus, colon;

	(void)ll_str_skip(&line, "#");
	pc_text = take_column(&line);
	if (!take_pc(pc_text, &pc))
		return false;
	/*
	 * The place is the last column: function names can contain blanks, and so can directories.
	 */
	line = ll_str_trim(line);
	plus = ll_str_find(line, "+0x");
	if (plus == SIZE_MAX)
		return true;
	function = ll_arena_str(&records->arena, ll_str_first(line, plus));
	line = ll_str_from(line, plus + 3);
	place = take_column(&line);
	if (pc > 0 && ll_str_to_hex(place, &offset))
		learn_entry(records, function, pc - offset);
	place = ll_str_trim(line);
	colon = ll_str_rindex(place, ':');
	if (colon != SIZE_MAX && ll_str_to_u64(ll_str_from(place, colon + 1), &number))
		place = ll_str_first(place, colon);
	if (!records->has_frames && pc > 0)
		count_hidden(records, pc);
	if (records->go_minor == 0)
		learn_version(records, place);
	records->has_frames = true;
	add_location(records,
	             ll_symbol_table_add(&records->symbols, function,
	                                 ll_arena_str(&records->arena, place), (int64_t)number));
	return true;
}

struct ll_str ll_text_records_entry(struct ll_text_records *records,
                                    const struct ll_text_record *record)
{
	const struct ll_text_entry *best = NULL;

	if (record->hidden == LL_TEXT_PCS_MAX)
		return ll_str_n(NULL, 0);
	for (size_t i = 0; record->hidden > 0 && i < records->entry_count; i++) {
		const struct ll_text_entry *const known = &records->entries[i];

		if (known->address <= record->entry_pc &&
		    record->entry_pc - known->address < ENTRY_REACH &&
		    (!best || known->address > best->address))
			best = known;
	}
	if (best)
		return ll_str(best->name);
	return ll_str(ll_arena_printf(&records->arena, "#%" PRIu32, record->hidden));
}

/* --------------------------------------------------------------------- labels */

struct label {
	struct ll_str key, value;
};

/* A string as Go quotes it, from its opening quote on; *text moves behind it. */
static bool take_quoted(struct ll_str *text, struct ll_arena *arena, struct ll_str *ret_value)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf plain;
	size_t end = 1;

	*text = ll_str_trim(*text);
	ll_buf_init(&plain, LL_BUF_MESSAGE);
	while (end < text->size && text->data[end] != '"')
		end += text->data[end] == '\\' ? 2 : 1;
	if (!ll_str_starts(*text, "\"") || end >= text->size)
		return false;
	ll_json_unescape(ll_str_n(text->data + 1, end - 1), &plain);
	*ret_value = ll_arena_str(arena, ll_buf_str(&plain));
	*text = ll_str_from(*text, end + 1);
	return true;
}

static int by_key(const void *a, const void *b)
{
	return ll_str_compare(((const struct label *)a)->key, ((const struct label *)b)->key);
}

/* A JSON object with sorted keys, as of all readers: equal sets are equal texts. */
void ll_text_records_labels(struct ll_text_records *records, struct ll_str text)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf json;
	struct label labels[LABELS_MAX];
	size_t count = 0;

	ll_buf_init(&json, LL_BUF_MESSAGE);
	(void)ll_str_skip(&text, "{");
	while (count < LABELS_MAX && take_quoted(&text, &records->arena, &labels[count].key) &&
	       ll_str_skip(&text, ":") &&
	       take_quoted(&text, &records->arena, &labels[count].value)) {
		count++;
		if (!ll_str_skip(&text, ","))
			break;
	}
	if (count == 0)
		return;
	qsort(labels, count, sizeof *labels, by_key);
	for (size_t i = 0; i < count; i++) {
		ll_buf_putc(&json, i == 0 ? '{' : ',');
		ll_json_put_string(&json, labels[i].key);
		ll_buf_putc(&json, ':');
		ll_json_put_string(&json, labels[i].value);
	}
	ll_buf_putc(&json, '}');
	/* Labels past the ceiling would be half a JSON object; such a set is left out. */
	if (!json.is_full)
		records->items[records->count - 1].labels =
			ll_arena_str(&records->arena, ll_buf_str(&json));
}

/* ------------------------------------------------------------------- life cycle */

void ll_text_records_clear(struct ll_text_records *records)
{
	ll_symbol_table_done(&records->symbols);
	ll_arena_clear(&records->arena);
	records->count = 0;
	records->location_count = 0;
	records->entry_count = 0;
	records->skipped = 0;
	records->elided = 0;
	memset(records->heap_sums, 0, sizeof records->heap_sums);
	records->go_minor = 0;
	records->is_open = false;
}

void ll_text_records_done(struct ll_text_records *records)
{
	ll_symbol_table_done(&records->symbols);
	ll_arena_done(&records->arena);
	free(records->items);
	free(records->locations);
}
