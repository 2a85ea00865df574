/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parts.c - see parts.h.
 *
 *   1. A part begins at a line of openings.h at which its format bids as for a file of its own, and
 *      ends where one of another format begins. Lines of a part's own format do not end it: its
 *      reader knows several captures behind each other.
 *   2. A part of JSON or YAML also ends at the first line that cannot be of it. Readers of other
 *      formats pass over lines that they do not know.
 *   3. HTTP headers in front of a capture belong to it. If one begins inside them, they are none.
 *   4. What stands behind a header of head(1) ("==> memory.pressure <==") is of the current part if
 *      its format bids for the header with what follows.
 *   5. A bid looks at up to 64 KiB, and a text can have millions of lines that look like openings:
 *      after so many questions nobody is asked any more.
 */
#include "parts.h"

#include "content/http_head.h"
#include "openings.h"

#include <leakledger/scan.h>

struct scan {
	struct ll_peek peek;
	struct ll_str text;
	struct ll_parts *parts;
	const struct ll_opening *openings;
	size_t count;
	/* By the byte that an opening begins with, 1 + the first row; for each row 1 + the next. */
	uint8_t first_rows[256], next_rows[LL_OPENINGS_MAX];
	bool matters[256]; /* may a line that begins with the byte be one that is looked at? */
	const struct ll_format *current;
	bool (*is_of)(struct ll_str line); /* can the line be of the current part? NULL: any can */
	size_t lines_from;                 /* of which lines that is asked: behind saved headers */
	size_t http_from, http_to;         /* saved headers, whose capture begins at http_to */
	uint64_t http_lines;
	size_t header_at; /* the line before, if it is a header of head(1), else SIZE_MAX */
	uint64_t lines;
	size_t asks;
};

static const struct ll_format *format_of(const char *id)
{
	size_t count;
	const struct ll_format *const *const formats = ll_formats(&count);

	for (size_t i = 0; i < count; i++) {
		if (strcmp(formats[i]->id, id) == 0)
			return formats[i];
	}
	return NULL;
}

static void prepare(struct scan *scan)
{
	scan->openings = ll_openings(&scan->count);
	for (size_t i = scan->count; i > 0; i--) {
		const char byte = scan->openings[i - 1].start[0];
		uint8_t *const first = &scan->first_rows[(unsigned char)byte];

		scan->next_rows[i - 1] = *first;
		*first = (uint8_t)i;
		scan->matters[(unsigned char)byte] = true;
	}
	scan->matters['H'] = true; /* HTTP/ */
	scan->matters['='] = true; /* ==> */
}

/* ----------------------------------------------------------------------- rule 2 */

static bool skip_any(struct ll_str *text, const char *bytes)
{
	const size_t size = text->size;

	while (text->size > 0 && strchr(bytes, text->data[0]) && text->data[0] != '\0')
		*text = ll_str_from(*text, 1);
	return text->size < size;
}

/* Can the line be one of a JSON text? */
static bool is_json_line(struct ll_str line)
{
	(void)skip_any(&line, " \t\r[");
	if (line.size == 0 || memchr("{}],:\"", line.data[0], 6))
		return true;
	if (!skip_any(&line, "-+.eE0123456789") && !ll_str_skip(&line, "true") &&
	    !ll_str_skip(&line, "false") && !ll_str_skip(&line, "null"))
		return false;
	(void)skip_any(&line, " \t\r");
	return line.size == 0 || memchr(",]}", line.data[0], 3);
}

/* The same for YAML, as kubectl prints it: what is not indented is a key, an item or a mark. */
static bool is_yaml_line(struct ll_str line)
{
	size_t colon;

	if (line.size == 0 || memchr(" \r#-.", line.data[0], 5))
		return true;
	colon = ll_str_index(line, ':');
	return colon != SIZE_MAX && ll_str_index(ll_str_first(line, colon), ' ') == SIZE_MAX &&
	       (colon + 1 == line.size || memchr(" \r", line.data[colon + 1], 2));
}

