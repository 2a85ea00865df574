/* SPDX-License-Identifier: Apache-2.0 */
/* header.c - see header.h. */
#include "header.h"

#include <leakledger/buf.h>

struct ll_str ll_header_value(struct ll_str sql, const char *key)
{
	while (sql.size > 0) {
		struct ll_str line = ll_str_split(&sql, '\n');

		if (!ll_str_skip(&line, "--"))
			break;
		line = ll_str_trim(line);
		if (ll_str_skip(&line, key) && ll_str_skip(&line, ":"))
			return ll_str_trim(line);
	}
	return ll_str_n(NULL, 0);
}

struct ll_str ll_header_paragraph(struct ll_arena *arena, struct ll_str sql, const char *name)
{
	struct ll_buf text;
	struct ll_str kept;
	bool is_inside = false;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	while (sql.size > 0) {
		struct ll_str line = ll_str_split(&sql, '\n');

		if (!ll_str_skip(&line, "--"))
			break;
		line = ll_str_trim(line);
		if (!is_inside && ll_str_skip(&line, name) && ll_str_skip(&line, ":")) {
			is_inside = true;
			line = ll_str_trim(line);
		}
		if (is_inside && line.size == 0)
			break;
		if (is_inside) {
			ll_buf_puts(&text, text.size > 0 ? " " : "");
			ll_buf_put_str(&text, line);
		}
	}
	kept = ll_arena_str(arena, ll_buf_str(&text));
	ll_buf_done(&text);
	return kept;
}

struct ll_str ll_header_word(struct ll_str *rest)
{
	while (rest->size > 0) {
		struct ll_str word = ll_str_split(rest, ' ');

		while (ll_str_ends(word, ","))
			word.size--;
		word = ll_str_trim(word);
		if (word.size > 0)
			return word;
	}
	return ll_str_n(NULL, 0);
}

bool ll_header_param(struct ll_str *rest, struct ll_str *ret_name, double *ret_value)
{
	while (rest->size > 0) {
		const struct ll_str pair = ll_str_trim(ll_str_split(rest, ','));
		const size_t equals = ll_str_index(pair, '=');

		if (equals == SIZE_MAX)
			continue;
		*ret_name = ll_str_trim(ll_str_first(pair, equals));
		if (ll_str_to_f64(ll_str_trim(ll_str_from(pair, equals + 1)), ret_value))
			return true;
	}
	return false;
}
