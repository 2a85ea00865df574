/* SPDX-License-Identifier: Apache-2.0 */
/*
 * claims.c - see claims.h.
 *
 * Bids are evidence, and the order of the table means nothing.
 *
 *   1. The best bid has the content. Nearly every content shows what it is in its first kilobyte;
 *      of one that is no text there, no more than its first bytes are looked at when one format
 *      alone wants them.
 *   2. A text can be several captures behind each other (`cat`, `>>`): every format that parsed a
 *      record in the head of a text claims it. Some look only at a text's beginning; where in a
 *      text they are asked again, parts.c says.
 *   3. Of several, that one is first whose evidence stands first: the first line at which only it
 *      bids, or the first part of a line. Formats that are refused come behind those that are read.
 *   4. Two formats with the same bid at the same place are a mistake in our table (a test asks
 *      every format about every seed of the fuzzer).
 *   5. What shows records of others as examples, such as source code, has the content alone.
 */
#include "claims.h"

#include "evidence.h"

enum {
	BEGINNING_BYTES = 1024,
	/* Of what is no text: all formats but one or two look at it for nothing, once a file. */
	OPENING_BYTES = 256,
	TEXT_CONTROLS = 16, /* a text has at most one control character among so many others */
	/* Of a head, and of one of its lines, that are asked about when several claim it. */
	LINES_MAX = 64,
	PARTS_MAX = 256,
	FORMATS_MAX = 64,
};

struct bids {
	const struct ll_format *const *formats;
	size_t count;
	enum ll_bid bids[FORMATS_MAX]; /* as the formats: for the whole head */
	enum ll_bid highest, second;
};

/*
 * Is every line one of JSON, as MemStats and expvar write it: begun by a brace, a bracket, a quote
 * or a comma? What is indented may be a list that a page quoted.
 */
static bool is_json(struct ll_str head)
{
	struct ll_str rest = head;

	while (rest.size > 0) {
		const struct ll_str line = ll_str_split(&rest, '\n');

		if (line.size > 0 && !strchr("{}[]\",", line.data[0]))
			return false;
	}
	return head.size > 0 && strchr("{[", head.data[0]);
}

static void ask_all(const struct ll_peek *head, enum ll_bid least, struct bids *bids)
{
	struct ll_peek peek = *head;
	struct ll_evidence evidence;
	const bool has_plain = !is_json(head->head);

	peek.least = least;
	if (!has_plain)
		peek.head = ll_evidence_of(head->head, &evidence);
	bids->formats = ll_formats(&bids->count);
	bids->highest = bids->second = LL_BID_NO;
	for (size_t i = 0; i < bids->count; i++) {
		const enum ll_bid bid = has_plain || !bids->formats[i]->is_plain
		                                ? bids->formats[i]->bid(&peek)
		                                : LL_BID_NO;

		bids->bids[i] = bid;
		if (bid > bids->highest) {
			bids->second = bids->highest;
			bids->highest = bid;
		} else if (bid > bids->second) {
			bids->second = bid;
		}
	}
}

/*
 * No text has a zero byte; what has none may still be full of other control characters, as tables
 * of a profile are before its first sample. A log has few: tabs, ends of lines, escape sequences.
 */
static bool is_text(struct ll_str beginning)
{
	/* Those that texts have: BEL, BS, TAB, LF, FF, CR, ESC. */
	static const uint32_t of_texts =
		1U << 7 | 1U << 8 | 1U << 9 | 1U << 10 | 1U << 12 | 1U << 13 | 1U << 27;
	struct ll_str rest = beginning;
	size_t controls = 0, at;

	while ((at = ll_str_control(rest)) != SIZE_MAX) {
		const char byte = rest.data[at];

		if (byte == 0)
			return false;
		controls += !(of_texts >> byte & 1);
		rest = ll_str_from(rest, at + 1);
	}
	return controls * TEXT_CONTROLS <= beginning.size;
}

/* Rule 1. Returns whether it is a text, which others may claim, too. */
static bool take_bids(const struct ll_peek *peek, struct bids *bids)
{
	struct ll_peek beginning = *peek;
	bool is_readable;

	beginning.head = ll_str_first(peek->head, BEGINNING_BYTES);
	is_readable = is_text(beginning.head);
	/* Where somebody parsed a record, it does not matter who could guess. */
	beginning.head = ll_str_first(peek->head, OPENING_BYTES);
	if (!is_readable && beginning.head.size < peek->head.size) {
		beginning.is_whole = false;
		ask_all(&beginning, LL_BID_SHAPE, bids);
		if (bids->highest >= LL_BID_SHAPE && bids->second < LL_BID_SHAPE)
			return false;
	}
	ask_all(peek, LL_BID_SHAPE, bids);
	if (bids->highest < LL_BID_SHAPE)
		ask_all(peek, LL_BID_NO, bids);
	return is_readable;
}