/* Is it a text of JSON, not a log with lines of JSON, which may have others? */
static bool is_one_text(const struct scan *scan)
{
	for (size_t i = 0; i < scan->count; i++) {
		if (strcmp(scan->openings[i].format, scan->current->id) == 0 &&
		    (strcmp(scan->openings[i].start, "{") == 0 ||
		     strcmp(scan->openings[i].start, "[") == 0))
			return true;
	}
	return false;
}

/* A part begins; who reads all of the text has no end. */
static void bound_part(struct scan *scan, size_t from)
{
	struct ll_str text = ll_str_first(ll_str_from(scan->text, from), LL_PEEK_SIZE);
	int64_t time_ns;
	const size_t head = ll_http_head(text, &time_ns);

	text = ll_str_from(text, head);
	scan->lines_from = from + head;
	scan->is_of = NULL;
	(void)skip_any(&text, " \t\r\n");
	if (scan->current->reads_between || text.size == 0)
		return;
	if (memchr("{[", text.data[0], 2) && is_one_text(scan))
		scan->is_of = is_json_line;
	else if (ll_str_starts(text, "apiVersion: "))
		scan->is_of = is_yaml_line;
}

static void end_part(struct scan *scan, size_t at)
{
	struct ll_vec *const items = &scan->parts->items;

	((struct ll_part *)items->items)[items->count - 1].to = at;
	scan->parts->changes++;
	scan->current = NULL;
	scan->is_of = NULL;
}

/* ----------------------------------------------------------------------- rule 1 */

static void begin_part(struct scan *scan, const struct ll_format *format, size_t at)
{
	const bool has_head = scan->http_to == at && at > 0;
	const size_t from = has_head ? scan->http_from : at;
	struct ll_vec *const items = &scan->parts->items;

	if (at < scan->http_to)
		scan->http_to = 0;
	if (scan->current)
		((struct ll_part *)items->items)[items->count - 1].to = from;
	*(struct ll_part *)ll_vec_push(items, sizeof(struct ll_part)) = (struct ll_part){
		.format = format,
		.from = from,
		.to = scan->text.size,
		.lines = has_head ? scan->http_lines : scan->lines,
	};
	scan->parts->changes += format != scan->current;
	scan->current = format;
	bound_part(scan, from);
}

static void peek_at(struct scan *scan, size_t at)
{
	const struct ll_str behind = ll_str_from(scan->text, at);

	scan->peek.head = ll_str_first(behind, LL_PEEK_SIZE);
	scan->peek.is_whole = behind.size < LL_PEEK_SIZE;
}

/* Rule 4. */
static bool is_under_own_header(struct scan *scan)
{
	if (!scan->current || scan->header_at == SIZE_MAX)
		return false;
	peek_at(scan, scan->header_at);
	scan->asks++;
	return scan->current->bid(&scan->peek) > LL_BID_GUESS;
}

/*
 * The mappings at the end of a profile as gperftools and jemalloc write it are its own, and so are
 * the statistics of a cgroup in what the kernel tells of a kill.
 */
static bool is_of_another(const struct scan *scan, size_t at)
{
	struct ll_str before = ll_str_first(scan->text, at);

	if (ll_str_ends(before, "\nMAPPED_LIBRARIES:\n"))
		return true;
	if (!ll_str_ends(before, ":\n"))
		return false;
	before.size--;
	before = ll_str_from(before, ll_str_rindex(before, '\n') + 1);
	return ll_str_find(before, "Memory cgroup stats for ") != SIZE_MAX;
}

