/* SPDX-License-Identifier: Apache-2.0 */
/*
 * site.c - the site: which pages there are, and which of them must be made anew.
 *
 * A service and its findings are made together, because both need the scope over that service,
 * which is the costly part. Their key is a hash of all that they are made of
 * (sql/reports/service/key.sql), of the templates and of this program's version: while it stands,
 * last run's pages are taken over without opening the scope. The fleet's pages and the style are
 * made every time.
 */
#include "outputs.h"
#include "pages.h"
#include "postmortem.h"
#include "publish.h"
#include "slots.h"
#include "transform.h"

#include <leakledger/report.h>
#include <leakledger/vec.h>

enum {
	PAGE_BUDGET = 500 * 1024, /* bytes; beyond it, flame graphs shrink */
	PATH_SIZE = 256,
	ROWS_INDEX_COVERAGE = 30, /* services in the heat map of the first page */
	RULE_SECONDS = 5,         /* of processor time, for one rule and one service */
};

struct site {
	struct ll_ledger *ledger;
	const struct ll_report_options *options;
	struct ll_catalog *catalog;
	struct ll_replay *replay;
	struct ll_transform *transform;
	struct ll_site *output;
	const struct ll_output *models; /* write models there, instead of pages; or NULL */
	const struct ll_choice *choice; /* of models: only of these findings; or NULL */
	struct ll_vec chosen;           /* struct ll_str: their ids */
	struct ll_vec incidents;        /* struct ll_incident_row */
	struct ll_hash templates;       /* hash of every resource, and of the version */
	struct ll_buf draft, picture;   /* of the page being made: HTML, and what goes into it */
	struct ll_buf page;             /* the whole */
	struct ll_report_result *result;
};

/* A service, and the ids of its findings. */
struct subject {
	int64_t service_id;
	struct ll_str name, file, instance;
	int64_t instance_id, limit_bytes;
	struct ll_vec findings; /* struct finding */
	struct ll_hash key;
};

struct finding {
	struct ll_str id, subject, axis, what;
	bool is_count;
};

/* ------------------------------------------------------------------------- keys */

static struct ll_hash hash_resources(const struct ll_resources *resources, const char *version)
{
	LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();
	size_t count;
	const struct ll_resource *const all = ll_resource_all(resources, &count);

	ll_hasher_put(hasher, version, strlen(version) + 1);
	for (size_t i = 0; i < count; i++) {
		ll_hasher_put(hasher, all[i].name, strlen(all[i].name) + 1);
		ll_hasher_put(hasher, all[i].bytes.data, all[i].bytes.size);
	}
	return ll_hasher_get(hasher);
}

static int find_key(const struct site *site, struct subject *subject, struct ll_error *err)
{
	LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	uint8_t templates[16];
	int rc = ll_stmt_resource(site->ledger, "sql/reports/service/key.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_hash_to_bytes(site->templates, templates);
	ll_hasher_put(hasher, templates, sizeof templates);
	ll_hasher_put(hasher, &subject->limit_bytes, sizeof subject->limit_bytes);
	ll_hasher_put(hasher, &site->options->since_ns, sizeof site->options->since_ns);
	ll_hasher_put(hasher, &site->options->until_ns, sizeof site->options->until_ns);
	ll_stmt_bind_i64(stmt, ":service_id", subject->service_id);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		for (int i = 0; i < ll_stmt_columns(stmt); i++) {
			const struct ll_str text = ll_stmt_text(stmt, i);

			ll_hasher_put(hasher, text.data, text.size);
			ll_hasher_put(hasher, "", 1);
		}
	}
	subject->key = ll_hasher_get(hasher);
	return rc;
}

/* ------------------------------------------------------------------------ pages */

static int make_model(const struct site *site, enum ll_page page, const struct ll_figure_of *figure,
                      const struct ll_icicle_slot *slot, struct ll_model *ret_model,
                      struct ll_error *err)
{
	const struct ll_page_of of = {
		.ledger = site->ledger,
		.catalog = site->catalog,
		.version = site->options->version,
		.figure = *figure,
		.slot = slot,
	};

