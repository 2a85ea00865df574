/* SPDX-License-Identifier: Apache-2.0 */
/* found_source.c - the lines of source around a finding's own, as plain text. */
#include "outputs.h"

#include <leakledger/json.h>

#include <inttypes.h>

static void put_line(const struct ll_found *found, const char *before, int64_t number,
                     struct ll_str raw, struct ll_buf *to)
{
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_json_unescape(raw, &text);
	ll_buf_printf(to, "%s%s %5" PRId64 "  ", before, number == found->line ? ">" : " ", number);
	ll_text_plain(to, ll_buf_str(&text));
	ll_buf_putc(to, '\n');
	ll_buf_done(&text);
}

void ll_found_source(const struct ll_found *found, const char *before, struct ll_buf *to)
{
	struct ll_json json;
	struct ll_json_token token;
	int64_t number = 0;

	ll_json_init(&json, found->source);
	(void)ll_json_next(&json);
	while ((token = ll_json_next(&json)).kind == LL_JSON_KEY) {
		uint64_t value = 0;

		if (ll_str_equal(token.text, ll_str("first_line")) &&
		    ll_json_number(&json, &value)) {
			number = value < INT32_MAX ? (int64_t)value : 0;
		} else if (ll_str_equal(token.text, ll_str("lines"))) {
			(void)ll_json_next(&json);
			while ((token = ll_json_next(&json)).kind == LL_JSON_STRING)
				put_line(found, before, number++, token.text, to);
		} else if (!ll_json_skip(&json)) {
			break;
		}
	}
}
