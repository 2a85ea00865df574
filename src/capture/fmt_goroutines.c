/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_goroutines.c - goroutine dumps: debug=2, runtime.Stack, panics, fatal errors, SIGQUIT; whole
 * files or somewhere in a log, with or without a logger's prefix (formats.md section 3).
 *
 *     goroutine 18 [chan receive, 5 minutes]:          header: starts a goroutine
 *     main.(*Hub).run(0xc0000b6000, {0x1, 0x2})        function line: pending until ...
 *     	/src/hub.go:31 +0x8a                          ... its place closes it
 *     created by main.newHub in goroutine 1            like a function line, for the creator
 *     	/src/hub.go:20 +0x57
 *     (empty line)
 *
 * Rules:
 *   1. Only a header starts a goroutine; empty lines mean nothing, because some collectors drop
 *      them.
 *   2. Inside a goroutine a line that ends like a place closes the pending function line, with or
 *      without its leading tab.
 *   3. The argument list starts at the last '(' of the line; what is before it is the name.
 *   4. Runtime noise inside a dump (register dumps, stack frame hex, "runtime: ...") is passed
 *      over. The first line that is neither grammar nor noise ends the goroutine.
 *   5. A panic, fatal error or signal line after goroutines starts a new capture, and so does a
 *      goroutine id that this dump already had as its first: it is another process.
 *   6. Leading runtime frames are cut, so that SIGQUIT dumps compare equal to debug=2 dumps. Frames
 *      that descend from [originating from goroutine N] belong to another goroutine and are
 *      dropped.
 */
#include "goroutine_groups.h"
#include "line_format.h"
#include "prefix.h"

#include <inttypes.h>

enum section {
	OUTSIDE,  /* no goroutine open */
	FRAMES,   /* in a stack */
	CREATED,  /* after "created by": the next place belongs to it */
	ANCESTOR, /* after "[originating from": ignored until the next header */
};

struct reader {
	const struct ll_sink *out;
	struct ll_goroutine_groups *groups;
	struct ll_goroutine current;
	enum section section;
	struct ll_buf pending; /* function line that waits for its place */
	bool has_pending;
	uint64_t first_id; /* of this dump */
	bool has_dump;
	size_t dumps; /* handed on */
	const char *variant;
	int64_t time_ns;
	bool is_cut; /* the last goroutine of the input may be incomplete */
};

/* ------------------------------------------------------------------ the header */

struct header {
	uint64_t id;
	struct ll_str state;  /* without flags */
	struct ll_str labels; /* raw, between the braces */
	int64_t minutes;
	bool is_leaked;
};

/* "gp=0xc000002380 m=0 mp=0x55b5c0 " of runtime-fatal and signal dumps. */
static bool skip_pointers(struct ll_str *text)
{
	static const char *const keys[] = {"gp=", "m=", "mp="};

	for (size_t i = 0; i < LL_COUNT(keys); i++) {
		size_t end;

		if (!ll_str_skip(text, keys[i]))
			continue;
		end = ll_str_index(*text, ' ');
		if (end == SIZE_MAX || end > 24)
			return false;
		*text = ll_str_from(*text, end + 1);
	}
	return true;
}

/* Offset behind the '}' that closes a label map whose '{' stands at 0; quotes are honoured. */
static size_t label_map_end(struct ll_str text)
{
	bool in_string = false;

	for (size_t i = 0; i < text.size; i++) {
		const char byte = text.data[i];

		if (in_string && byte == '\\')
			i++;
		else if (byte == '"')
			in_string = !in_string;
		else if (byte == '}' && !in_string)
			return i + 1;
	}
	return SIZE_MAX;
}

/* "chan receive (leaked), 5 minutes, locked to thread": the state and what follows it. */
static void read_status(struct ll_str text, struct header *header)
{
	struct ll_str part = ll_str_split(&text, ',');

	for (bool is_cut = true; is_cut;) {
		is_cut = false;
		if (ll_str_ends(part, " (scan)")) {
			part.size -= 7;
			is_cut = true;
		} else if (ll_str_ends(part, " (leaked)")) {
			part.size -= 9;
			header->is_leaked = true;
			is_cut = true;
		}
	}
	header->state = part;
	while (text.size > 0) {
		uint64_t minutes;

		part = ll_str_trim(ll_str_split(&text, ','));
		if (ll_str_ends(part, " minutes") &&
		    ll_str_to_u64(ll_str_first(part, part.size - 8), &minutes) &&
		    minutes < INT32_MAX)
			header->minutes = (int64_t)minutes;
	}
}