	return ll_page_make(page, &of, ret_model, err);
}

static int put_model(const struct site *site, enum ll_page page, const struct ll_figure_of *figure,
                     struct ll_error *err)
{
	struct ll_model model;
	int rc = make_model(site, page, figure, NULL, &model, err);

	if (rc < 0)
		return rc;
	rc = ll_model_write_root(&model, site->models, err);
	ll_model_done(&model);
	return rc;
}

static int render(struct site *site, enum ll_page page, const struct ll_figure_of *figure,
                  size_t most_boxes, struct ll_error *err)
{
	const struct ll_icicle_slot room = {.picture = &site->picture, .most_boxes = most_boxes};
	struct ll_slot slot = {.name = "picture"};
	struct ll_model model;
	int rc;

	ll_buf_clear(&site->draft);
	ll_buf_clear(&site->picture);
	ll_buf_clear(&site->page);
	rc = make_model(site, page, figure, &room, &model, err);
	if (rc < 0)
		return rc;
	rc = ll_transform_run(site->transform, &model, &site->draft, err);
	ll_model_done(&model);
	slot.markup = ll_buf_str(&site->picture);
	return rc < 0 ? rc : ll_slots_fill(ll_buf_str(&site->draft), &slot, 1, &site->page, err);
}

/* A page over its budget has a smaller flame graph, and at last none; its notes say so. */
static int render_within_budget(struct site *site, enum ll_page page,
                                const struct ll_figure_of *figure, struct ll_error *err)
{
	static const size_t service_boxes[] = {600, 150, 0}, finding_boxes[] = {200, 60, 0};
	const size_t *const boxes = page == LL_PAGE_FINDING ? finding_boxes : service_boxes;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(service_boxes); i++) {
		rc = render(site, page, figure, boxes[i], err);
		if (site->page.size <= PAGE_BUDGET || site->picture.size == 0)
			break;
	}
	return rc;
}

static int put(struct site *site, enum ll_page page, const char *path, struct ll_hash key,
               const struct ll_figure_of *figure, struct ll_error *err)
{
	int rc;

	if (site->models)
		return put_model(site, page, figure, err);
	rc = render_within_budget(site, page, figure, err);
	if (rc == LL_OK)
		rc = ll_site_put(site->output, path, key, ll_buf_str(&site->page), err);
	if (site->page.size > site->result->largest_page)
		site->result->largest_page = site->page.size;
	return rc < 0 ? ll_within(err, "%s", path) : LL_OK;
}

static void path_of_service(const struct subject *subject, char path[PATH_SIZE])
{
	(void)snprintf(path, PATH_SIZE, "service/%.*s.html", LL_STR_ARG(subject->file));
}

static void path_of_finding(const struct finding *finding, char path[PATH_SIZE])
{
	(void)snprintf(path, PATH_SIZE, "finding/%.*s.html", LL_STR_ARG(finding->id));
}

static void path_of_incident(const struct ll_incident_row *incident, char path[PATH_SIZE])
{
	(void)snprintf(path, PATH_SIZE, "incidents/%s.html", incident->name);
}

/* The next kill of the subject from `index` on; NULL when there is none. */
static const struct ll_incident_row *next_incident(const struct site *site,
                                                   const struct subject *subject, size_t *index)
{
	const struct ll_incident_row *const rows = site->incidents.items;

	for (; *index < site->incidents.count; ++*index) {
		if (rows[*index].incident.service_id == subject->service_id)
			return &rows[(*index)++];
	}
	return NULL;
}

static bool is_chosen(const struct site *site, struct ll_str id)
{
	const struct ll_str *const chosen = site->chosen.items;

	if (!site->choice)
		return true;
	for (size_t i = 0; i < site->chosen.count; i++) {
		if (ll_str_equal(chosen[i], id))
			return true;
	}
	return false;
}

