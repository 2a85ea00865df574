/* SPDX-License-Identifier: Apache-2.0 */
/*
 * evidence.c - see evidence.h.
 *
 * What is left out begins behind "PauseNs":[ and ends before the first ]}, which is that of BySize,
 * the last field. Between them Go writes numbers, names and true or false, and no blank. Where
 * there is one, an escape or the end of a line, somebody else wrote it, or it may be text, and it
 * stays.
 */
#include "evidence.h"

enum {
	WORTH_BYTES = 256, /* fewer are not worth a copy of what is around them */
};

/* The first lists that can be left out, or empty. */
static struct ll_str find_lists(struct ll_str text)
{
	static const char begin[] = "\"PauseNs\":[";
	const size_t at = ll_str_find(text, begin);
	struct ll_str lists;

	if (at == SIZE_MAX)
		return ll_str_n(NULL, 0);
	lists = ll_str_from(text, at + strlen(begin));
	lists = ll_str_first(lists, ll_str_find(lists, "]}"));
	if (lists.size == text.size - at - strlen(begin) || lists.size < WORTH_BYTES ||
	    ll_str_index(lists, ' ') != SIZE_MAX || ll_str_index(lists, '\n') != SIZE_MAX ||
	    ll_str_index(lists, '\\') != SIZE_MAX)
		return ll_str_n(NULL, 0);
	return lists;
}

struct ll_str ll_evidence_of(struct ll_str text, struct ll_evidence *room)
{
	struct ll_str rest = text, lists;
	size_t size = 0;

	while ((lists = find_lists(rest)).size > 0) {
		const size_t front = (size_t)(lists.data - rest.data);

		if (front > sizeof room->bytes - size)
			return text;
		memcpy(room->bytes + size, rest.data, front);
		size += front;
		rest = ll_str_from(rest, front + lists.size);
	}
	if (size == 0 || rest.size > sizeof room->bytes - size)
		return text;
	memcpy(room->bytes + size, rest.data, rest.size);
	return ll_str_n(room->bytes, size + rest.size);
}
