/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pages.c - see pages.h.
 *
 * A page is a list of parts. A part is a row of SQL, a list of rows, or a figure; some lists are
 * completed by what SQL cannot know: small pictures, and what an analyzer's header says.
 */
#include "pages.h"

#include "postmortem.h"

#include <leakledger/chart.h>
#include <leakledger/units.h>

#include <math.h>

enum {
	ROWS_INCIDENTS = 60,
	PAGE_BUDGET = 500 * 1024, /* larger pages are slow to open on a phone */
	INDEX_BUDGET = 200 * 1024,
	ROWS_UNBOUNDED = 200, /* from level 1 on, of a list without an end */
	ROWS_LEAST = 5,
	ROWS_INDEX_FINDINGS = 20,
	ROWS_INDEX_MOVED = 5,
	ROWS_INDEX_SERVICES = 20,
	ROWS_INDEX_WEEKS = 5,
	ROWS_SERVICES = 600,
	ROWS_ODD = 1000,
	ROWS_SERVICE = 200,
	ROWS_MAIL_FINDINGS = 8,
	ROWS_MAIL = 6,
	ROWS_FILES = 60,
	ROWS_GROWTH = 12,
	ROWS_WEEKS = 520, /* ten years */
	ROWS_HISTORY = 60,
};

/** Completes the rows below `list`. */
typedef int complete_fn(const struct ll_page_of *of, xmlNodePtr list, struct ll_error *err);

struct part {
	const char *element;
	const char *row; /* name of each row of a list; NULL: one row, on the element itself */
	const char *sql; /* NULL: a figure, a grid or an icicle */
	enum ll_figure figure;
	bool is_grid;
	enum ll_grid grid;
	enum ll_icicle icicle;
	size_t most; /* rows; 0: all */
	complete_fn *complete;
};

enum {
	PARTS_MAX = 24,
};

struct page {
	const char *kind;
	const char *base; /* how to come to the site's root from there */
	size_t budget;    /* bytes; 0: PAGE_BUDGET */
	struct part parts[PARTS_MAX];
};

/* ------------------------------------------------------------------- completing */

static int spark_of_finding(const struct ll_page_of *of, xmlNodePtr row, struct ll_error *err)
{
	struct ll_figure_of figure = of->figure;
	char id[64];

	figure.finding_id = ll_model_attribute(row, "id").data;
	(void)snprintf(id, sizeof id, "spark-%s", figure.finding_id);
	return ll_figure_spark(
		&(struct ll_spark_of){.sql = "sql/reports/finding/series.sql",
	                              .id = id,
	                              .is_count = ll_model_attribute(row, "goroutines").size > 0},
		&figure, row, err);
}

static int find_instance(const struct ll_page_of *of, struct ll_figure_of *figure,
                         struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(of->ledger, "sql/reports/service/shown_instance.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", figure->service_id);
	rc = ll_stmt_step(stmt, err);
	if (rc > 0)
		figure->instance_id = ll_stmt_i64(stmt, 0);
	return rc;
}