static bool is_current(const struct site *site, const struct subject *subject)
{
	const struct finding *const findings = subject->findings.items;
	const struct ll_incident_row *incident;
	char path[PATH_SIZE];
	bool is = true;

	path_of_service(subject, path);
	is = ll_site_is_current(site->output, path, subject->key);
	for (size_t i = 0; is && i < subject->findings.count; i++) {
		path_of_finding(&findings[i], path);
		is = ll_site_is_current(site->output, path, subject->key);
	}
	for (size_t i = 0; is && (incident = next_incident(site, subject, &i)) != NULL;) {
		path_of_incident(incident, path);
		is = ll_site_is_current(site->output, path, subject->key);
	}
	return is;
}

static int keep(const struct site *site, const struct subject *subject, struct ll_error *err)
{
	const struct finding *const findings = subject->findings.items;
	const struct ll_incident_row *incident;
	char path[PATH_SIZE];
	int rc;

	path_of_service(subject, path);
	rc = ll_site_keep(site->output, path, subject->key, err);
	for (size_t i = 0; rc == LL_OK && i < subject->findings.count; i++) {
		path_of_finding(&findings[i], path);
		rc = ll_site_keep(site->output, path, subject->key, err);
	}
	for (size_t i = 0; rc == LL_OK && (incident = next_incident(site, subject, &i)) != NULL;) {
		path_of_incident(incident, path);
		rc = ll_site_keep(site->output, path, subject->key, err);
	}
	return rc;
}

static int make_incident(struct site *site, const struct ll_incident_row *row, struct ll_hash key,
                         struct ll_error *err)
{
	const struct ll_postmortem_page page = {
		.ledger = site->ledger, .version = site->options->version, .base = "../"};
	struct ll_model model;
	char path[PATH_SIZE];
	int rc = ll_postmortem_open(site->ledger, &row->incident, err);

	if (rc == LL_OK)
		rc = ll_postmortem_model(&page, &model, err);
	if (rc < 0)
		return rc;
	ll_buf_clear(&site->page);
	rc = site->models ? ll_model_write_root(&model, site->models, err)
	                  : ll_transform_run(site->transform, &model, &site->page, err);
	ll_model_done(&model);
	path_of_incident(row, path);
	if (rc == LL_OK && !site->models)
		rc = ll_site_put(site->output, path, key, ll_buf_str(&site->page), err);
	return rc < 0 ? ll_within(err, "%s", path) : LL_OK;
}

/* The scope is open, and the rules are replayed. */
static int make_incidents(struct site *site, const struct subject *subject, struct ll_error *err)
{
	const struct ll_incident_row *incident;
	int rc = LL_OK;

	for (size_t i = 0;
	     rc == LL_OK && !site->choice && (incident = next_incident(site, subject, &i)) != NULL;)
		rc = make_incident(site, incident, subject->key, err);
	return rc;
}

static int make(struct site *site, const struct subject *subject, struct ll_error *err)
{
	const struct finding *const findings = subject->findings.items;
	struct ll_figure_of figure = {
		.ledger = site->ledger,
		.service_id = subject->service_id,
		.instance_id = subject->instance_id,
		.instance = subject->instance.data,
		.limit_bytes = subject->limit_bytes,
		.since_ns = site->options->since_ns,
		.until_ns = site->options->until_ns,
	};
	char path[PATH_SIZE];
	struct ll_replay_result replayed = {.rules = 0};
	int rc = ll_scope_open(site->ledger, subject->service_id, false, err);

	path_of_service(subject, path);
	/* A rule that fails is told in the page's table. */
	if (rc == LL_OK)
		rc = ll_replay_service(site->replay, subject->service_id, subject->name.data,
		                       &replayed, err);
	if (rc == LL_OK && !site->choice)
		rc = put(site, LL_PAGE_SERVICE, path, subject->key, &figure, err);
	for (size_t i = 0; rc == LL_OK && i < subject->findings.count; i++) {
		if (!is_chosen(site, findings[i].id))
			continue;
		figure.finding_id = findings[i].id.data;
		figure.subject = findings[i].subject;
		figure.axis = findings[i].axis;
		figure.what = findings[i].what;
		figure.is_count = findings[i].is_count;
		path_of_finding(&findings[i], path);
		rc = put(site, LL_PAGE_FINDING, path, subject->key, &figure, err);
	}
	return rc == LL_OK ? make_incidents(site, subject, err) : rc;
}

