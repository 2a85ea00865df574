/* SPDX-License-Identifier: Apache-2.0 */
/* fn_ladder.c - ladder.c as an SQL aggregate. */
#include "ladder.h"
#include "sqlfn.h"

#include <leakledger/json.h>
#include <leakledger/vec.h>

/*
 * ladder_class(size, first_objects, last_objects, last_count, alloc_count)
 *
 *   D1  One row for each size of object at one place. The order of rows does not matter; a size
 *       that comes twice is judged as two.
 *   D2  Arguments are INTEGER, or REAL that is whole.
 *   D3  JSON: {"rule": "append", "why": "...", "votes": [{"class": "slice", "strength": 0.85},
 *       ...]}, the strongest vote first. "votes" is empty when the sizes say nothing. The rules are
 *       in ladder.c.
 *   D4  NULL for no rows (C3).
 */
static void take_block(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct ll_vec *const blocks = sqlite3_aggregate_context(context, sizeof *blocks);
	int64_t values[5];

	if (!blocks) {
		sqlite3_result_error_nomem(context);
		return;
	}
	if (ll_sqlfn_has_null(argc, argv) || !ll_sqlfn_has_room(context, blocks->count))
		return;
	for (int i = 0; i < (int)LL_COUNT(values); i++) {
		if (ll_sqlfn_count(context, argv, i, &values[i]) != LL_ARG_READY)
			return;
	}
	*(struct ll_block *)ll_vec_push(blocks, sizeof(struct ll_block)) = (struct ll_block){
		.size = values[0],
		.first_objects = values[1],
		.last_objects = values[2],
		.last_count = values[3],
		.alloc_count = values[4],
	};
}

static void put_ladder(const struct ll_ladder *ladder, struct ll_buf *out)
{
	ll_buf_puts(out, "{\"rule\":");
	ll_json_put_string(out, ll_str(ladder->rule));
	ll_buf_puts(out, ",\"why\":");
	ll_json_put_string(out, ll_str(ladder->why));
	ll_buf_puts(out, ",\"votes\":[");
	for (size_t i = 0; i < ladder->vote_count; i++) {
		ll_buf_puts(out, i > 0 ? ",{\"class\":" : "{\"class\":");
		ll_json_put_string(out, ll_str(ladder->votes[i].class_name));
		ll_buf_puts(out, ",\"strength\":");
		ll_json_put_real(out, ladder->votes[i].strength);
		ll_buf_putc(out, '}');
	}
	ll_buf_puts(out, "]}");
}

static void finish_ladder(sqlite3_context *context)
{
	struct ll_vec *const blocks = sqlite3_aggregate_context(context, 0);
	struct ll_ladder ladder;
	struct ll_buf text;

	if (!blocks || blocks->count == 0)
		return;
	ll_ladder_judge(blocks->items, blocks->count, &ladder);
	ll_vec_done(blocks);
	ll_buf_init(&text, LL_BUF_MESSAGE);
	put_ladder(&ladder, &text);
	sqlite3_result_text64(context, text.data, text.size, SQLITE_TRANSIENT, SQLITE_UTF8);
	ll_buf_done(&text);
}

const struct ll_sqlfn_body ll_fn_ladder_class = {.step = take_block, .finish = finish_ladder};