/* What the small pictures of services share, so that sizes can be compared. */
static int find_scale(const struct ll_page_of *of, struct ll_spark_of *spark, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(of->ledger, "sql/reports/index/spark_scale.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_figure_bind(stmt, &of->figure);
	rc = ll_stmt_step(stmt, err);
	if (rc > 0 && !ll_stmt_is_null(stmt, 2)) {
		spark->from_ns = ll_stmt_i64(stmt, 0);
		spark->to_ns = ll_stmt_i64(stmt, 1);
		spark->high = ll_stmt_f64(stmt, 2);
	}
	return rc < 0 ? rc : LL_OK;
}

/*
 * Two pictures of the service at that place of the list: its shape on scales of its own, and its
 * size on those of all. A service that lived for a day of a year has a shape, too, and one old
 * capture must not make dots of the others.
 */
static int spark_of_service(const struct ll_page_of *of, xmlNodePtr row, int place,
                            const struct ll_spark_of *shared, struct ll_error *err)
{
	struct ll_figure_of figure = of->figure;
	struct ll_spark_of spark = {.sql = shared->sql};
	char id[64];
	int rc;

	if (!ll_str_to_i64(ll_model_attribute(row, "service_id"), &figure.service_id))
		return ll_fail(err, LL_E_INTERNAL, "a service without its id");
	rc = find_instance(of, &figure, err);
	if (rc <= 0)
		return rc;
	(void)snprintf(id, sizeof id, "shape-%d", place);
	spark.id = id;
	spark.has_end_text = true;
	rc = ll_figure_spark(&spark, &figure, row, err);
	if (rc < 0)
		return rc;
	(void)snprintf(id, sizeof id, "size-%d", place);
	spark.has_end_text = false;
	spark.from_ns = shared->from_ns;
	spark.to_ns = shared->to_ns;
	spark.high = shared->high;
	return ll_figure_spark(&spark, &figure, row, err);
}

static int each(const struct ll_page_of *of, xmlNodePtr list, complete_fn *complete,
                struct ll_error *err)
{
	int rc = LL_OK;

	for (xmlNodePtr row = list->children; rc >= 0 && row; row = row->next)
		rc = complete(of, row, err);
	return rc < 0 ? rc : LL_OK;
}

static int sparks_of_findings(const struct ll_page_of *of, xmlNodePtr list, struct ll_error *err)
{
	return each(of, list, spark_of_finding, err);
}

static int sparks_of_services(const struct ll_page_of *of, xmlNodePtr list, struct ll_error *err)
{
	struct ll_spark_of shared = {.sql = "sql/reports/index/spark.sql"};
	char text[LL_UNIT_TEXT];
	int place = 0, rc = find_scale(of, &shared, err);

	if (shared.high > 0)
		ll_model_text(list, "scale", ll_str(ll_format_bytes(llround(shared.high), text)));
	for (xmlNodePtr row = list->children; rc >= 0 && row; row = row->next)
		rc = spark_of_service(of, row, ++place, &shared, err);
	return rc < 0 ? rc : LL_OK;
}

static int verdict_of(const struct ll_page_of *of, xmlNodePtr row, struct ll_error *err)
{
	return ll_incident_said(of->ledger, row, err);
}

static int verdicts_of_service(const struct ll_page_of *of, xmlNodePtr list, struct ll_error *err)
{
	return each(of, list, verdict_of, err);
}

/* Kills of services that were seen running, the newest only; others have a list of their own. */
static int verdicts_of_incidents(const struct ll_page_of *of, xmlNodePtr list, struct ll_error *err)
{
	size_t shown = 0, hidden = 0;
	int rc = LL_OK;

	for (xmlNodePtr row = list->children, next; rc >= 0 && row; row = next) {
		const bool is_seen =
			ll_str_equal(ll_model_attribute(row, "is_seen"), ll_str("yes"));

		next = row->next;
		if (is_seen && shown < ROWS_INCIDENTS) {
			rc = ll_incident_said(of->ledger, row, err);
			shown++;
			continue;
		}
		hidden += is_seen;
		xmlUnlinkNode(row);
		xmlFreeNode(row);
	}
	if (hidden > 0)
		ll_model_hidden(list, hidden);
	return rc;
}

/* What the analyzer's header says; one that is no longer there is shown by its id alone. */
static int words_of_analyzer(const struct ll_page_of *of, xmlNodePtr row, struct ll_error *err)
{
	const struct ll_str id = ll_model_attribute(row, "analyzer");
	const struct ll_analyzer *const analyzer =
		id.size > 0 ? ll_catalog_find(of->catalog, id.data) : NULL;

	(void)err;
	if (!analyzer)
		return LL_OK;
	ll_model_text(row, "title", analyzer->title);
	ll_model_text(row, "layer", ll_str(ll_layer_name(analyzer->layer)));
	ll_model_text(row, "why", analyzer->why);
	ll_model_text(row, "blind_spot", analyzer->blind_spot);
	ll_model_text(row, "source", analyzer->source);
	(void)ll_model_child(row, "query", analyzer->sql);
	return LL_OK;
}

/* True when an analyzer is among the evidence of the page. */
static bool has_spoken(xmlNodePtr page, struct ll_str id)
{
	for (xmlNodePtr part = page->children; part; part = part->next) {
		if (strcmp((const char *)part->name, "evidence") != 0)
			continue;
		for (xmlNodePtr term = part->children; term; term = term->next) {
			if (ll_str_equal(ll_model_attribute(term, "analyzer"), id))
				return true;
		}
	}
	return false;
}

/* Analyzers about places of the finding's kind, or about what a place is. */
static bool is_about(const struct ll_analyzer *analyzer, struct ll_str kind)
{
	static const struct {
		const char *kind, *topics;
	} topics[] = {
		{"heap", "heap class pool timer context finalizer"},
		{"goroutines", "goroutine class context timer contention"},
		{"service", "memory gc process"},
	};
	const struct ll_str topic = ll_str_first(analyzer->id, ll_str_index(analyzer->id, '.'));

	for (size_t i = 0; i < LL_COUNT(topics); i++) {
		struct ll_str rest = ll_str(topics[i].topics);

		while (ll_str_equal(kind, ll_str(topics[i].kind)) && rest.size > 0) {
			if (ll_str_equal(ll_str_split(&rest, ' '), topic))
				return true;
		}
	}
	return false;
}

/* What was looked at and not found: analyzers of layers that were done and that say nothing. */
static int silent_analyzers(const struct ll_page_of *of, xmlNodePtr list, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const xmlNodePtr page = list->parent;
	const struct ll_str kind = ll_model_attribute(page->children, "kind");
	size_t count;
	const struct ll_analyzer *const all = ll_catalog_all(of->catalog, &count);
	int rc = ll_stmt_resource(of->ledger, "sql/reports/finding/layers.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_figure_bind(stmt, &of->figure);
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		const struct ll_str layer = ll_stmt_text(stmt, 0);

		for (size_t i = 0; i < count; i++) {
			xmlNodePtr row;

			if (!ll_str_equal(ll_str(ll_layer_name(all[i].layer)), layer) ||
			    !is_about(&all[i], kind) || has_spoken(page, all[i].id))
				continue;
			row = ll_model_element(list, "silent");
			ll_model_text(row, "analyzer", all[i].id);
			ll_model_text(row, "title", all[i].title);
			ll_model_text(row, "layer", layer);
		}
	}
	return rc;
}

static int words_of_analyzers(const struct ll_page_of *of, xmlNodePtr list, struct ll_error *err)
{
	return each(of, list, words_of_analyzer, err);
}

/* -------------------------------------------------------------------- the table */

/* clang-format off */
#define ROW(element_, sql_) {.element = (element_), .sql = (sql_)}
#define ROWS(element_, row_, sql_, most_, complete_) \
	{.element = (element_), .row = (row_), .sql = (sql_), .most = (most_), .complete = (complete_)}
#define FIGURE(figure_) {.element = "figure", .figure = (figure_)}
#define ICICLE(icicle_) {.element = "icicle", .icicle = (icicle_)}
#define GRID(grid_) {.element = "figure", .is_grid = true, .grid = (grid_)}

static const struct page pages[] = {
	[LL_PAGE_INDEX] = {.kind = "index", .base = "", .budget = INDEX_BUDGET, .parts = {
		ROW("head", "sql/reports/index/head.sql"),
		ROW("counts", "sql/reports/index/counts.sql"),
		ROWS("trust", "doubt", "sql/reports/index/trust.sql", 0, NULL),
		ROWS("changes", "change", "sql/reports/index/changes.sql", 0, NULL),
		ROWS("moved", "finding", "sql/reports/index/moved.sql", ROWS_INDEX_MOVED, NULL),
		ROWS("findings", "finding", "sql/reports/index/findings.sql", ROWS_INDEX_FINDINGS, sparks_of_findings),
		ROW("kills", "sql/reports/incidents/head.sql"),
		ROWS("incidents", "incident", "sql/reports/postmortem/incidents.sql", 0, verdicts_of_incidents),
		ROWS("suppressed", "finding", "sql/reports/index/suppressed.sql", ROWS_INDEX_FINDINGS, NULL),
		ROWS("suppressions", "note", "sql/reports/run/suppressions.sql", 0, NULL),
		ROWS("services", "service", "sql/reports/index/services.sql", ROWS_INDEX_SERVICES, sparks_of_services),
		GRID(LL_GRID_COVERAGE),
		ROWS("weeks", "week", "sql/reports/weeks/list.sql", ROWS_INDEX_WEEKS, NULL),
	}},
	[LL_PAGE_SERVICES] = {.kind = "services", .base = "", .parts = {
		ROW("head", "sql/reports/index/head.sql"),
		ROWS("services", "service", "sql/reports/index/services.sql", ROWS_SERVICES, sparks_of_services),
	}},
	[LL_PAGE_TEAMS] = {.kind = "teams", .base = "", .parts = {
		ROW("head", "sql/reports/teams/head.sql"),
		ROWS("teams", "team", "sql/reports/teams/list.sql", ROWS_SERVICES, NULL),
		ROWS("services", "service", "sql/reports/index/services.sql", ROWS_SERVICES, NULL),
	}},
	[LL_PAGE_TEAM] = {.kind = "team", .base = "../", .parts = {
		ROW("head", "sql/reports/team/head.sql"),
		ROWS("findings", "finding", "sql/reports/index/findings.sql", ROWS_SERVICE, sparks_of_findings),
		ROWS("services", "service", "sql/reports/index/services.sql", ROWS_SERVICES, sparks_of_services),
	}},
	[LL_PAGE_WEEKS] = {.kind = "weeks", .base = "", .parts = {
		ROWS("weeks", "week", "sql/reports/weeks/list.sql", ROWS_WEEKS, NULL),
	}},
	[LL_PAGE_WEEK] = {.kind = "week", .base = "../", .parts = {
		ROW("head", "sql/reports/week/head.sql"),
		ROWS("findings", "finding", "sql/reports/week/findings.sql", ROWS_SERVICE, NULL),
		ROWS("silent", "service", "sql/reports/week/silent.sql", ROWS_SERVICE, NULL),
	}},
	[LL_PAGE_SERVICE] = {.kind = "service", .base = "../", .parts = {
		ROW("head", "sql/reports/service/head.sql"),
		ROWS("findings", "finding", "sql/reports/service/findings.sql", ROWS_SERVICE, NULL),
		ROWS("incidents", "incident", "sql/reports/postmortem/incidents.sql", ROWS_INCIDENTS, verdicts_of_service),
		ROWS("card", "state", "sql/reports/service/card.sql", 0, NULL),
		FIGURE(LL_FIGURE_FLOOR),
		FIGURE(LL_FIGURE_HEAP),
		FIGURE(LL_FIGURE_LEDGER),
		FIGURE(LL_FIGURE_SITES),
		FIGURE(LL_FIGURE_GOROUTINES),
		GRID(LL_GRID_SITES),
		GRID(LL_GRID_BUILDS),
		FIGURE(LL_FIGURE_GC_CPU),
		FIGURE(LL_FIGURE_COUNT),
		FIGURE(LL_FIGURE_OBJECTS),
		FIGURE(LL_FIGURE_RSS),
		ICICLE(LL_ICICLE_SERVICE),
		ROWS("growth", "site", "sql/reports/service/growth.sql", ROWS_GROWTH, NULL),
		ROWS("gogc", "choice", "sql/reports/service/gogc.sql", 0, NULL),
		ROWS("stages", "stage", "sql/reports/service/stages.sql", 0, NULL),
		ROWS("rules", "rule", "sql/reports/service/rules.sql", ROWS_SERVICE, NULL),
		ROWS("lives", "life", "sql/reports/service/lives.sql", ROWS_SERVICE, NULL),
		ROWS("kinds", "kind", "sql/reports/service/kinds.sql", 0, NULL),
		ROWS("files", "file", "sql/reports/service/captures.sql", ROWS_FILES, NULL),
	}},
	[LL_PAGE_FINDING] = {.kind = "finding", .base = "../", .parts = {
		ROW("head", "sql/reports/finding/head.sql"),
		ROWS("ticket", "block", "sql/reports/finding/ticket.sql", 0, NULL),
		FIGURE(LL_FIGURE_PLACE),
		ICICLE(LL_ICICLE_FINDING),
		ROWS("source", "line", "sql/reports/finding/source.sql", 0, NULL),
		ROWS("why", "reason", "sql/reports/finding/paragraphs.sql", 0, NULL),
		ROWS("evidence", "term", "sql/reports/finding/evidence.sql", 0, words_of_analyzers),
		ROWS("terms", "sum", "sql/reports/finding/terms.sql", 0, NULL),
		ROWS("counter", "doubt", "sql/reports/finding/counter.sql", 0, silent_analyzers),
		ROWS("places", "place", "sql/reports/finding/places.sql", ROWS_SERVICE, NULL),
		ROWS("callers", "caller", "sql/reports/finding/callers.sql", 0, NULL),
		ROWS("captures", "pair", "sql/reports/finding/captures.sql", 0, NULL),
		ROWS("history", "judgment", "sql/reports/finding/history.sql", ROWS_HISTORY, NULL),
	}},
	[LL_PAGE_RULES] = {.kind = "rules", .base = "", .parts = {
		ROW("head", "sql/reports/rules/head.sql"),
		ROWS("rules", "rule", "sql/reports/rules/list.sql", ROWS_SERVICE, NULL),
		ROWS("lacking", "rule", "sql/reports/rules/lacking.sql", ROWS_SERVICE, NULL),
	}},
	[LL_PAGE_INCIDENTS] = {.kind = "kills", .base = "", .parts = {
		ROW("head", "sql/reports/incidents/head.sql"),
		ROWS("incidents", "incident", "sql/reports/postmortem/incidents.sql", 0, verdicts_of_incidents),
		ROWS("strangers", "stranger", "sql/reports/incidents/strangers.sql", ROWS_SERVICE, NULL),
		ROWS("tasks", "task", "sql/reports/incidents/tasks.sql", 0, NULL),
	}},
	[LL_PAGE_CAPTURES] = {.kind = "captures", .base = "", .parts = {
		ROW("head", "sql/reports/captures/head.sql"),
		ROWS("odd", "file", "sql/reports/captures/odd.sql", ROWS_ODD, NULL),
		ROWS("audited", "capture", "sql/reports/captures/audited.sql", ROWS_ODD, NULL),
		ROWS("ignored", "service", "sql/reports/captures/ignored.sql", ROWS_SERVICE, NULL),
		ROWS("kinds", "kind", "sql/reports/captures/kinds.sql", 0, NULL),
		GRID(LL_GRID_COVERAGE),
	}},
	[LL_PAGE_MAIL] = {.kind = "mail", .base = "", .parts = {
		ROW("head", "sql/reports/mail/head.sql"),
		ROWS("findings", "finding", "sql/reports/mail/findings.sql", ROWS_MAIL_FINDINGS, NULL),
		ROWS("courses", "course", "sql/reports/mail/courses.sql", ROWS_MAIL, NULL),
		ROWS("fixed", "finding", "sql/reports/mail/fixed.sql", ROWS_MAIL, NULL),
		ROWS("incidents", "incident", "sql/reports/mail/incidents.sql", ROWS_MAIL, NULL),
		ROWS("suppressions", "suppression", "sql/reports/mail/suppressions.sql", ROWS_MAIL, NULL),
		ROWS("silent", "service", "sql/reports/mail/silent.sql", ROWS_MAIL, NULL),
	}},
};

#undef ROW
#undef ROWS
#undef FIGURE
#undef GRID
#undef ICICLE
/* clang-format on */

/* ----------------------------------------------------------------------- making */

static int put_row(xmlNodePtr element, struct ll_stmt *stmt, struct ll_error *err)
{
	const int rc = ll_stmt_step(stmt, err);

	if (rc == 0)
		return ll_fail(err, LL_E_NOTFOUND, "there is no such thing in the ledger");
	return rc < 0 ? rc : ll_model_row(element, stmt, err);
}

/* 0: all. */
static size_t most_rows(const struct part *part, int level)
{
	size_t most = part->most;

	if (level == 0)
		return most;
	most = (most == 0 ? ROWS_UNBOUNDED : most) >> (level - 1);
	return most < ROWS_LEAST ? ROWS_LEAST : most;
}

/* Pictures of services go first: that of a finding says more. */
static bool is_without_pictures(const struct part *part, int level)
{
	return (part->complete == sparks_of_services && level > 0) ||
	       (part->complete == sparks_of_findings && level > 1);
}

static int put_rows(const struct part *part, const struct ll_page_of *of, xmlNodePtr element,
                    struct ll_stmt *stmt, struct ll_error *err)
{
	const size_t most = most_rows(part, of->level);
	size_t rows = 0;
	int rc = ll_model_rows(element, part->row, stmt, most, &rows, err);

	if (rc < 0)
		return rc;
	ll_model_i64(element, "rows", (int64_t)rows);
	if (most > 0 && rows > most)
		ll_model_hidden(element, rows - most);
	if (!part->complete || is_without_pictures(part, of->level))
		return LL_OK;
	return part->complete(of, element, err);
}

static int put_grid(const struct part *part, const struct ll_page_of *of, xmlNodePtr page,
                    struct ll_error *err)
{
	struct ll_figure_of figure = of->figure;

	if (of->level > 1) {
		figure.most_rows =
			(figure.most_rows > 0 ? figure.most_rows : LL_HEAT_ROWS) >> (of->level - 1);
		figure.most_rows = figure.most_rows < ROWS_LEAST ? ROWS_LEAST : figure.most_rows;
	}
	return ll_grid_put(part->grid, &figure, page, err);
}

static int put_part(const struct part *part, const struct ll_page_of *of, xmlNodePtr page,
                    struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	xmlNodePtr element;
	int rc;

	if (part->icicle != LL_ICICLE_NONE)
		return ll_icicle_put(part->icicle, &of->figure, of->slot, page, err);
	if (part->is_grid)
		return put_grid(part, of, page, err);
	if (!part->sql)
		return ll_figure_put(part->figure, &of->figure, page, err);
	rc = ll_stmt_resource(of->ledger, part->sql, &stmt, err);
	if (rc < 0)
		return rc;
	ll_figure_bind(stmt, &of->figure);
	element = ll_model_element(page, part->element);
	rc = part->row ? put_rows(part, of, element, stmt, err) : put_row(element, stmt, err);
	return rc < 0 ? ll_within(err, "part '%s'", part->element) : LL_OK;
}

static size_t budget_of(const struct page *page)
{
	return page->budget > 0 ? page->budget : PAGE_BUDGET;
}

size_t ll_page_budget(enum ll_page page)
{
	return budget_of(&pages[page]);
}

static int make(const struct page *page, const struct ll_page_of *of, struct ll_model *model,
                struct ll_error *err)
{
	char text[LL_UNIT_TEXT];
	int rc = LL_OK;

	ll_model_text(model->page, "base", ll_str(page->base));
	ll_model_text(model->page, "version", ll_str(of->version));
	ll_model_redaction(model->page, ll_ledger_redactor(of->ledger));
	if (of->level > 0)
		ll_model_text(model->page, "shortened",
		              ll_str(ll_format_bytes((int64_t)budget_of(page), text)));
	for (size_t i = 0; rc == LL_OK && i < PARTS_MAX && page->parts[i].element; i++)
		rc = put_part(&page->parts[i], of, model->page, err);
	return rc;
}

int ll_page_make(enum ll_page page, const struct ll_page_of *of, struct ll_model *ret_model,
                 struct ll_error *err)
{
	int rc = ll_model_init(ret_model, pages[page].kind, err);

	if (rc < 0)
		return rc;
	rc = make(&pages[page], of, ret_model, err);
	if (rc < 0)
		ll_model_done(ret_model);
	return rc < 0 ? ll_within(err, "page '%s'", pages[page].kind) : LL_OK;
}
