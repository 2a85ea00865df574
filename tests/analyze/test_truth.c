/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_truth.c - the sample fleet, from captures to findings, against what is known of it.
 *
 * samples/truth.tsv says of each service whether it leaks, and where; samples/README.md describes
 * its columns. Every leak must be found with its class, function, file and line (and wait reason
 * and first build where they are given), the healthy services must have no finding, and a leaking
 * one no finding at a line that its row does not name. All deviations are printed before the test
 * fails.
 *
 * LEAKLEDGER_SAMPLES names another directory to try, with a fleet/ and its timeline.tsv.
 */
#include "ledgers.h"

#include <leakledger/file.h>
#include <leakledger/vec.h>

enum column {
	SERVICE,
	VERDICT,
	CLASS,
	FUNCTION,
	FILE_NAME,
	LINE,
	WAIT_REASON,
	SINCE_BUILD,
	NOTE,
	COLUMNS,
};

struct truth {
	struct ll_str columns[COLUMNS];
	bool is_seen; /* the ledger has the service */
};

struct finding {
	struct ll_str service, class_name, function, file, line, wait_reason, first_build, score,
		summary;
};

struct fleet {
	struct test_ledger t;
	struct ll_arena arena;
	struct ll_buf text, timeline; /* of truth.tsv and timeline.tsv */
	struct ll_vec truths, findings;
	size_t deviations;
};

/* ---------------------------------------------------------------------- loading */

static const char *samples(void)
{
	const char *const named = getenv("LEAKLEDGER_SAMPLES");

	return named ? named : ll_test_source("samples");
}

/* A file of the samples, or of those in the tree when another directory has none. */
static void read_table(const char *name, struct ll_buf *to)
{
	char path[1024];
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(to, LL_BUF_PAGE);
	(void)snprintf(path, sizeof path, "%s/%s", samples(), name);
	if (ll_file_read(path, to, &err) == LL_OK)
		return;
	(void)snprintf(path, sizeof path, "samples/%s", name);
	assert_ok(ll_file_read(ll_test_source(path), to, &err), &err);
}

static void load_truth(struct fleet *fleet)
{
	struct ll_str rest;

	read_table("truth.tsv", &fleet->text);
	read_table("timeline.tsv", &fleet->timeline);
	rest = ll_buf_str(&fleet->text);
	(void)ll_str_split(&rest, '\n');
	while (rest.size > 0) {
		struct ll_str line = ll_str_split(&rest, '\n');
		struct truth *truth;

		if (line.size == 0)
			continue;
		truth = ll_vec_push(&fleet->truths, sizeof *truth);
		for (int i = 0; i < COLUMNS; i++)
			truth->columns[i] = ll_str_split(&line, '\t');
	}
}

static void load_findings(struct fleet *fleet)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_stmt_prepare(fleet->t.ledger,
	                          ll_str("SELECT service, class, function, file, line,"
	                                 " coalesce(wait_reason, ''), first_bad_build, score,"
	                                 " summary FROM v_finding WHERE state <> 'fixed'"
	                                 " ORDER BY service, score DESC, id"),
	                          &stmt, &err),
	          &err);
	while (ll_stmt_step(stmt, &err) > 0) {
		struct finding *const finding = ll_vec_push(&fleet->findings, sizeof *finding);
		struct ll_str *const columns[] = {
			&finding->service,     &finding->class_name, &finding->function,
			&finding->file,        &finding->line,       &finding->wait_reason,
			&finding->first_build, &finding->score,      &finding->summary,
		};

		for (int i = 0; i < (int)LL_COUNT(columns); i++)
			*columns[i] = ll_arena_str(&fleet->arena, ll_stmt_text(stmt, i));
	}
}

static void load_services(struct fleet *fleet)
{
	struct truth *const truths = fleet->truths.items;
	struct ll_buf names;

	ll_buf_init(&names, LL_BUF_MESSAGE);
	ll_buf_putc(&names, '\n');
	test_ledger_rows(&fleet->t, "SELECT name FROM service ORDER BY name", &names);
	for (size_t i = 0; i < fleet->truths.count; i++) {
		char line[128];

		(void)snprintf(line, sizeof line, "\n%.*s\n",
		               LL_STR_ARG(truths[i].columns[SERVICE]));
		truths[i].is_seen = strstr(names.data, line) != NULL;
	}
	ll_buf_done(&names);
}

static void load(struct fleet *fleet)
{
	char root[1024];

	memset(fleet, 0, sizeof *fleet);
	ll_arena_init(&fleet->arena);
	(void)snprintf(root, sizeof root, "%s/fleet", samples());
	if (!ll_file_is_directory(root))
		fail_msg("there is no %s: samples/README.md tells how it is made", root);
	load_truth(fleet);
	test_ledger_open(&fleet->t, NULL);
	assert_int_equal(test_ledger_ingest_root(&fleet->t, root, 2).rejected, 0);
	assert_int_equal(test_ledger_analyze(&fleet->t).failed, 0);
	load_findings(fleet);
	load_services(fleet);
}