/* --------------------------------------------------------------------- services */

static int load_findings(const struct site *site, struct subject *subject, struct ll_arena *arena,
                         struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(site->ledger, "sql/reports/service/finding_ids.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", subject->service_id);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		struct finding *const finding = ll_vec_push(&subject->findings, sizeof *finding);

		finding->id = ll_arena_str(arena, ll_stmt_text(stmt, 0));
		finding->subject = ll_arena_str(arena, ll_stmt_text(stmt, 1));
		finding->is_count = ll_stmt_i64(stmt, 2) != 0;
		finding->axis = ll_arena_str(arena, ll_stmt_text(stmt, 3));
		finding->what = ll_arena_str(arena, ll_stmt_text(stmt, 4));
	}
	return rc;
}

static int load_instance(const struct site *site, struct subject *subject, struct ll_arena *arena,
                         struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(site->ledger, "sql/reports/service/shown_instance.sql", &stmt,
	                          err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", subject->service_id);
	rc = ll_stmt_step(stmt, err);
	if (rc > 0) {
		subject->instance_id = ll_stmt_i64(stmt, 0);
		subject->instance = ll_arena_str(arena, ll_stmt_text(stmt, 1));
	}
	return rc < 0 ? rc : LL_OK;
}

/* A scope is dear: it is opened only for a service of which something is written. */
static bool has_chosen(const struct site *site, const struct subject *subject)
{
	const struct finding *const findings = subject->findings.items;

	if (!site->choice)
		return true;
	for (size_t i = 0; i < subject->findings.count; i++) {
		if (is_chosen(site, findings[i].id))
			return true;
	}
	return false;
}

static int do_service(struct site *site, struct subject *subject, struct ll_arena *arena,
                      struct ll_error *err)
{
	int rc = load_findings(site, subject, arena, err);

	if (rc == LL_OK)
		rc = load_instance(site, subject, arena, err);
	if (rc == LL_OK)
		rc = find_key(site, subject, err);
	if (rc < 0 || !has_chosen(site, subject))
		return rc;
	if (!site->models && is_current(site, subject))
		return keep(site, subject, err);
	return make(site, subject, err);
}

/* The list is read before any page is made: opening the scope changes what statements see. */
static int load_services(const struct site *site, struct ll_vec *subjects, struct ll_arena *arena,
                         struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(site->ledger, "sql/reports/index/service_ids.sql", &stmt, err);

	if (rc < 0)
		return rc;
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		struct subject *const subject = ll_vec_push(subjects, sizeof *subject);

		subject->service_id = ll_stmt_i64(stmt, 0);
		subject->file = ll_arena_str(arena, ll_stmt_text(stmt, 1));
		subject->name = ll_arena_str(arena, ll_stmt_text(stmt, 2));
		subject->limit_bytes = ll_service_limit_of(
			site->options->limits, site->options->limit_count, subject->name.data);
	}
	return rc;
}

static int do_services(struct site *site, struct ll_error *err)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	struct ll_vec subjects = LL_VEC_INIT;
	int rc = load_services(site, &subjects, &arena, err);
	struct subject *const items = subjects.items;

	if (rc == LL_OK)
		rc = ll_incidents_load(site->ledger, NULL, site->options->limits,
		                       site->options->limit_count, &arena, &site->incidents, err);
	for (size_t i = 0; rc == LL_OK && i < subjects.count; i++)
		rc = do_service(site, &items[i], &arena, err);
	for (size_t i = 0; i < subjects.count; i++)
		ll_vec_done(&items[i].findings);
	ll_vec_done(&subjects);
	ll_vec_done(&site->incidents);
	return rc;
}

/* ------------------------------------------------------------------------ fleet */