/* Of several that bid the best has it. `row` is the first whose opening has the line's byte. */
static void ask(struct scan *scan, size_t at, size_t row)
{
	const struct ll_str behind = ll_str_from(scan->text, at);
	const struct ll_format *best = NULL;
	enum ll_bid highest = LL_BID_GUESS;

	if (is_of_another(scan, at))
		return;
	peek_at(scan, at);
	for (; row > 0; row = scan->next_rows[row - 1]) {
		const struct ll_opening *const opening = &scan->openings[row - 1];
		const struct ll_format *format;
		enum ll_bid bid;

		if (!ll_opening_fits(opening, behind))
			continue;
		/* Its own line; whoever has it need not be asked again. */
		if (scan->current && strcmp(opening->format, scan->current->id) == 0)
			return;
		format = format_of(opening->format);
		if (!format || format == best)
			continue;
		scan->asks++;
		bid = format->bid(&scan->peek);
		if (bid > highest) {
			highest = bid;
			best = format;
		}
	}
	if (best && !is_under_own_header(scan))
		begin_part(scan, best, at);
}

/* Rule 3. */
static void take_http_head(struct scan *scan, size_t at)
{
	const struct ll_str behind = ll_str_first(ll_str_from(scan->text, at), LL_PEEK_SIZE);
	int64_t time_ns;
	size_t size;

	if (at < scan->http_to)
		return; /* of several answers in a row the first began there */
	size = ll_http_head(behind, &time_ns);
	if (size == 0) {
		scan->asks++; /* rule 5: it took as long as a bid */
		return;
	}
	scan->http_from = at;
	scan->http_to = at + size;
	scan->http_lines = scan->lines;
}

static void look(struct scan *scan, size_t at)
{
	const struct ll_str behind = ll_str_from(scan->text, at);
	const size_t row = scan->first_rows[(unsigned char)behind.data[0]];

	if (ll_str_starts(behind, "HTTP/"))
		take_http_head(scan, at);
	else if (row > 0)
		ask(scan, at, row);
}

/*
 * From the line at `at` on, the first that matters by its first byte; nearly all lines of a dump do
 * not. Those of a part that has bounds are all asked.
 */
static size_t pass_dull(struct scan *scan, size_t at)
{
	const struct ll_str text = scan->text;
	size_t size;

	if (scan->is_of || scan->matters[(unsigned char)text.data[at]])
		return at;
	scan->header_at = SIZE_MAX;
	for (; text.size - at > LL_SCAN_BYTES; at += LL_SCAN_BYTES) {
		uint64_t feeds = ll_scan(text.data + at, '\n');

		ll_scan_ahead(text.data + at);

		for (; feeds != 0; feeds &= feeds - 1) {
			const size_t next = at + (size_t)__builtin_ctzll(feeds) + 1;

			scan->lines++;
			if (scan->matters[(unsigned char)text.data[next]])
				return next;
		}
	}
	size = ll_str_index(ll_str_from(text, at), '\n');
	if (size == SIZE_MAX)
		return text.size;
	scan->lines++;
	return at + size + 1;
}

void ll_parts_find(const struct ll_peek *peek, struct ll_str text, const struct ll_format *first,
                   struct ll_parts *ret)
{
	struct scan scan = {.peek = *peek, .text = text, .parts = ret, .header_at = SIZE_MAX};
	size_t at = 0;

	memset(ret, 0, sizeof *ret);
	scan.peek.least = LL_BID_SHAPE;
	prepare(&scan);
	if (first)
		begin_part(&scan, first, 0);
	ret->changes = 0;
	while (at < text.size && (at = pass_dull(&scan, at)) < text.size) {
		const struct ll_str rest = ll_str_from(text, at);
		const size_t size = ll_str_index(rest, '\n');

		if (scan.is_of && at >= scan.lines_from &&
		    !scan.is_of(ll_str_first(rest, size == SIZE_MAX ? rest.size : size)))
			end_part(&scan, at);
		look(&scan, at);
		scan.header_at = ll_str_starts(rest, "==> ") ? at : SIZE_MAX;
		if (scan.asks > LL_PARTS_ASKS_MAX || ret->items.count == LL_PARTS_MAX) {
			ret->given_up = scan.lines + 1;
			return;
		}
		if (size == SIZE_MAX)
			return;
		at += size + 1;
		scan.lines++;
	}
}

void ll_parts_done(struct ll_parts *parts)
{
	ll_vec_done(&parts->items);
}