/*
 * Labels inside the bracket (1.26) or behind it (1.27). *rest starts where the bracket's text ends.
 */
static bool read_labels(struct ll_str *rest, struct header *header)
{
	struct ll_str map = *rest;
	size_t end;

	if (!ll_str_skip(&map, " labels:") && !ll_str_skip(&map, " "))
		return true;
	if (!ll_str_starts(map, "{"))
		return false;
	end = label_map_end(map);
	if (end == SIZE_MAX)
		return false;
	header->labels = ll_str_first(map, end);
	*rest = ll_str_from(map, end);
	return true;
}

static bool parse_header(struct ll_str line, struct header *header)
{
	struct ll_str rest = line;
	size_t digits, end;

	*header = (struct header){0};
	if (!ll_str_skip(&rest, "goroutine "))
		return false;
	digits = ll_str_lead_u64(rest, &header->id);
	rest = ll_str_from(rest, digits);
	if (digits == 0 || !ll_str_skip(&rest, " ") || !skip_pointers(&rest) ||
	    !ll_str_skip(&rest, "["))
		return false;
	end = ll_str_find(rest, " labels:{");
	if (end == SIZE_MAX || end > ll_str_index(rest, ']'))
		end = ll_str_index(rest, ']');
	if (end == SIZE_MAX)
		return false;
	read_status(ll_str_first(rest, end), header);
	rest = ll_str_from(rest, end);
	if (!ll_str_starts(rest, "]") && !read_labels(&rest, header))
		return false;
	if (!ll_str_skip(&rest, "]") || !read_labels(&rest, header))
		return false;
	return ll_str_starts(rest, ":") && ll_str_trim(ll_str_from(rest, 1)).size == 0;
}

/* "{k: v, "q": "w"}" becomes {"k":"v","q":"w"}: bare words get quotes, blanks go. */
static void put_labels(struct ll_buf *out, struct ll_str raw)
{
	bool in_string = false, in_word = false;

	for (size_t i = 0; i < raw.size; i++) {
		const char byte = raw.data[i];
		const bool is_punctuation = memchr("{}:, ", byte, 5) != NULL;

		if (!in_string && in_word && is_punctuation) {
			ll_buf_putc(out, '"');
			in_word = false;
		}
		if (!in_string && !in_word && !is_punctuation && byte != '"') {
			ll_buf_putc(out, '"');
			in_word = true;
		}
		if (in_string && byte == '\\' && i + 1 < raw.size)
			ll_buf_putc(out, raw.data[i++]);
		else if (byte == '"')
			in_string = !in_string;
		if (in_string || byte != ' ')
			ll_buf_putc(out, raw.data[i]);
	}
}

/* -------------------------------------------------------------------- the dump */

static int finish_goroutine(struct reader *reader, bool is_last, struct ll_error *err)
{
	int rc;

	if (reader->section == OUTSIDE)
		return LL_OK;
	/* A function line without its place: keep the name, it is the leaf of what was cut. */
	if (reader->has_pending && reader->section == FRAMES &&
	    reader->current.frame_count < LL_DUMP_FRAMES_MAX) {
		ll_buf_put_str(&reader->current.text, ll_buf_str(&reader->pending));
		ll_buf_puts(&reader->current.text, "\n\n0\n");
		reader->current.frame_count++;
		reader->current.is_cut |= is_last;
	}
	reader->is_cut |= is_last && reader->has_pending;
	reader->has_pending = false;
	reader->section = OUTSIDE;
	rc = ll_goroutine_groups_add(reader->groups, &reader->current, err);
	ll_goroutine_clear(&reader->current);
	return rc;
}

static int finish_dump(struct reader *reader, struct ll_error *err)
{
	static const struct ll_value_type types[] = {
		{{"goroutine", 9}, {"count", 5}},
	};
	const struct ll_origin origin = {
		.kind = LL_KIND_GOROUTINE,
		.variant = reader->variant ? reader->variant : "debug=2",
		.time_ns = reader->time_ns,
		.not_before_ns = LL_TIME_NONE,
		.period = 1,
		.types = types,
		.type_count = LL_COUNT(types),
	};
	int rc = finish_goroutine(reader, false, err);

	if (rc == LL_OK && reader->has_dump)
		rc = reader->out->begin(reader->out->self, &origin, err);
	if (rc == LL_OK && reader->has_dump)
		rc = ll_goroutine_groups_emit(reader->groups, reader->out, err);
	reader->dumps += reader->has_dump;
	reader->has_dump = false;
	reader->variant = NULL;
	reader->time_ns = LL_TIME_NONE;
	return rc;
}

