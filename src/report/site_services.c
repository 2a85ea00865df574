/* SPDX-License-Identifier: Apache-2.0 */
/*
 * site_services.c - pages of services and of their findings.
 *
 * They are made together, because both need the scope over the service, which is the costly part.
 * Their key is a hash of all that they are made of (sql/reports/service/key.sql), of the templates
 * and of this program's version: while it stands, last run's pages are taken over without opening
 * the scope. The others are drawn by as many makers as there are processors.
 */
#include "maker.h"

#include <leakledger/threads.h>

enum {
	SUBJECTS_PER_MAKER = 3, /* fewer are not worth a connection of their own */
	MAKERS_MAX = 16,        /* each holds a scope in memory */
};

/* A service, and the ids of its findings. */
struct subject {
	int64_t service_id;
	struct ll_str name, file, instance;
	int64_t instance_id, limit_bytes;
	struct ll_vec findings; /* struct finding */
	struct ll_hash key;
	struct ll_buf said; /* what rules of others said: JSON of ll_replay_save */
	struct ll_buf told; /* what its post-mortems say: a line of JSON each */
};

struct finding {
	struct ll_str id, subject, axis, what;
	bool is_count;
};

/* ------------------------------------------------------------------------- keys */

static int find_key(const struct ll_maker *maker, struct subject *subject, struct ll_error *err)
{
	LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	uint8_t templates[16];
	int rc = ll_stmt_resource(maker->ledger, "sql/reports/service/key.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_hash_to_bytes(maker->templates, templates);
	ll_hasher_put(hasher, templates, sizeof templates);
	ll_hasher_put(hasher, &subject->limit_bytes, sizeof subject->limit_bytes);
	ll_hasher_put(hasher, &maker->options->since_ns, sizeof maker->options->since_ns);
	ll_hasher_put(hasher, &maker->options->until_ns, sizeof maker->options->until_ns);
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

static void path_of_service(const struct subject *subject, char path[LL_PATH_SIZE])
{
	(void)snprintf(path, LL_PATH_SIZE, "service/%.*s.html", LL_STR_ARG(subject->file));
}

/* For other programs, and for the page of all rules: a service that stands is not replayed. */
static void path_of_said(const struct subject *subject, char path[LL_PATH_SIZE])
{
	(void)snprintf(path, LL_PATH_SIZE, "rules/%.*s.json", LL_STR_ARG(subject->file));
}

static void path_of_finding(const struct finding *finding, char path[LL_PATH_SIZE])
{
	(void)snprintf(path, LL_PATH_SIZE, "finding/%.*s.html", LL_STR_ARG(finding->id));
}

static void path_of_incident(const struct ll_incident_row *incident, char path[LL_PATH_SIZE])
{
	(void)snprintf(path, LL_PATH_SIZE, "incidents/%s.html", incident->name);
}

/* The same for other programs, and for the page of all kills. */
static void path_of_told(const struct ll_incident_row *incident, char path[LL_PATH_SIZE])
{
	(void)snprintf(path, LL_PATH_SIZE, "incidents/%s.json", incident->name);
}

/* The next kill of the subject from `index` on; NULL when there is none. */
static const struct ll_incident_row *next_incident(const struct ll_maker *maker,
                                                   const struct subject *subject, size_t *index)
{
	const struct ll_incident_row *const rows = maker->incidents.items;

	for (; *index < maker->incidents.count; ++*index) {
		if (rows[*index].incident.service_id == subject->service_id)
			return &rows[(*index)++];
	}
	return NULL;
}

static bool is_chosen(const struct ll_maker *maker, struct ll_str id)
{
	const struct ll_str *const chosen = maker->chosen.items;

	if (!maker->choice)
		return true;
	for (size_t i = 0; i < maker->chosen.count; i++) {
		if (ll_str_equal(chosen[i], id))
			return true;
	}
	return false;
}

static bool is_current(const struct ll_maker *maker, const struct subject *subject)
{
	const struct finding *const findings = subject->findings.items;
	const struct ll_incident_row *incident;
	char path[LL_PATH_SIZE];
	bool is = true;

	path_of_service(subject, path);
	is = ll_site_is_current(maker->output, path, subject->key);
	path_of_said(subject, path);
	is = is && ll_site_is_current(maker->output, path, subject->key);
	for (size_t i = 0; is && i < subject->findings.count; i++) {
		path_of_finding(&findings[i], path);
		is = ll_site_is_current(maker->output, path, subject->key);
	}
	for (size_t i = 0; is && (incident = next_incident(maker, subject, &i)) != NULL;) {
		path_of_incident(incident, path);
		is = ll_site_is_current(maker->output, path, subject->key);
		path_of_told(incident, path);
		is = is && ll_site_is_current(maker->output, path, subject->key);
	}
	return is;
}

static int keep_incident(const struct ll_maker *maker, struct subject *subject,
                         const struct ll_incident_row *incident, struct ll_error *err)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf told;
	char path[LL_PATH_SIZE];
	int rc;

	ll_buf_init(&told, LL_BUF_PAGE);
	path_of_told(incident, path);
	rc = ll_site_read(maker->output, path, &told, err);
	ll_buf_put_str(&subject->told, ll_buf_str(&told));
	if (rc == LL_OK)
		rc = ll_site_keep(maker->output, path, subject->key, err);
	path_of_incident(incident, path);
	return rc == LL_OK ? ll_site_keep(maker->output, path, subject->key, err) : rc;
}

static int keep(const struct ll_maker *maker, struct subject *subject, struct ll_error *err)
{
	const struct finding *const findings = subject->findings.items;
	const struct ll_incident_row *incident;
	char path[LL_PATH_SIZE];
	int rc;

	path_of_said(subject, path);
	rc = ll_site_read(maker->output, path, &subject->said, err);
	if (rc == LL_OK)
		rc = ll_site_keep(maker->output, path, subject->key, err);
	path_of_service(subject, path);
	if (rc == LL_OK)
		rc = ll_site_keep(maker->output, path, subject->key, err);
	for (size_t i = 0; rc == LL_OK && i < subject->findings.count; i++) {
		path_of_finding(&findings[i], path);
		rc = ll_site_keep(maker->output, path, subject->key, err);
	}
	for (size_t i = 0; rc == LL_OK && (incident = next_incident(maker, subject, &i)) != NULL;)
		rc = keep_incident(maker, subject, incident, err);
	return rc;
}

static int tell_incident(struct ll_maker *maker, struct subject *subject,
                         const struct ll_incident_row *row, struct ll_error *err)
{
	const size_t before = subject->told.size;
	char path[LL_PATH_SIZE];
	const int rc = ll_postmortem_json(maker->ledger, &subject->told, err);

	if (rc < 0 || maker->models)
		return rc;
	path_of_told(row, path);
	return ll_site_put(maker->output, path, subject->key,
	                   ll_str_from(ll_buf_str(&subject->told), before), err);
}

static int make_incident(struct ll_maker *maker, struct subject *subject,
                         const struct ll_incident_row *row, struct ll_error *err)
{
	const struct ll_postmortem_page page = {
		.ledger = maker->ledger,
		.version = maker->options->version,
		.base = "../",
		.is_inline = maker->options->is_inline && !maker->models,
	};
	struct ll_model model;
	char path[LL_PATH_SIZE];
	int rc = ll_postmortem_open(maker->ledger, &row->incident, err);

	if (rc == LL_OK)
		rc = ll_incident_keep(maker->ledger, row->name, err);
	if (rc == LL_OK)
		rc = tell_incident(maker, subject, row, err);
	if (rc == LL_OK)
		rc = ll_postmortem_model(&page, &model, err);
	if (rc < 0)
		return rc;
	ll_buf_clear(&maker->page);
	rc = maker->models ? ll_model_write_root(&model, maker->models, err)
	                   : ll_transform_run(maker->transform, &model, &maker->page, err);
	ll_model_done(&model);
	path_of_incident(row, path);
	if (rc == LL_OK && !maker->models)
		rc = ll_site_put(maker->output, path, subject->key, ll_buf_str(&maker->page), err);
	return rc < 0 ? ll_within(err, "%s", path) : LL_OK;
}

/* The scope is open, and the rules are replayed. */
static int make_incidents(struct ll_maker *maker, struct subject *subject, struct ll_error *err)
{
	const struct ll_incident_row *incident;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && !maker->choice &&
	                   (incident = next_incident(maker, subject, &i)) != NULL;)
		rc = make_incident(maker, subject, incident, err);
	return rc;
}

