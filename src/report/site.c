/* SPDX-License-Identifier: Apache-2.0 */
/*
 * site.c - the site as a whole, and the models of its pages.
 *
 * Which pages there are is told by site_services.c and site_fleet.c. Here a page is made of its
 * model: too large a one is made again with shorter lists until it keeps to its budget.
 */
#include "inline.h"
#include "maker.h"
#include "slots.h"

#include <leakledger/redact.h>

enum {
	RULE_SECONDS = 5, /* of processor time, for one rule and one service */
};

/* ------------------------------------------------------------------------- keys */

/* With what redacts, and where styles are: the same judgments make other pages then. */
static struct ll_hash hash_resources(const struct ll_ledger *ledger,
                                     const struct ll_report_options *options)
{
	const char *const version = options->version;
	const struct ll_resources *const resources = ll_ledger_resources(ledger);
	const struct ll_redactor *const redactor = ll_ledger_redactor(ledger);
	LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();
	size_t count;
	const struct ll_resource *const all = ll_resource_all(resources, &count);

	ll_hasher_put(hasher, version, strlen(version) + 1);
	for (size_t i = 0; i < count; i++) {
		ll_hasher_put(hasher, all[i].name, strlen(all[i].name) + 1);
		ll_hasher_put(hasher, all[i].bytes.data, all[i].bytes.size);
	}
	ll_hasher_put(hasher, options->is_inline ? "i" : "f", 1);
	if (redactor) {
		uint8_t mark[16];

		ll_hash_to_bytes(ll_redactor_mark(redactor), mark);
		ll_hasher_put(hasher, mark, sizeof mark);
	}
	return ll_hasher_get(hasher);
}

struct ll_hash ll_maker_key(const struct ll_maker *maker, struct ll_str made_of)
{
	LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();
	uint8_t templates[16];

	ll_hash_to_bytes(maker->templates, templates);
	ll_hasher_put(hasher, templates, sizeof templates);
	ll_hasher_put(hasher, made_of.data, made_of.size);
	return ll_hasher_get(hasher);
}

/* ------------------------------------------------------------------------ pages */

static int make_model(const struct ll_maker *maker, enum ll_page page,
                      const struct ll_figure_of *figure, int level,
                      const struct ll_icicle_slot *slot, struct ll_model *ret_model,
                      struct ll_error *err)
{
	const struct ll_page_of of = {
		.ledger = maker->ledger,
		.catalog = maker->catalog,
		.version = maker->options->version,
		.figure = *figure,
		.slot = slot,
		.level = level,
	};

	const int rc = ll_page_make(page, &of, ret_model, err);

	if (rc < 0 || maker->models || !maker->options->is_inline)
		return rc;
	if (ll_inline_put(ret_model, ll_ledger_resources(maker->ledger), err) == LL_OK)
		return LL_OK;
	ll_model_done(ret_model);
	return err->code;
}

static int put_model(const struct ll_maker *maker, enum ll_page page,
                     const struct ll_figure_of *figure, struct ll_error *err)
{
	struct ll_model model;
	int rc = make_model(maker, page, figure, 0, NULL, &model, err);

	if (rc < 0)
		return rc;
	rc = ll_model_write_root(&model, maker->models, err);
	ll_model_done(&model);
	return rc;
}

/* A flame graph is the largest picture of a page and the first that shrinks; its notes say so. */
static size_t most_boxes(enum ll_page page, int level)
{
	static const size_t service_boxes[] = {600, 150, 0}, finding_boxes[] = {200, 60, 0};
	const size_t *const boxes = page == LL_PAGE_FINDING ? finding_boxes : service_boxes;

	return boxes[level < 2 ? level : 2];
}

static int render(struct ll_maker *maker, enum ll_page page, const struct ll_figure_of *figure,
                  int level, struct ll_error *err)
{
	const struct ll_icicle_slot room = {.picture = &maker->picture,
	                                    .most_boxes = most_boxes(page, level),
	                                    .profiles = &maker->profiles};
	struct ll_slot slot = {.name = "picture"};
	struct ll_model model;
	int rc;

	ll_buf_clear(&maker->draft);
	ll_buf_clear(&maker->picture);
	ll_buf_clear(&maker->page);
	rc = make_model(maker, page, figure, level, &room, &model, err);
	if (rc < 0)
		return rc;
	rc = ll_transform_run(maker->transform, &model, &maker->draft, err);
	ll_model_done(&model);
	slot.markup = ll_buf_str(&maker->picture);
	return rc < 0 ? rc : ll_slots_fill(ll_buf_str(&maker->draft), &slot, 1, &maker->page, err);
}

int ll_maker_put(struct ll_maker *maker, enum ll_page page, const char *path, struct ll_hash key,
                 const struct ll_figure_of *figure, struct ll_error *err)
{
	int rc, level = 0;

	if (maker->models)
		return put_model(maker, page, figure, err);
	rc = render(maker, page, figure, level, err);
	while (rc == LL_OK && maker->page.size > ll_page_budget(page) && level < LL_PAGE_LEVELS)
		rc = render(maker, page, figure, ++level, err);
	if (rc == LL_OK)
		rc = ll_site_put(maker->output, path, key, ll_buf_str(&maker->page), err);
	maker->result.shortened += level > 0;
	if (maker->page.size > maker->result.largest_page)
		maker->result.largest_page = maker->page.size;
	return rc < 0 ? ll_within(err, "%s", path) : LL_OK;
}

/* ------------------------------------------------------------------------- site */

static int put_asset(struct ll_maker *maker, const char *path, const char *name,
                     struct ll_error *err)
{
	const struct ll_resource *const asset =
		ll_resource_find(ll_ledger_resources(maker->ledger), name);

