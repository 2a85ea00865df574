/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pprof_text_title.c - the first lines of the text forms of profiles (formats.md 4.2 to 4.4).
 *
 *     heap profile: 31907: 4824512 [127249: 151182096] @ heap/1048576     Go: twice the rate
 *     heap profile: 64: 2097152 [64: 2097152] @ heap_v2/524288            tcmalloc: the rate
 *     heap profile: ... @ heapprofile, @ growthz                          exact values
 *     goroutine profile: total 4001                                       exact counts
 *     --- mutex:                                                          cycles and counts
 */
#include "pprof_text.h"

bool ll_text_i64(struct ll_str *text, int64_t *ret_value)
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

bool ll_text_word(struct ll_str *text, const char *word)
{
	while (text->size > 0 && (text->data[0] == ' ' || text->data[0] == '\t'))
		*text = ll_str_from(*text, 1);
	return ll_str_skip(text, word);
}

bool ll_text_heap_values(struct ll_str *text, int64_t values[4])
{
	return ll_text_i64(text, &values[0]) && ll_text_word(text, ":") &&
	       ll_text_i64(text, &values[1]) && ll_text_word(text, "[") &&
	       ll_text_i64(text, &values[2]) && ll_text_word(text, ":") &&
	       ll_text_i64(text, &values[3]) && ll_text_word(text, "]") && ll_text_word(text, "@");
}

static bool parse_heap_title(struct ll_str line, struct ll_text_title *title)
{
	int64_t values[4], rate;
	struct ll_str rest = line;

	if (!ll_str_skip(&rest, "heap profile:") || !ll_text_heap_values(&rest, values))
		return false;
	rest = ll_str_trim(rest);
	*title = (struct ll_text_title){.kind = LL_KIND_HEAP};
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
	title->has_heap_totals = title->variant == NULL;
	memcpy(title->heap_totals, values, sizeof values);
	/* Go adds a byte where both pairs are equal, for readers that take such pairs for one. */
	if (values[0] == values[2] && (uint64_t)values[3] - (uint64_t)values[1] == 1)
		title->heap_totals[3] = values[1];
	return true;
}

bool ll_text_is_remark(struct ll_str text)
{
	return text.size == 0 || (ll_str_starts(text, "(") && ll_str_ends(text, ")"));
}

/* "goroutine profile: total 4001". */
static bool parse_count_title(struct ll_str line, struct ll_text_title *title)
{
	const size_t at = ll_str_index(line, ' ');
	struct ll_str name, total;
	size_t digits;

	if (at == SIZE_MAX || at == 0 || !ll_str_starts(ll_str_from(line, at), " profile: total "))
		return false;
	name = ll_str_first(line, at);
	if (ll_str_index(name, '\t') != SIZE_MAX)
		return false;
	*title = (struct ll_text_title){.kind = LL_KIND_PROFILE, .period = 1, .custom = name};
	for (enum ll_kind kind = 0; kind < LL_KIND_COUNT; kind++) {
		if (ll_str_equal(name, ll_str(ll_kind_name(kind))))
			title->kind = kind;
	}
	total = ll_str_trim(ll_str_from(line, at + 16));
	digits = ll_str_lead_u64(total, &title->total);
	title->has_total = digits > 0 && ll_text_is_remark(ll_str_trim(ll_str_from(total, digits)));
	return title->has_total;
}

bool ll_text_title(struct ll_str line, struct ll_text_title *title)
{
	if (ll_str_equal(line, ll_str("--- mutex:"))) {
		*title = (struct ll_text_title){.kind = LL_KIND_MUTEX, .period = 1};
		return true;
	}
	if (ll_str_equal(line, ll_str("--- contention:"))) {
		*title = (struct ll_text_title){.kind = LL_KIND_BLOCK, .period = 1};
		return true;
	}
	return parse_heap_title(line, title) || parse_count_title(line, title);
}

bool ll_text_title_behind(struct ll_str line, struct ll_text_title *title)
{
	size_t at = ll_str_index(line, '@');

	/* Records are many, and none of them is a title. */
	if (at != SIZE_MAX && (at + 1 == line.size || ll_str_starts(ll_str_from(line, at), "@ 0x")))
		return false;
	at = ll_str_find(line, "heap profile: ");
	if (at != SIZE_MAX && at > 0 && memchr("] \t", line.data[at - 1], 3))
		return parse_heap_title(ll_str_from(line, at), title);
	at = ll_str_find(line, " profile: total ");
	while (at != SIZE_MAX && at > 0 && !memchr("] \t", line.data[at - 1], 3))
		at--;
	return at != SIZE_MAX && parse_count_title(ll_str_from(line, at), title) &&
	       title->kind != LL_KIND_PROFILE;
}

bool ll_text_is_headless(struct ll_str line)
{
	uint64_t count;
	const size_t digits = ll_str_lead_u64(line, &count);

	return digits > 0 && ll_str_starts(ll_str_from(line, digits), " @ 0x");
}

bool ll_text_is_contention(const struct ll_text_title *title)
{
	return title->kind == LL_KIND_BLOCK || title->kind == LL_KIND_MUTEX;
}

size_t ll_text_types(const struct ll_text_title *title, struct ll_value_type types[4])
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
	if (ll_text_is_contention(title)) {
		types[0] = (struct ll_value_type){ll_str("contentions"), ll_str("count")};
		types[1] = (struct ll_value_type){ll_str("delay"), ll_str("nanoseconds")};
		return 2;
	}
	types[0] = (struct ll_value_type){title->custom, ll_str("count")};
	return 1;
}