/* A rule that fails is told in the page's table. */
static int replay(struct ll_maker *maker, struct subject *subject, struct ll_error *err)
{
	struct ll_replay_result replayed = {.rules = 0};
	char path[LL_PATH_SIZE];
	int rc = ll_replay_service(maker->replay, subject->service_id, subject->name.data,
	                           &replayed, err);

	if (rc == LL_OK)
		rc = ll_replay_save(maker->replay, subject->service_id, &subject->said, err);
	if (rc < 0 || maker->models)
		return rc;
	path_of_said(subject, path);
	return ll_site_put(maker->output, path, subject->key, ll_buf_str(&subject->said), err);
}

static int make(struct ll_maker *maker, struct subject *subject, struct ll_error *err)
{
	const struct finding *const findings = subject->findings.items;
	struct ll_figure_of figure = {
		.ledger = maker->ledger,
		.service_id = subject->service_id,
		.instance_id = subject->instance_id,
		.instance = subject->instance.data,
		.limit_bytes = subject->limit_bytes,
		.since_ns = maker->options->since_ns,
		.until_ns = maker->options->until_ns,
	};
	char path[LL_PATH_SIZE];
	size_t newest = 0;
	const struct ll_incident_row *const incident =
		maker->choice ? NULL : next_incident(maker, subject, &newest);
	int rc = incident ? ll_foresight(maker->ledger, &incident->incident, err) : LL_OK;

	path_of_service(subject, path);
	if (rc == LL_OK)
		rc = ll_scope_open(maker->ledger, subject->service_id, false, err);
	if (rc == LL_OK)
		rc = replay(maker, subject, err);
	/* Before the service's page, which says of each kill what its post-mortem says. */
	if (rc == LL_OK)
		rc = make_incidents(maker, subject, err);
	if (rc == LL_OK && !maker->choice)
		rc = ll_maker_put(maker, LL_PAGE_SERVICE, path, subject->key, &figure, err);
	for (size_t i = 0; rc == LL_OK && i < subject->findings.count; i++) {
		if (!is_chosen(maker, findings[i].id))
			continue;
		figure.finding_id = findings[i].id.data;
		figure.subject = findings[i].subject;
		figure.axis = findings[i].axis;
		figure.what = findings[i].what;
		figure.is_count = findings[i].is_count;
		path_of_finding(&findings[i], path);
		rc = ll_maker_put(maker, LL_PAGE_FINDING, path, subject->key, &figure, err);
	}
	return rc;
}

