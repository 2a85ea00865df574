/* SPDX-License-Identifier: Apache-2.0 */
/*
 * goroutine_header.c - see goroutine_header.h.
 *
 *     goroutine 1 [select labels:{"job": "a"}]:     Go 1.26, with a debug setting
 *     goroutine 1 [select] {job: a, "k b": "v"}:    Go 1.27; plain words have no quotes
 *     goroutine 1 [select]{"job": "a"}:             CockroachDB's own runtime, as debug=3
 */
#include "goroutine_header.h"

#include <leakledger/json.h>

enum {
	LABELS_MAX = 64, /* pairs of one goroutine that are kept */
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

static bool cut_flag(struct ll_str *text, const char *flag)
{
	if (!ll_str_ends(*text, flag))
		return false;
	text->size -= strlen(flag);
	return true;
}

/* "chan receive (leaked), 5 minutes, locked to thread": the state and what follows it. */
static void read_status(struct ll_str text, struct ll_goroutine_header *header)
{
	struct ll_str part = ll_str_split(&text, ',');

	while (part.size > 0 && part.data[part.size - 1] == ')') {
		if (cut_flag(&part, " (leaked)"))
			header->is_leaked = true;
		else if (!cut_flag(&part, " (scan)") && !cut_flag(&part, " (durable)"))
			break; /* "select (no cases)" */
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
static bool read_labels(struct ll_str *rest, struct ll_goroutine_header *header)
{
	struct ll_str map = *rest;
	size_t end;

	if (!ll_str_skip(&map, " labels:") && !ll_str_skip(&map, " ") && !ll_str_starts(map, "{"))
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

/* "(since Tuesday)": what somebody wrote behind the header, or nothing. */
static bool is_remark(struct ll_str text)
{
	return text.size == 0 || (ll_str_starts(text, "(") && ll_str_ends(text, ")"));
}

bool ll_goroutine_header_parse(struct ll_str line, struct ll_goroutine_header *ret_header)
{
	struct ll_goroutine_header header = {0};
	struct ll_str rest = line;
	size_t digits, end, bracket;

	if (!ll_str_skip(&rest, "goroutine "))
		return false;
	digits = ll_str_lead_u64(rest, &header.id);
	rest = ll_str_from(rest, digits);
	if (digits == 0 || !ll_str_skip(&rest, " ") || !skip_pointers(&rest) ||
	    !ll_str_skip(&rest, "["))
		return false;
	bracket = ll_str_index(rest, ']');
	end = ll_str_find(ll_str_first(rest, bracket), " labels:{");
	if (end == SIZE_MAX)
		end = bracket;
	if (end == SIZE_MAX)
		return false;
	read_status(ll_str_first(rest, end), &header);
	rest = ll_str_from(rest, end);
	if (!ll_str_starts(rest, "]") && !read_labels(&rest, &header))
		return false;
	if (!ll_str_skip(&rest, "]") || !read_labels(&rest, &header))
		return false;
	if (!ll_str_starts(rest, ":") || !is_remark(ll_str_trim(ll_str_from(rest, 1))))
		return false;
	*ret_header = header;
	return true;
}

/* "leak.go:138: Leaked goroutine: goroutine 7 [select]:", "leaktest: leaked goroutine: ...". */
static bool parse_leaked(struct ll_str line, struct ll_goroutine_header *ret_header)
{
	static const char mark[] = "eaked goroutine: ";
	const size_t at = ll_str_find(line, mark);

	return at != SIZE_MAX &&
	       ll_goroutine_header_parse(ll_str_from(line, at + strlen(mark)), ret_header);
}

bool ll_goroutine_report_parse(struct ll_str line, struct ll_goroutine_header *ret_header)
{
	static const char end[] = " on top of the stack:";
	struct ll_goroutine_header header = {0};
	struct ll_str rest = line;
	size_t digits, with;

	if (!ll_str_ends(line, end))
		return parse_leaked(line, ret_header);
	while (rest.size > 0 && memchr(" \t[", rest.data[0], 3))
		rest = ll_str_from(rest, 1);
	if (!ll_str_skip(&rest, "Goroutine "))
		return false;
	digits = ll_str_lead_u64(rest, &header.id);
	rest = ll_str_from(rest, digits);
	with = ll_str_find(rest, ", with ");
	if (digits == 0 || with == SIZE_MAX || !ll_str_skip(&rest, " in state "))
		return false;
	read_status(ll_str_first(rest, with - strlen(" in state ")), &header);
	*ret_header = header;
	return true;
}

/* ---------------------------------------------------------------------- labels */

struct label {
	struct ll_str key, value; /* raw: in quotes, or a bare word */
};

/* A quoted text or a bare word at the start of *rest. */
static struct ll_str take_text(struct ll_str *rest)
{
	struct ll_str text;
	size_t size = 0;

	if (ll_str_skip(rest, "\"")) {
		while (size < rest->size && rest->data[size] != '"')
			size += rest->data[size] == '\\' ? 2 : 1;
	} else {
		while (size < rest->size && !memchr(":,} ", rest->data[size], 4))
			size++;
	}
	text = ll_str_first(*rest, size);
	*rest = ll_str_from(*rest, size);
	(void)ll_str_skip(rest, "\"");
	return text;
}

static size_t read_pairs(struct ll_str raw, struct label *labels)
{
	size_t count = 0;

	(void)ll_str_skip(&raw, "{");
	while (raw.size > 0 && count < LABELS_MAX && !ll_str_starts(raw, "}")) {
		struct label *const label = &labels[count];

		label->key = take_text(&raw);
		if (!ll_str_skip(&raw, ": "))
			break;
		label->value = take_text(&raw);
		count++;
		if (!ll_str_skip(&raw, ", "))
			break;
	}
	return count;
}

static int by_key(const void *a, const void *b)
{
	return ll_str_compare(((const struct label *)a)->key, ((const struct label *)b)->key);
}

static void put_text(struct ll_buf *out, struct ll_str raw)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_json_unescape(raw, &text);
	ll_json_put_string(out, ll_buf_str(&text));
}

void ll_goroutine_header_put_labels(struct ll_buf *out, struct ll_str raw)
{
	struct label labels[LABELS_MAX];
	const size_t count = read_pairs(raw, labels);

	if (count == 0)
		return;
	qsort(labels, count, sizeof labels[0], by_key);
	for (size_t i = 0; i < count; i++) {
		ll_buf_putc(out, i == 0 ? '{' : ',');
		put_text(out, labels[i].key);
		ll_buf_putc(out, ':');
		put_text(out, labels[i].value);
	}
	ll_buf_putc(out, '}');
}