static int do_teams(struct site *site, struct ll_figure_of figure, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc;

	figure.team = "";
	rc = put(site, LL_PAGE_TEAMS, "teams.html", site->templates, &figure, err);
	if (rc == LL_OK)
		rc = ll_stmt_resource(site->ledger, "sql/reports/teams/names.sql", &stmt, err);
	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		const struct ll_str file = ll_stmt_text(stmt, 1);
		char path[PATH_SIZE];

		figure.team = ll_stmt_text(stmt, 0).data;
		(void)snprintf(path, sizeof path, "team/%.*s.html", LL_STR_ARG(file));
		rc = put(site, LL_PAGE_TEAM, path, site->templates, &figure, err);
	}
	return rc;
}

static struct ll_hash week_key(const struct site *site, struct ll_str made_of)
{
	LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();
	uint8_t templates[16];

	ll_hash_to_bytes(site->templates, templates);
	ll_hasher_put(hasher, templates, sizeof templates);
	ll_hasher_put(hasher, made_of.data, made_of.size);
	return ll_hasher_get(hasher);
}

/* Weeks that are over are not made again. */
static int do_weeks(struct site *site, struct ll_figure_of figure, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = put(site, LL_PAGE_WEEKS, "weeks.html", site->templates, &figure, err);

	if (rc == LL_OK)
		rc = ll_stmt_resource(site->ledger, "sql/reports/weeks/names.sql", &stmt, err);
	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		const struct ll_hash key = week_key(site, ll_stmt_text(stmt, 2));
		const struct ll_str week = ll_stmt_text(stmt, 0);
		char path[PATH_SIZE];

		figure.week_ns = ll_stmt_i64(stmt, 1);
		(void)snprintf(path, sizeof path, "week/%.*s.html", LL_STR_ARG(week));
		rc = !site->models && ll_site_is_current(site->output, path, key)
		             ? ll_site_keep(site->output, path, key, err)
		             : put(site, LL_PAGE_WEEK, path, key, &figure, err);
	}
	return rc;
}

static int do_pages_of_fleet(struct site *site, struct ll_error *err)
{
	struct ll_figure_of figure = {
		.ledger = site->ledger,
		.since_ns = site->options->since_ns,
		.until_ns = site->options->until_ns,
	};
	int rc = put(site, LL_PAGE_CAPTURES, "captures.html", site->templates, &figure, err);

	if (rc == LL_OK)
		rc = put(site, LL_PAGE_SERVICES, "services.html", site->templates, &figure, err);
	if (rc == LL_OK)
		rc = do_teams(site, figure, err);
	if (rc == LL_OK)
		rc = do_weeks(site, figure, err);
	figure.most_rows = ROWS_INDEX_COVERAGE;
	if (rc == LL_OK)
		rc = put(site, LL_PAGE_INDEX, "index.html", site->templates, &figure, err);
	return rc;
}

static int put_asset(struct site *site, const char *path, const char *name, struct ll_error *err)
{
	const struct ll_resource *const asset =
		ll_resource_find(ll_ledger_resources(site->ledger), name);

	if (!asset)
		return ll_fail(err, LL_E_INTERNAL, "no resource '%s'", name);
	return ll_site_put(site->output, path, site->templates, asset->bytes, err);
}

static int do_fleet(struct site *site, struct ll_error *err)
{
	int rc = put_asset(site, "style.css", "templates/style/site.css", err);

	if (rc == LL_OK)
		rc = put_asset(site, "flame.css", "templates/style/flame.css", err);
	if (rc == LL_OK)
		rc = put_asset(site, "flame.js", "templates/script/flame.js", err);
	return rc < 0 ? rc : do_pages_of_fleet(site, err);
}

static int open_replay(struct site *site, struct ll_error *err)
{
	const struct ll_replay_options options = {
		.skip_off = true,
		.since_ns = site->options->since_ns,
		.until_ns = site->options->until_ns,
		.time_limit_ns = RULE_SECONDS * LL_NS_PER_S,
		.limits = site->options->limits,
		.limit_count = site->options->limit_count,
	};

	return ll_replay_open(site->ledger, &options, &site->replay, err);
}

static int open_tools(struct site *site, struct ll_error *err)
{
	int rc = ll_scope_open(site->ledger, LL_SCOPE_NOTHING, false, err);

	if (rc == LL_OK)
		rc = ll_catalog_open(ll_ledger_resources(site->ledger), &site->catalog, err);
	return rc == LL_OK ? open_replay(site, err) : rc;
}