static int start_goroutine(struct reader *reader, const struct header *header, struct ll_str prefix,
                           struct ll_error *err)
{
	int rc = finish_goroutine(reader, false, err);

	if (rc == LL_OK && reader->has_dump && header->id == reader->first_id)
		rc = finish_dump(reader, err);
	if (rc < 0)
		return rc;
	if (!reader->has_dump) {
		reader->has_dump = true;
		reader->first_id = header->id;
		reader->time_ns = ll_prefix_time(prefix);
	}
	ll_buf_put_str(&reader->current.state, header->state);
	put_labels(&reader->current.labels, header->labels);
	reader->current.minutes = header->minutes;
	reader->current.is_leaked = header->is_leaked;
	reader->current.is_system = header->id == 0;
	reader->section = FRAMES;
	return LL_OK;
}

/* "...:31 +0x8a fp=...": the place's file and line. */
static bool parse_place(struct ll_str text, struct ll_str *ret_file, struct ll_str *ret_line)
{
	size_t cut = ll_str_find(text, " +0x");
	size_t colon;

	if (cut == SIZE_MAX)
		cut = ll_str_find(text, " fp=0x");
	if (cut == SIZE_MAX)
		cut = ll_str_find(text, " pc=0x");
	text = ll_str_first(text, cut);
	colon = ll_str_rindex(text, ':');
	if (colon == SIZE_MAX || colon == 0 || !ll_str_is_digits(ll_str_from(text, colon + 1)))
		return false;
	*ret_file = ll_str_first(text, colon);
	*ret_line = ll_str_from(text, colon + 1);
	return true;
}

static bool is_runtime_frame(struct ll_str function)
{
	return ll_str_starts(function, "runtime.") && !ll_str_starts(function, "runtime.main");
}

static void close_pending(struct reader *reader, struct ll_str file, struct ll_str line)
{
	struct ll_goroutine *const goroutine = &reader->current;
	const struct ll_str function = ll_buf_str(&reader->pending);
	struct ll_buf *const to =
		reader->section == CREATED ? &goroutine->creator : &goroutine->text;

	reader->has_pending = false;
	if (reader->section == ANCESTOR)
		return;
	/* Rule 6: how it was parked. "runtime.goexit" at the root says nothing either. */
	if (reader->section == FRAMES &&
	    ((goroutine->frame_count == 0 && is_runtime_frame(function)) ||
	     ll_str_equal(function, ll_str("runtime.goexit"))))
		return;
	if (reader->section == FRAMES && goroutine->frame_count++ >= LL_DUMP_FRAMES_MAX) {
		goroutine->frame_count = LL_DUMP_FRAMES_MAX;
		goroutine->is_cut = true;
		return;
	}
	ll_buf_put_str(to, function);
	ll_buf_putc(to, '\n');
	ll_buf_put_str(to, file);
	ll_buf_putc(to, '\n');
	ll_buf_put_str(to, line);
	ll_buf_putc(to, '\n');
}

static void open_pending(struct reader *reader, struct ll_str function)
{
	ll_buf_clear(&reader->pending);
	/*
	 * A line feed would break the normalized text; none can be here, but arguments can hold CR.
	 */
	ll_buf_put_str(&reader->pending, function);
	reader->has_pending = true;
}

/* "rax    0xca", "eflags 0x246", "r10     0x0": a short name, blanks and a hexadecimal number. */
static bool is_register(struct ll_str line)
{
	const size_t name = ll_str_index(line, ' ');
	uint64_t value;

	if (name == 0 || name > 6)
		return false;
	line = ll_str_trim(ll_str_from(line, name));
	return ll_str_skip(&line, "0x") && ll_str_to_hex(line, &value);
}

/* Lines that the runtime prints between frames (rule 4). */
static bool is_noise(struct ll_str line)
{
	static const char *const starts[] = {
		"runtime: ", "stack: frame=", "0x", "goroutine running on other thread",
		"-----",     "exit status",
	};

	for (size_t i = 0; i < LL_COUNT(starts); i++) {
		if (ll_str_starts(line, starts[i]))
			return true;
	}
	return is_register(line);
}

static bool is_elided(struct ll_str line)
{
	return ll_str_starts(line, "...") && ll_str_ends(line, " frames elided...");
}

static struct ll_str without_goroutine(struct ll_str creator)
{
	return ll_str_first(creator, ll_str_find(creator, " in goroutine "));
}

