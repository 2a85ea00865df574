/* SPDX-License-Identifier: Apache-2.0 */
/* fn_keeper.c - keeper.c as an SQL aggregate. */
#include "keeper.h"
#include "sqlfn.h"

#include <leakledger/json.h>
#include <leakledger/vec.h>

/*
 * keeper_class(size, alive, alloc_count, objects, samples, lives, period, oldest_go, newest_go)
 *
 *   K1  One row for each size of block at one line; from `objects` on all rows have the same
 *       values, those of the first row count.
 *   K2  Arguments are INTEGER, or REAL that is whole. Versions of Go are minor ones; 0: not
 *       known.
 *   K3  JSON: {"class": "map", "certainty": 0.9, "slot": 24, "why": "..."}. The rules are in
 *       keeper.c.
 *   K4  NULL for no rows (C3), for blocks that say nothing, and where objects, samples, lives or
 *       the period are not above 0.
 */
struct gathered {
	struct ll_vec blocks;
	struct ll_keeper_load load;
};

static void take_block(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct gathered *const all = sqlite3_aggregate_context(context, sizeof *all);
	int64_t values[9];

	if (!all) {
		sqlite3_result_error_nomem(context);
		return;
	}
	if (ll_sqlfn_has_null(argc, argv) || !ll_sqlfn_has_room(context, all->blocks.count))
		return;
	for (int i = 0; i < (int)LL_COUNT(values); i++) {
		if (ll_sqlfn_count(context, argv, i, &values[i]) != LL_ARG_READY)
			return;
	}
	*(struct ll_keeper_block *)ll_vec_push(&all->blocks, sizeof(struct ll_keeper_block)) =
		(struct ll_keeper_block){
			.size = values[0],
			.alive = values[1],
			.alloc_count = values[2],
		};
	if (all->blocks.count == 1)
		all->load = (struct ll_keeper_load){
			.objects = values[3],
			.samples = values[4],
			.lives = values[5],
			.period = values[6],
			.oldest_go = values[7],
			.newest_go = values[8],
		};
}

static void put_keeper(sqlite3_context *context, const struct ll_keeper *keeper)
{
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_buf_puts(&text, "{\"class\":");
	ll_json_put_string(&text, ll_str(keeper->class_name));
	ll_buf_puts(&text, ",\"certainty\":");
	ll_json_put_real(&text, keeper->certainty);
	ll_buf_printf(&text, ",\"slot\":%lld,\"why\":", (long long)keeper->slot);
	ll_json_put_string(&text, ll_str(keeper->why));
	ll_buf_putc(&text, '}');
	sqlite3_result_text64(context, text.data, text.size, SQLITE_TRANSIENT, SQLITE_UTF8);
	ll_buf_done(&text);
}

static void finish_keeper(sqlite3_context *context)
{
	struct gathered *const all = sqlite3_aggregate_context(context, 0);
	struct ll_keeper keeper = {0};

	if (!all || all->blocks.count == 0)
		return;
	if (all->load.objects > 0 && all->load.samples > 0 && all->load.lives > 0 &&
	    all->load.period > 0)
		ll_keeper_judge(all->blocks.items, all->blocks.count, &all->load, &keeper);
	ll_vec_done(&all->blocks);
	if (keeper.class_name)
		put_keeper(context, &keeper);
}

const struct ll_sqlfn_body ll_fn_keeper_class = {.step = take_block, .finish = finish_keeper};