/* ---------------------------------------------------------------------- rule 3 */

/* The next larger head to ask about: line by line, then doubling. */
static size_t next_size(struct ll_str head, size_t size, size_t asked)
{
	const size_t line = ll_str_index(ll_str_from(head, size), '\n');

	if (asked < LINES_MAX && line != SIZE_MAX)
		return size + line + 1;
	return size < head.size / 2 && size > 0 ? 2 * size : head.size;
}

/* Who bids enough for the first `size` bytes: a bit for each. */
static unsigned who_bids(const struct ll_peek *peek, size_t size, const struct ll_claims *claims,
                         enum ll_bid enough)
{
	struct ll_peek beginning = *peek;
	unsigned who = 0;

	beginning.least = enough;
	beginning.head = ll_str_first(peek->head, size);
	beginning.is_whole = size == peek->head.size && peek->is_whole;
	for (size_t i = 0; i < claims->count; i++) {
		if (claims->items[i]->bid(&beginning) >= enough)
			who |= 1U << i;
	}
	return who;
}

/* A bit for each that stands first: one, unless they cannot be told apart. */
static unsigned who_is_first(const struct ll_peek *peek, const struct ll_claims *claims,
                             enum ll_bid enough)
{
	size_t size = 0, before = 0, step;
	unsigned who = 0, part = 0;

	for (size_t asked = 0; who == 0 && size < peek->head.size; asked++) {
		before = size;
		size = next_size(peek->head, size, asked);
		who = who_bids(peek, size, claims, enough);
	}
	if ((who & (who - 1)) == 0)
		return who;
	step = (size - before) / PARTS_MAX + 1;
	for (; part == 0 && before < size; before += step)
		part = who_bids(peek, before, claims, enough) & who;
	return part ? part : who;
}

static void sort(const struct ll_peek *peek, enum ll_bid enough, struct ll_claims *claims)
{
	unsigned who;
	size_t first = 0;

	if (claims->count < 2)
		return;
	who = who_is_first(peek, claims, enough);
	claims->is_undecided = (who & (who - 1)) != 0;
	for (size_t i = 0; i < claims->count; i++) {
		if (who == 1U << i)
			first = i;
	}
	if (first > 0) {
		const struct ll_format *const claim = claims->items[first];

		claims->items[first] = claims->items[0];
		claims->items[0] = claim;
	}
}

/* -------------------------------------------------------------------------- all */

static void gather(const struct bids *bids, enum ll_bid enough, bool is_read,
                   struct ll_claims *claims)
{
	for (size_t i = 0; i < bids->count && claims->count < LL_CLAIMS_MAX; i++) {
		const struct ll_format *const format = bids->formats[i];

		if (bids->bids[i] >= enough && (format->read != NULL) == is_read)
			claims->items[claims->count++] = format;
	}
}

/* Rule 5. */
static bool take_alone(const struct bids *bids, struct ll_claims *ret)
{
	for (size_t i = 0; bids->highest == LL_BID_MAGIC && i < bids->count; i++) {
		if (bids->bids[i] < LL_BID_MAGIC || !bids->formats[i]->is_alone)
			continue;
		ret->items[ret->count++] = bids->formats[i];
		return true;
	}
	return false;
}

void ll_claims_take(const struct ll_peek *peek, struct ll_claims *ret)
{
	struct bids bids;
	enum ll_bid enough;
	bool is_text;

	memset(ret, 0, sizeof *ret);
	is_text = take_bids(peek, &bids);
	if (take_alone(&bids, ret))
		return;
	ret->is_text = is_text;
	enough = ret->is_text && bids.highest > LL_BID_SHAPE ? LL_BID_SHAPE : bids.highest;
	ret->is_guess = bids.highest < LL_BID_SHAPE;
	if (bids.highest == LL_BID_NO)
		return;
	gather(&bids, enough, true, ret);
	sort(peek, enough, ret);
	gather(&bids, enough, false, ret);
}