static void done(struct fleet *fleet)
{
	test_ledger_done(&fleet->t);
	ll_vec_done(&fleet->truths);
	ll_vec_done(&fleet->findings);
	ll_buf_done(&fleet->text);
	ll_buf_done(&fleet->timeline);
	ll_arena_done(&fleet->arena);
}

/* --------------------------------------------------------------------- comparing */

/* "internal/api/api.go" is the end of "fleet/internal/api/api.go", at a slash. */
static bool is_end_of(struct ll_str whole, struct ll_str end)
{
	if (end.size == 0 || end.size > whole.size ||
	    memcmp(whole.data + whole.size - end.size, end.data, end.size) != 0)
		return false;
	return end.size == whole.size || whole.data[whole.size - end.size - 1] == '/';
}

static bool is_at(const struct finding *finding, struct ll_str file, struct ll_str line)
{
	return is_end_of(finding->file, file) && ll_str_equal(finding->line, line);
}

/*
 * Goes through the "FILE.go:LINE" of a note. Does one of them, which must be followed by `words`
 * unless these are empty, name the finding's place?
 */
static bool note_names(struct ll_str note, const struct finding *finding, const char *words)
{
	while (note.size > 0) {
		const size_t at = ll_str_find(note, ".go:");
		struct ll_str before, file, line;
		uint64_t number;

		if (at == SIZE_MAX)
			return false;
		before = ll_str_first(note, at + 3);
		file = ll_str_from(before, ll_str_rindex(before, ' ') + 1);
		note = ll_str_from(note, at + 4);
		line = ll_str_first(note, ll_str_lead_u64(note, &number));
		note = ll_str_from(note, line.size);
		if (ll_str_starts(note, words) && is_at(finding, file, line))
			return true;
	}
	return false;
}

/* Is the finding at the place of the row, or at one that its note accepts as well? */
static bool is_right_place(const struct truth *truth, const struct finding *finding)
{
	const struct ll_str *const columns = truth->columns;

	if (is_at(finding, columns[FILE_NAME], columns[LINE]))
		return ll_str_equal(finding->function, columns[FUNCTION]);
	return note_names(columns[NOTE], finding, ", which is accepted as well");
}

/*
 * The version that was running on an instance at a time, by timeline.tsv: time, unix, event,
 * service, instance, version, go.
 */
static struct ll_str version_at(const struct fleet *fleet, struct ll_str service,
                                struct ll_str instance, int64_t unix_s)
{
	struct ll_str rest = ll_buf_str(&fleet->timeline), version = {NULL, 0};

	while (rest.size > 0) {
		struct ll_str line = ll_str_split(&rest, '\n'), columns[6];
		int64_t at;

		for (size_t i = 0; i < LL_COUNT(columns); i++)
			columns[i] = ll_str_split(&line, '\t');
		if (ll_str_to_i64(columns[1], &at) && at <= unix_s &&
		    ll_str_equal(columns[3], service) && ll_str_equal(columns[4], instance))
			version = columns[5];
	}
	return version;
}

/* Captures name builds by the linker's id, truth.tsv by version. */
static bool is_build(struct fleet *fleet, struct ll_str service, struct ll_str build,
                     struct ll_str version)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;

	if (ll_str_equal(build, version))
		return true;
	assert_ok(ll_stmt_prepare(fleet->t.ledger,
	                          ll_str("SELECT i.name, l.first_ns / 1000000000"
	                                 " FROM lifetime AS l JOIN service AS s USING (service_id)"
	                                 " JOIN instance AS i USING (instance_id)"
	                                 " WHERE s.name = :service AND l.build = :build"
	                                 " ORDER BY l.first_ns LIMIT 1"),
	                          &stmt, &err),
	          &err);
	ll_stmt_bind_text(stmt, ":service", service);
	ll_stmt_bind_text(stmt, ":build", build);
	return ll_stmt_step(stmt, &err) > 0 &&
	       ll_str_equal(version_at(fleet, service, ll_stmt_text(stmt, 0), ll_stmt_i64(stmt, 1)),
	                    version);
}

static void deviate(struct fleet *fleet, const struct truth *truth, const char *problem)
{
	const struct ll_str *const columns = truth->columns;

	print_error("%.*s: %s\n    truth:   %.*s %.*s %.*s:%.*s [%.*s] since '%.*s'\n",
	            LL_STR_ARG(columns[SERVICE]), problem,
	            LL_STR_ARG(columns[CLASS].size > 0 ? columns[CLASS] : columns[VERDICT]),
	            LL_STR_ARG(columns[FUNCTION]), LL_STR_ARG(columns[FILE_NAME]),
	            LL_STR_ARG(columns[LINE]), LL_STR_ARG(columns[WAIT_REASON]),
	            LL_STR_ARG(columns[SINCE_BUILD]));
	fleet->deviations++;
}

