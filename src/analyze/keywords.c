/* SPDX-License-Identifier: Apache-2.0 */
/* keywords.c - short words on a finding; sql/catalog/keywords.sql is their table. */
#include "judge.h"
#include "layers.h"

/* ["L1","L2"]: the layers of which evidence counts. */
static void put_layers(const struct ll_candidate *candidate, struct ll_buf *out)
{
	const struct ll_counted *const rows = candidate->rows.items;
	bool is_in[LL_LAYER_COUNT] = {false};
	const char *between = "";

	for (size_t i = 0; i < candidate->rows.count; i++)
		is_in[rows[i].row->analyzer->layer] |= rows[i].is_counted;
	ll_buf_putc(out, '[');
	for (int i = 0; i < LL_LAYER_COUNT; i++) {
		if (!is_in[i])
			continue;
		ll_buf_printf(out, "%s\"%s\"", between, ll_layer_name((enum ll_layer)i));
		between = ",";
	}
	ll_buf_putc(out, ']');
}

int ll_keywords_put(struct ll_ledger *ledger, const struct ll_candidate *candidate,
                    struct ll_str id, struct ll_error *err)
{
	const struct ll_place *const place = candidate->places.items;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	LL_CLEANUP(ll_buf_done) struct ll_buf layers;
	int rc = ll_stmt_resource(ledger, "sql/judge/put_keywords.sql", &stmt, err);

	ll_buf_init(&layers, LL_BUF_MESSAGE);
	if (rc < 0)
		return rc;
	put_layers(candidate, &layers);
	ll_stmt_bind_text(stmt, ":finding_id", id);
	ll_stmt_bind_text(stmt, ":layers", ll_buf_str(&layers));
	ll_stmt_bind_i64(stmt, ":site_id", place->kind == LL_SUBJECT_SERVICE ? 0 : place->site_id);
	ll_stmt_bind_f64(stmt, ":least_objection", LL_LEAST_OBJECTION);
	rc = ll_stmt_step(stmt, err);
	return rc < 0 ? rc : LL_OK;
}