static void close_tools(struct site *site)
{
	ll_catalog_close(site->catalog);
	ll_replay_close(site->replay);
}

static int write_site(struct site *site, struct ll_error *err)
{
	const struct ll_resources *const resources = ll_ledger_resources(site->ledger);
	struct ll_site_stats stats = {.written = 0};
	int rc = open_tools(site, err);

	if (rc == LL_OK)
		rc = ll_transform_open(resources, &site->transform, err);
	if (rc == LL_OK)
		rc = ll_site_open(site->options->directory, &site->output, err);
	if (rc < 0)
		return rc;
	site->templates = hash_resources(resources, site->options->version);
	rc = do_services(site, err);
	if (rc == LL_OK)
		rc = do_fleet(site, err);
	if (rc == LL_OK)
		rc = ll_site_commit(site->output, &stats, err);
	if (rc < 0)
		return rc;
	site->result->written = stats.written;
	site->result->unchanged = stats.unchanged;
	site->result->removed = stats.removed;
	return LL_OK;
}

int ll_report_site(struct ll_ledger *ledger, const struct ll_report_options *options,
                   struct ll_report_result *ret_result, struct ll_error *err)
{
	struct site site = {.ledger = ledger, .options = options, .result = ret_result};
	int rc;

	*ret_result = (struct ll_report_result){.written = 0};
	rc = ll_ledger_begin_read(ledger, err);
	if (rc < 0)
		return rc;
	ll_buf_init(&site.page, LL_BUF_PAGE);
	ll_buf_init(&site.draft, LL_BUF_PAGE);
	ll_buf_init(&site.picture, LL_BUF_CHART);
	rc = write_site(&site, err);
	ll_buf_done(&site.page);
	ll_buf_done(&site.draft);
	ll_buf_done(&site.picture);
	ll_site_close(site.output);
	ll_transform_close(site.transform);
	close_tools(&site);
	ll_ledger_rollback(ledger);
	return rc < 0 ? ll_within(err, "report") : LL_OK;
}

/* ----------------------------------------------------------------------- models */

static int choose(struct site *site, struct ll_arena *arena, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const struct ll_findings_of of = {.ledger = site->ledger, .choice = *site->choice};
	int rc = ll_found_list(&of, "sql/reports/findings/list.sql", &stmt, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0)
		*(struct ll_str *)ll_vec_push(&site->chosen, sizeof(struct ll_str)) =
			ll_arena_str(arena, ll_stmt_text(stmt, 0));
	return rc;
}

static int write_models(struct site *site, struct ll_error *err)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	const struct ll_output *const out = site->models;
	struct ll_buf head;
	int rc = open_tools(site, err);

	if (rc == LL_OK && site->choice)
		rc = choose(site, &arena, err);
	if (rc < 0)
		return rc;
	ll_buf_init(&head, LL_BUF_MESSAGE);
	ll_buf_printf(&head,
	              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<report version=\"%s\">\n",
	              site->options->version);
	rc = out->put(out->self, ll_buf_str(&head), err);
	ll_buf_done(&head);
	if (rc == LL_OK)
		rc = do_services(site, err);
	if (rc == LL_OK && !site->choice)
		rc = do_pages_of_fleet(site, err);
	return rc < 0 ? rc : out->put(out->self, ll_str("</report>\n"), err);
}

int ll_report_models(struct ll_ledger *ledger, const struct ll_report_options *options,
                     const struct ll_choice *findings, const struct ll_output *out,
                     struct ll_error *err)
{
	struct ll_report_result result = {.written = 0};
	struct site site = {
		.ledger = ledger,
		.options = options,
		.models = out,
		.choice = findings,
		.result = &result,
	};
	int rc = ll_ledger_begin_read(ledger, err);

	if (rc < 0)
		return rc;
	rc = write_models(&site, err);
	close_tools(&site);
	ll_vec_done(&site.chosen);
	ll_ledger_rollback(ledger);
	return rc < 0 ? ll_within(err, "report") : LL_OK;
}