/* --------------------------------------------------------------------- services */

static int load_findings(const struct ll_maker *maker, struct subject *subject,
                         struct ll_arena *arena, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(maker->ledger, "sql/reports/service/finding_ids.sql", &stmt, err);

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

static int load_instance(const struct ll_maker *maker, struct subject *subject,
                         struct ll_arena *arena, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(maker->ledger, "sql/reports/service/shown_instance.sql", &stmt,
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
static bool has_chosen(const struct ll_maker *maker, const struct subject *subject)
{
	const struct finding *const findings = subject->findings.items;

	if (!maker->choice)
		return true;
	for (size_t i = 0; i < subject->findings.count; i++) {
		if (is_chosen(maker, findings[i].id))
			return true;
	}
	return false;
}

/* Reads what is to be known before it is decided whether the pages have to be made. */
static int look_at(struct ll_maker *maker, struct subject *subject, struct ll_arena *arena,
                   struct ll_error *err)
{
	int rc = load_findings(maker, subject, arena, err);

	if (rc == LL_OK)
		rc = load_instance(maker, subject, arena, err);
	return rc == LL_OK ? find_key(maker, subject, err) : rc;
}

/* The list is read before any page is made: opening the scope changes what statements see. */
static int load_services(const struct ll_maker *maker, struct ll_vec *subjects,
                         struct ll_arena *arena, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(maker->ledger, "sql/reports/index/service_ids.sql", &stmt, err);

	if (rc < 0)
		return rc;
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		struct subject *const subject = ll_vec_push(subjects, sizeof *subject);

		ll_buf_init(&subject->said, LL_BUF_PAGE);
		ll_buf_init(&subject->told, LL_BUF_PAGE);
		subject->service_id = ll_stmt_i64(stmt, 0);
		subject->file = ll_arena_str(arena, ll_stmt_text(stmt, 1));
		subject->name = ll_arena_str(arena, ll_stmt_text(stmt, 2));
		subject->limit_bytes = ll_service_limit_of(
			maker->options->limits, maker->options->limit_count, subject->name.data);
	}
	return rc;
}

/* ------------------------------------------------------------------------- crew */

/* Makers at work on the services that are due. */
struct crew {
	struct ll_maker *makers[MAKERS_MAX]; /* the first is the caller's own */
	size_t count;
	struct ll_vec due; /* struct subject * */
	struct ll_ticket *ticket;
	struct outcome {
		int rc;
		size_t place; /* in `due`, of the first failure */
		struct ll_error err;
	} outcomes[MAKERS_MAX];
};

/* Until nothing is due, or until something fails. */
static void work(void *self, size_t index)
{
	struct crew *const crew = self;
	struct subject *const *const due = crew->due.items;
	struct outcome *const outcome = &crew->outcomes[index];

	while (outcome->rc == LL_OK) {
		outcome->place = ll_ticket_next(crew->ticket);
		if (outcome->place >= crew->due.count)
			return;
		outcome->rc = make(crew->makers[index], due[outcome->place], &outcome->err);
	}
}

static void work_of_helper(void *self, size_t index)
{
	work(self, index + 1);
}

/* Both see the same ledger: another program may have written between their beginnings. */
static bool sees_the_same(struct ll_maker *a, struct ll_maker *b)
{
	struct ll_maker *const both[] = {a, b};
	struct ll_hash hashes[2];

	for (size_t i = 0; i < LL_COUNT(both); i++) {
		LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
		struct ll_error err = LL_ERROR_INIT;

		if (ll_stmt_resource(both[i]->ledger, "sql/reports/run/moment.sql", &stmt, &err) <
		            0 ||
		    ll_stmt_step(stmt, &err) <= 0)
			return false;
		hashes[i] = ll_hash_bytes(ll_stmt_text(stmt, 0).data, ll_stmt_text(stmt, 0).size);
	}
	return ll_hash_equal(hashes[0], hashes[1]);
}

static void free_helper(struct ll_maker *helper)
{
	ll_maker_close(helper);
	ll_ledger_close(helper->ledger);
	free(helper);
}

/* A maker with a connection of its own. NULL when there can be none: then there is one less. */
static struct ll_maker *new_helper(struct ll_maker *first)
{
	const struct ll_resources *const resources = ll_ledger_resources(first->ledger);
	struct ll_maker *const helper = ll_calloc(1, sizeof *helper);
	struct ll_error err = LL_ERROR_INIT;
	int rc;

	helper->options = first->options;
	helper->output = first->output;
	helper->templates = first->templates;
	helper->incidents = first->incidents;
	rc = ll_ledger_open_again(first->ledger, &helper->ledger, &err);
	if (rc == LL_OK)
		rc = ll_ledger_begin_read(helper->ledger, &err);
	if (rc == LL_OK)
		rc = ll_maker_open(helper, &err);
	if (rc == LL_OK)
		rc = ll_transform_open(resources, &helper->transform, &err);
	if (rc == LL_OK && sees_the_same(first, helper))
		return helper;
	free_helper(helper);
	return NULL;
}

static void hire(struct crew *crew, struct ll_maker *first)
{
	const size_t wanted =
		first->options->jobs > 0 ? first->options->jobs : ll_workers_available();

	crew->makers[0] = first;
	crew->count = 1;
	while (crew->count < wanted && crew->count < MAKERS_MAX &&
	       crew->count * SUBJECTS_PER_MAKER < crew->due.count) {
		struct ll_maker *const helper = new_helper(first);

		if (!helper)
			return;
		crew->makers[crew->count++] = helper;
	}
}

/* Of several failures the one that a single maker would have met first. */
static int settle(struct crew *crew, struct ll_error *err)
{
	const struct outcome *worst = NULL;

	for (size_t i = 0; i < crew->count; i++) {
		const struct outcome *const outcome = &crew->outcomes[i];
		struct ll_report_result *const all = &crew->makers[0]->result;

		if (outcome->rc < 0 && (!worst || outcome->place < worst->place))
			worst = outcome;
		if (i == 0)
			continue;
		all->shortened += crew->makers[i]->result.shortened;
		if (crew->makers[i]->result.largest_page > all->largest_page)
			all->largest_page = crew->makers[i]->result.largest_page;
		free_helper(crew->makers[i]);
	}
	if (worst)
		*err = worst->err;
	return worst ? worst->rc : LL_OK;
}

static int make_all(struct crew *crew, struct ll_maker *first, struct ll_error *err)
{
	struct ll_workers *workers = NULL;
	struct ll_error none = LL_ERROR_INIT;
	size_t started = 0;

	hire(crew, first);
	crew->ticket = ll_ticket_new();
	if (crew->count > 1)
		(void)ll_workers_start(crew->count - 1, work_of_helper, crew, &workers, &started,
		                       &none);
	work(crew, 0);
	ll_workers_join(workers);
	ll_ticket_free(crew->ticket);
	return settle(crew, err);
}

/* Models are written one after the other, in the order of their services. */
static int do_services(struct ll_maker *maker, struct crew *crew, struct subject *items,
                       size_t count, struct ll_arena *arena, struct ll_error *err)
{
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < count; i++) {
		rc = look_at(maker, &items[i], arena, err);
		if (rc < 0 || !has_chosen(maker, &items[i]))
			continue;
		if (maker->models)
			rc = make(maker, &items[i], err);
		else if (is_current(maker, &items[i]))
			rc = keep(maker, &items[i], err);
		else
			*(struct subject **)ll_vec_push(&crew->due, sizeof(struct subject *)) =
				&items[i];
	}
	return rc == LL_OK && crew->due.count > 0 ? make_all(crew, maker, err) : rc;
}

static int gather_told(struct ll_maker *maker, const struct subject *subject, struct ll_stmt *put,
                       struct ll_error *err)
{
	struct ll_str rest = ll_buf_str(&subject->told);
	const struct ll_incident_row *incident;
	int rc = LL_OK;

	for (size_t i = 0; rc >= 0 && (incident = next_incident(maker, subject, &i)) != NULL;) {
		ll_stmt_bind_text(put, ":name", ll_str(incident->name));
		ll_stmt_bind_text(put, ":said", ll_str_split(&rest, '\n'));
		rc = ll_stmt_step(put, err);
		ll_stmt_reset(put);
	}
	return rc < 0 ? rc : LL_OK;
}

/* What post-mortems said, for the page of all kills. */
static int gather_incidents(struct ll_maker *maker, const struct subject *items, size_t count,
                            struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *create = NULL;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *put = NULL;
	int rc = ll_stmt_resource(maker->ledger, "sql/reports/incidents/create.sql", &create, err);

	if (rc == LL_OK)
		rc = ll_stmt_step(create, err);
	if (rc == LL_OK)
		rc = ll_stmt_resource(maker->ledger, "sql/reports/incidents/put.sql", &put, err);
	for (size_t i = 0; rc == LL_OK && i < count; i++)
		rc = gather_told(maker, &items[i], put, err);
	return rc < 0 ? rc : LL_OK;
}

/* What rules said of all services, for the page about them (sql/replay/results.sql). */
static int gather_rules(struct ll_maker *maker, const struct subject *items, size_t count,
                        struct ll_error *err)
{
	int rc = ll_replay_clear(maker->replay, err);

	for (size_t i = 0; rc == LL_OK && i < count; i++)
		rc = ll_replay_load(maker->replay, ll_buf_str(&items[i].said), err);
	return rc;
}

int ll_maker_services(struct ll_maker *maker, struct ll_error *err)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	struct ll_vec subjects = LL_VEC_INIT;
	struct crew *const crew = ll_calloc(1, sizeof *crew);
	int rc = load_services(maker, &subjects, &arena, err);
	struct subject *const items = subjects.items;

	if (rc == LL_OK)
		rc = ll_incidents_load(maker->ledger, NULL, maker->options->limits,
		                       maker->options->limit_count, &arena, &maker->incidents, err);
	if (rc == LL_OK)
		rc = do_services(maker, crew, items, subjects.count, &arena, err);
	if (rc == LL_OK)
		rc = gather_rules(maker, items, subjects.count, err);
	if (rc == LL_OK)
		rc = gather_incidents(maker, items, subjects.count, err);
	for (size_t i = 0; i < subjects.count; i++) {
		ll_vec_done(&items[i].findings);
		ll_buf_done(&items[i].said);
		ll_buf_done(&items[i].told);
	}
	ll_vec_done(&subjects);
	ll_vec_done(&maker->incidents);
	ll_vec_done(&crew->due);
	free(crew);
	return rc;
}
