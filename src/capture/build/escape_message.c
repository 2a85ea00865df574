/* SPDX-License-Identifier: Apache-2.0 */
/* escape_message.c - see escape_message.h. */
#include "escape_message.h"

static bool has_top_level_plus(struct ll_str text)
{
	size_t depth = 0;

	for (size_t i = 0; i + 2 < text.size; i++) {
		if (memchr("([{", text.data[i], 3))
			depth++;
		else if (memchr(")]}", text.data[i], 3) && depth > 0)
			depth--;
		else if (depth == 0 && memcmp(text.data + i, " + ", 3) == 0)
			return true;
	}
	return false;
}

/* "x.M": a selector, as a method value is printed. */
static bool is_selector(struct ll_str text)
{
	const size_t dot = ll_str_rindex(text, '.');

	if (dot == SIZE_MAX || dot == 0 || dot + 1 == text.size)
		return false;
	for (size_t i = 0; i < text.size; i++) {
		const char byte = text.data[i];
		const bool is_word = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
		                     (byte >= '0' && byte <= '9') || byte == '_' || byte == '.';

		if (!is_word)
			return false;
	}
	return text.data[dot + 1] >= 'A';
}

/* The kind of allocation that "EXPR escapes to heap" is, by how the expression begins. */
static const char *kind_of(struct ll_str expression)
{
	static const struct {
		const char *start;
		const char *kind;
	} starts[] = {
		{"make(map", "map"},          {"map[", "map"},
		{"make([]", "slice"},         {"[]", "slice"},
		{"append", "append"},         {"func literal", "closure"},
		{"new(", "pointer"},          {"string(", "string"},
		{"([]byte)(", "string"},      {"([]rune)(", "string"},
		{"... argument", "variadic"}, {"make(chan", "chan"},
	};

	for (size_t i = 0; i < LL_COUNT(starts); i++) {
		if (ll_str_starts(expression, starts[i].start))
			return starts[i].kind;
	}
	/* Of a type with a name: only a map is made without a length. */
	if (ll_str_starts(expression, "make("))
		return ll_str_find(expression, ", ") == SIZE_MAX ? "map" : "slice";
	if (ll_str_starts(expression, "&"))
		return ll_str_ends(expression, "}") || ll_str_ends(expression, " literal")
		               ? "pointer"
		               : NULL;
	if (has_top_level_plus(expression))
		return "string";
	if (is_selector(expression))
		return "method-value";
	return "boxing";
}

const char *ll_escape_what(struct ll_str message)
{
	if (ll_str_starts(message, "moved to heap: "))
		return "moved";
	if (ll_str_ends(message, " does not escape"))
		return "stays";
	if (ll_str_ends(message, " escapes to heap"))
		return kind_of(ll_str_first(message, message.size - strlen(" escapes to heap")));
	return NULL;
}
