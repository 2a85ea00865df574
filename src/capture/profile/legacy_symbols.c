/* SPDX-License-Identifier: Apache-2.0 */
/* legacy_symbols.c - see legacy_symbols.h. */
#include "legacy_symbols.h"

static struct ll_hash key_of(uint64_t address)
{
	return (struct ll_hash){.low = address * 0x9e3779b97f4a7c15U, .high = address};
}

bool ll_legacy_address(struct ll_str *text, uint64_t *ret_address)
{
	for (;;) {
		const size_t at = ll_str_find(*text, "0x");
		size_t digits = 0;
		struct ll_str rest;

		if (at == SIZE_MAX)
			return false;
		rest = ll_str_from(*text, at + 2);
		while (digits < rest.size &&
		       memchr("0123456789abcdefABCDEF", rest.data[digits], 22))
			digits++;
		*text = ll_str_from(rest, digits);
		if (ll_str_to_hex(ll_str_first(rest, digits), ret_address))
			return true;
	}
}

/* "com.example.function06 (source.java:06)". */
static struct ll_frame parse_symbol(struct ll_str text)
{
	struct ll_frame frame = {.function = text};
	const size_t open = ll_str_rindex(text, '('), colon = ll_str_rindex(text, ':');
	uint64_t line;

	if (open == SIZE_MAX || open == 0 || colon == SIZE_MAX || colon < open ||
	    !ll_str_ends(text, ")") ||
	    !ll_str_to_u64(ll_str_n(text.data + colon + 1, text.size - colon - 2), &line))
		return frame;
	frame.function = ll_str_trim(ll_str_first(text, open));
	frame.file = ll_str_n(text.data + open + 1, colon - open - 1);
	frame.line = line < INT32_MAX ? (int64_t)line : 0;
	return frame;
}

void ll_legacy_symbols_read(struct ll_legacy_symbols *symbols, struct ll_str text)
{
	while (text.size > 0) {
		struct ll_str line = ll_str_trim(ll_str_split(&text, '\n'));
		uint32_t next = (uint32_t)symbols->frames.count;
		uint64_t address;

		(void)ll_str_skip(&line, "PC:");
		line = ll_str_trim(line);
		if (!ll_str_starts(line, "0x") || !ll_legacy_address(&line, &address))
			continue;
		(void)ll_str_skip(&line, ":");
		line = ll_str_trim(line);
		if (line.size == 0 || ll_str_starts(line, "0x") ||
		    ll_map_put(&symbols->map, key_of(address), next) != next)
			continue;
		*(struct ll_frame *)ll_vec_push(&symbols->frames, sizeof(struct ll_frame)) =
			parse_symbol(line);
	}
}

void ll_legacy_symbols_done(struct ll_legacy_symbols *symbols)
{
	ll_map_done(&symbols->map);
	ll_vec_done(&symbols->frames);
}

const struct ll_frame *ll_legacy_symbols_find(const struct ll_legacy_symbols *symbols,
                                              uint64_t address)
{
	const uint32_t index = ll_map_find(&symbols->map, key_of(address));

	return index < symbols->frames.count
	               ? (const struct ll_frame *)symbols->frames.items + index
	               : NULL;
}
