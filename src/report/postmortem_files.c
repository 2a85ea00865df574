/* SPDX-License-Identifier: Apache-2.0 */
/* postmortem_files.c - post-mortems as files that stand alone; see report.h. */
#include "postmortem.h"
#include "transform.h"

enum {
	RULE_SECONDS = 20, /* of processor time, for one rule and one service */
};

struct ll_postmortem {
	struct ll_ledger *ledger;
	struct ll_postmortem_options options;
	struct ll_replay *replay;
	struct ll_transform *transform;
	struct ll_arena arena;
	struct ll_vec rows; /* struct ll_incident_row */
};

int ll_postmortem_new(struct ll_ledger *ledger, const struct ll_postmortem_options *options,
                      struct ll_postmortem **ret_postmortem, struct ll_error *err)
{
	LL_CLEANUP(ll_postmortem_freep)
	struct ll_postmortem *postmortem = ll_calloc(1, sizeof *postmortem);
	const struct ll_replay_options replay = {
		.skip_off = true,
		.since_ns = LL_TIME_NONE,
		.until_ns = LL_TIME_NONE,
		.time_limit_ns = RULE_SECONDS * LL_NS_PER_S,
		.limits = options->limits,
		.limit_count = options->limit_count,
	};
	int rc;

	postmortem->ledger = ledger;
	postmortem->options = *options;
	rc = ll_scope_open(ledger, LL_SCOPE_NOTHING, false, err);
	if (rc == LL_OK)
		rc = ll_replay_open(ledger, &replay, &postmortem->replay, err);
	if (rc == LL_OK)
		rc = ll_transform_open(ll_ledger_resources(ledger), &postmortem->transform, err);
	if (rc == LL_OK)
		*ret_postmortem = ll_take(&postmortem);
	return rc;
}

void ll_postmortem_free(struct ll_postmortem *postmortem)
{
	if (!postmortem)
		return;
	ll_replay_close(postmortem->replay);
	ll_transform_close(postmortem->transform);
	ll_vec_done(&postmortem->rows);
	ll_arena_done(&postmortem->arena);
	free(postmortem);
}

void ll_postmortem_freep(struct ll_postmortem **postmortem)
{
	ll_postmortem_free(ll_take(postmortem));
}

int ll_postmortem_find(struct ll_postmortem *postmortem, const char *service,
                       const struct ll_incident_row **ret_rows, size_t *ret_count,
                       struct ll_error *err)
{
	int rc;

	ll_vec_done(&postmortem->rows);
	postmortem->rows = (struct ll_vec)LL_VEC_INIT;
	rc = ll_incidents_load(postmortem->ledger, service, postmortem->options.limits,
	                       postmortem->options.limit_count, &postmortem->arena,
	                       &postmortem->rows, err);
	*ret_rows = postmortem->rows.items;
	*ret_count = postmortem->rows.count;
	return rc;
}

/* ---------------------------------------------------------------------------- pages */

static int put_model(struct ll_postmortem *postmortem, struct ll_model *model, struct ll_buf *out,
                     struct ll_error *err)
{
	const int rc = ll_transform_run(postmortem->transform, model, out, err);

	ll_model_done(model);
	return rc;
}

static int put_text(struct ll_postmortem *postmortem, struct ll_buf *out, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(postmortem->ledger, "sql/reports/postmortem/summary.sql", &stmt,
	                          err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		ll_text_plain(out, ll_stmt_text(stmt, 0));
		ll_buf_putc(out, '\n');
	}
	return rc;
}

static int open_incident(struct ll_postmortem *postmortem, const struct ll_incident *incident,
                         enum ll_postmortem_format format, struct ll_error *err)
{
	struct ll_replay_result ignored = {.rules = 0};
	int rc = LL_OK;

	/* A few lines say nothing of leads. */
	if (format != LL_POSTMORTEM_TEXT)
		rc = ll_foresight(postmortem->ledger, incident, err);
	if (rc == LL_OK)
		rc = ll_scope_open(postmortem->ledger, incident->service_id, false, err);

	if (rc == LL_OK)
		rc = ll_replay_service(postmortem->replay, incident->service_id, incident->service,
		                       &ignored, err);
	return rc == LL_OK ? ll_postmortem_open(postmortem->ledger, incident, err) : rc;
}

int ll_postmortem_make(struct ll_postmortem *postmortem, const struct ll_incident_row *row,
                       enum ll_postmortem_format format, struct ll_buf *out, struct ll_error *err)
{
	const struct ll_postmortem_page page = {.ledger = postmortem->ledger,
	                                        .version = postmortem->options.version};
	struct ll_model model;
	int rc = open_incident(postmortem, &row->incident, format, err);

	if (rc < 0)
		return rc;
	switch (format) {
	case LL_POSTMORTEM_JSON: return ll_postmortem_json(postmortem->ledger, out, err);
	case LL_POSTMORTEM_TEXT: return put_text(postmortem, out, err);
	case LL_POSTMORTEM_HTML: break;
	}
	rc = ll_incident_keep(postmortem->ledger, row->name, err);
	if (rc == LL_OK)
		rc = ll_postmortem_model(&page, &model, err);
	return rc < 0 ? rc : put_model(postmortem, &model, out, err);
}

int ll_postmortem_index(struct ll_postmortem *postmortem, int64_t service_id, const char *prefix,
                        struct ll_buf *out, struct ll_error *err)
{
	const struct ll_postmortem_page page = {.ledger = postmortem->ledger,
	                                        .version = postmortem->options.version};
	struct ll_model model;
	const int rc = ll_postmortem_list(&page, service_id, prefix, &model, err);

	return rc < 0 ? rc : put_model(postmortem, &model, out, err);
}