static void print_finding(const struct finding *finding)
{
	print_error(
		"    finding: %.*s %.*s %.*s:%.*s [%.*s] since '%.*s', score %.*s\n             %.*s\n",
		LL_STR_ARG(finding->class_name), LL_STR_ARG(finding->function),
		LL_STR_ARG(finding->file), LL_STR_ARG(finding->line),
		LL_STR_ARG(finding->wait_reason), LL_STR_ARG(finding->first_build),
		LL_STR_ARG(finding->score), LL_STR_ARG(finding->summary));
}

static void deviate_with(struct fleet *fleet, const struct truth *truth,
                         const struct finding *finding, const char *problem)
{
	deviate(fleet, truth, problem);
	print_finding(finding);
}

/* What is said of the leak, once its place is right. */
static void check_words(struct fleet *fleet, const struct truth *truth,
                        const struct finding *finding)
{
	const struct ll_str *const columns = truth->columns;

	if (!ll_str_equal(finding->class_name, columns[CLASS]))
		deviate_with(fleet, truth, finding, "another class");
	if (columns[WAIT_REASON].size > 0 &&
	    !ll_str_equal(finding->wait_reason, columns[WAIT_REASON]))
		deviate_with(fleet, truth, finding, "another wait reason");
	if (!is_build(fleet, columns[SERVICE], finding->first_build, columns[SINCE_BUILD]))
		deviate_with(fleet, truth, finding, "another first build");
}

static void check_leak(struct fleet *fleet, const struct truth *truth)
{
	const struct finding *const findings = fleet->findings.items;
	bool is_found = false;

	for (size_t i = 0; i < fleet->findings.count; i++) {
		if (!ll_str_equal(findings[i].service, truth->columns[SERVICE]))
			continue;
		if (is_right_place(truth, &findings[i])) {
			is_found = true;
			check_words(fleet, truth, &findings[i]);
		} else if (!note_names(truth->columns[NOTE], &findings[i], "")) {
			deviate_with(fleet, truth, &findings[i], "a finding at another place");
		}
	}
	if (!is_found)
		deviate(fleet, truth, "the leak is not found");
}

static void check_healthy(struct fleet *fleet, const struct truth *truth)
{
	const struct finding *const findings = fleet->findings.items;

	for (size_t i = 0; i < fleet->findings.count; i++) {
		if (ll_str_equal(findings[i].service, truth->columns[SERVICE]))
			deviate_with(fleet, truth, &findings[i], "a finding on a healthy service");
	}
}

/* Findings of services that truth.tsv does not know. */
static void check_unknown(struct fleet *fleet)
{
	const struct finding *const findings = fleet->findings.items;
	const struct truth *const truths = fleet->truths.items;

	for (size_t i = 0; i < fleet->findings.count; i++) {
		bool is_known = false;

		for (size_t k = 0; k < fleet->truths.count; k++)
			is_known |= ll_str_equal(truths[k].columns[SERVICE], findings[i].service);
		if (!is_known) {
			print_error("%.*s: not in truth.tsv\n", LL_STR_ARG(findings[i].service));
			print_finding(&findings[i]);
			fleet->deviations++;
		}
	}
}

static void the_sample_fleets_leaks_are_found_and_nothing_else_is(void **state)
{
	struct fleet fleet;
	const struct truth *truths;

	(void)state;
	load(&fleet);
	truths = fleet.truths.items;
	for (size_t i = 0; i < fleet.truths.count; i++) {
		if (!truths[i].is_seen)
			deviate(&fleet, &truths[i], "the fleet has no captures of it");
		else if (ll_str_equal(truths[i].columns[VERDICT], ll_str("leak")))
			check_leak(&fleet, &truths[i]);
		else
			check_healthy(&fleet, &truths[i]);
	}
	check_unknown(&fleet);

	assert_true(fleet.truths.count >= 11);
	assert_int_equal(fleet.deviations, 0);
	/* releases.csv names every build that captures tell, and what a build brought. */
	assert_rows(&fleet.t, "SELECT service, build FROM v_build WHERE release = ''", "");
	assert_rows(&fleet.t,
	            "SELECT service FROM v_finding WHERE first_bad_build <> ''"
	            " AND first_bad_release = ''",
	            "");
	done(&fleet);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sample_fleets_leaks_are_found_and_nothing_else_is),
	};

	return cmocka_run_group_tests_name("analyze truth", tests, NULL, NULL);
}