	if (!asset)
		return ll_fail(err, LL_E_INTERNAL, "no resource '%s'", name);
	return ll_site_put(maker->output, path, maker->templates, asset->bytes, err);
}

static int put_assets(struct ll_maker *maker, struct ll_error *err)
{
	int rc;

	if (maker->options->is_inline)
		return LL_OK;
	rc = put_asset(maker, "style.css", "templates/style/site.css", err);
	if (rc == LL_OK)
		rc = put_asset(maker, "flame.css", "templates/style/flame.css", err);
	if (rc == LL_OK)
		rc = put_asset(maker, "flame.js", "templates/script/flame.js", err);
	return rc;
}

static int open_replay(struct ll_maker *maker, struct ll_error *err)
{
	const struct ll_replay_options options = {
		.skip_off = true,
		.since_ns = maker->options->since_ns,
		.until_ns = maker->options->until_ns,
		.time_limit_ns = RULE_SECONDS * LL_NS_PER_S,
		.limits = maker->options->limits,
		.limit_count = maker->options->limit_count,
	};

	return ll_replay_open(maker->ledger, &options, &maker->replay, err);
}

int ll_maker_open(struct ll_maker *maker, struct ll_error *err)
{
	int rc;

	ll_buf_init(&maker->page, LL_BUF_PAGE);
	ll_buf_init(&maker->draft, LL_BUF_PAGE);
	ll_buf_init(&maker->picture, LL_BUF_CHART);
	rc = ll_scope_open(maker->ledger, LL_SCOPE_NOTHING, false, err);
	if (rc == LL_OK)
		rc = ll_catalog_open(ll_ledger_resources(maker->ledger), &maker->catalog, err);
	return rc == LL_OK ? open_replay(maker, err) : rc;
}

void ll_maker_close(struct ll_maker *maker)
{
	ll_catalog_close(maker->catalog);
	ll_replay_close(maker->replay);
	ll_transform_close(maker->transform);
	ll_icicle_profiles_done(&maker->profiles);
	ll_buf_done(&maker->page);
	ll_buf_done(&maker->draft);
	ll_buf_done(&maker->picture);
}

static int write_site(struct ll_maker *maker, struct ll_error *err)
{
	const struct ll_resources *const resources = ll_ledger_resources(maker->ledger);
	struct ll_site_stats stats = {.written = 0};
	int rc = ll_maker_open(maker, err);

	if (rc == LL_OK)
		rc = ll_transform_open(resources, &maker->transform, err);
	if (rc == LL_OK)
		rc = ll_site_open(maker->options->directory, &maker->output, err);
	if (rc < 0)
		return rc;
	maker->templates = hash_resources(maker->ledger, maker->options);
	rc = ll_maker_services(maker, err);
	if (rc == LL_OK)
		rc = put_assets(maker, err);
	if (rc == LL_OK)
		rc = ll_maker_fleet(maker, err);
	if (rc == LL_OK)
		rc = ll_site_commit(maker->output, &stats, err);
	if (rc < 0)
		return rc;
	maker->result.written = stats.written;
	maker->result.unchanged = stats.unchanged;
	maker->result.removed = stats.removed;
	return LL_OK;
}

int ll_report_site(struct ll_ledger *ledger, const struct ll_report_options *options,
                   struct ll_report_result *ret_result, struct ll_error *err)
{
	struct ll_maker site = {.ledger = ledger, .options = options};
	int rc;

	*ret_result = (struct ll_report_result){.written = 0};
	rc = ll_ledger_begin_read(ledger, err);
	if (rc < 0)
		return rc;
	rc = write_site(&site, err);
	ll_site_close(site.output);
	ll_maker_close(&site);
	ll_ledger_rollback(ledger);
	*ret_result = site.result;
	return rc < 0 ? ll_within(err, "report") : LL_OK;
}

/* ----------------------------------------------------------------------- models */

static int choose(struct ll_maker *maker, struct ll_arena *arena, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const struct ll_findings_of of = {.ledger = maker->ledger, .choice = *maker->choice};
	int rc = ll_found_list(&of, "sql/reports/findings/list.sql", &stmt, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0)
		*(struct ll_str *)ll_vec_push(&maker->chosen, sizeof(struct ll_str)) =
			ll_arena_str(arena, ll_stmt_text(stmt, 0));
	return rc;
}

static int write_models(struct ll_maker *maker, struct ll_error *err)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	const struct ll_output *const out = maker->models;
	struct ll_buf head;
	int rc = ll_maker_open(maker, err);

	if (rc == LL_OK && maker->choice)
		rc = choose(maker, &arena, err);
	if (rc < 0)
		return rc;
	ll_buf_init(&head, LL_BUF_MESSAGE);
	ll_buf_printf(&head,
	              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<report version=\"%s\">\n",
	              maker->options->version);
	rc = out->put(out->self, ll_buf_str(&head), err);
	ll_buf_done(&head);
	if (rc == LL_OK)
		rc = ll_maker_services(maker, err);
	if (rc == LL_OK && !maker->choice)
		rc = ll_maker_fleet(maker, err);
	return rc < 0 ? rc : out->put(out->self, ll_str("</report>\n"), err);
}

int ll_report_models(struct ll_ledger *ledger, const struct ll_report_options *options,
                     const struct ll_choice *findings, const struct ll_output *out,
                     struct ll_error *err)
{
	struct ll_maker site = {
		.ledger = ledger,
		.options = options,
		.models = out,
		.choice = findings,
	};
	int rc = ll_ledger_begin_read(ledger, err);

	if (rc < 0)
		return rc;
	rc = write_models(&site, err);
	ll_maker_close(&site);
	ll_vec_done(&site.chosen);
	ll_ledger_rollback(ledger);
	return rc < 0 ? ll_within(err, "report") : LL_OK;
}