/* A line inside a goroutine. Returns false when it ends it. */
static bool read_frame_line(struct reader *reader, struct ll_str line)
{
	struct ll_str text = line, file, number;
	const bool is_indented = ll_str_skip(&text, "\t") || ll_str_skip(&text, "#011") ||
	                         ll_str_skip(&text, "    ") || ll_str_skip(&text, "  ");

	text = ll_str_trim(text);
	if (text.size == 0)
		return true;
	if ((is_indented || reader->has_pending) && parse_place(text, &file, &number)) {
		if (reader->has_pending)
			close_pending(reader, file, number);
		return true;
	}
	if (is_elided(text)) {
		reader->current.is_cut = true;
		return true;
	}
	if (is_indented)
		return true; /* a value's further lines, "goroutine running on other thread" */
	if (ll_str_skip(&text, "created by ")) {
		reader->section = reader->section == ANCESTOR ? ANCESTOR : CREATED;
		open_pending(reader, without_goroutine(text));
		return true;
	}
	if (ll_str_starts(text, "[originating from goroutine ")) {
		reader->section = ANCESTOR;
		return true;
	}
	if (ll_str_ends(text, ")") && ll_str_index(text, '(') != SIZE_MAX) {
		open_pending(reader, ll_str_first(text, ll_str_rindex(text, '(')));
		return true;
	}
	if (ll_str_starts(text, "non-Go function")) {
		open_pending(reader, ll_str("non-Go function"));
		return true;
	}
	return is_noise(text);
}

/* What a crash prints before its goroutines. */
static const char *preamble_variant(struct ll_str line)
{
	static const struct {
		const char *start;
		const char *variant;
	} preambles[] = {
		{"panic: ", "panic"},     {"fatal error: ", "fatal error"},
		{"SIGQUIT: ", "SIGQUIT"}, {"SIGABRT: ", "SIGABRT"},
		{"SIGSEGV: ", "SIGSEGV"}, {"SIGBUS: ", "SIGBUS"},
		{"SIGILL: ", "SIGILL"},   {"SIGTRAP: ", "SIGTRAP"},
		{"SIGFPE: ", "SIGFPE"},   {"SIGSYS: ", "SIGSYS"},
	};

	for (size_t i = 0; i < LL_COUNT(preambles); i++) {
		if (ll_str_starts(line, preambles[i].start))
			return preambles[i].variant;
	}
	return NULL;
}

/* ------------------------------------------------------------ as a line format */

static size_t find_header(struct ll_str raw)
{
	const size_t at = ll_str_find(raw, "goroutine ");
	struct header header;

	return at != SIZE_MAX && parse_header(ll_str_from(raw, at), &header) ? at : SIZE_MAX;
}

static void *open_reader(const struct ll_sink *out)
{
	struct reader *const reader = ll_calloc(1, sizeof *reader);

	reader->out = out;
	reader->time_ns = LL_TIME_NONE;
	reader->groups = ll_goroutine_groups_new();
	ll_goroutine_init(&reader->current);
	ll_buf_init(&reader->pending, LL_BUF_MESSAGE);
	return reader;
}

static void close_reader(void *self)
{
	struct reader *const reader = self;

	ll_goroutine_groups_free(reader->groups);
	ll_goroutine_done(&reader->current);
	ll_buf_done(&reader->pending);
	free(reader);
}

static int read_line(void *self, const struct ll_log_line *line, struct ll_error *err)
{
	struct reader *const reader = self;
	const struct ll_str message = line->message;
	const char *variant;
	struct header header;
	int rc;

	if (ll_str_starts(message, "goroutine ") && parse_header(message, &header)) {
		rc = start_goroutine(reader, &header, line->prefix, err);
		return rc < 0 ? rc : 1;
	}
	if (reader->section != OUTSIDE && read_frame_line(reader, message))
		return 1;
	variant = preamble_variant(message);
	rc = variant ? finish_dump(reader, err) : finish_goroutine(reader, false, err);
	if (variant)
		reader->variant = variant;
	if (rc < 0)
		return rc;
	return variant ? 1 : 0;
}

static int finish_reader(void *self, bool is_cut, struct ll_error *err)
{
	struct reader *const reader = self;
	int rc = finish_goroutine(reader, true, err);

	reader->is_cut |= is_cut && reader->has_dump;
	if (rc == LL_OK)
		rc = finish_dump(reader, err);
	if (rc == LL_OK && reader->is_cut)
		reader->out->note(reader->out->self, 0,
		                  "the dump ends inside a goroutine; its counts are lower bounds");
	return rc < 0 ? rc : (int)reader->dumps;
}

const struct ll_line_format ll_line_goroutines = {
	.id = "goroutine-dump",
	.find = find_header,
	.open = open_reader,
	.line = read_line,
	.finish = finish_reader,
	.close = close_reader,
};
