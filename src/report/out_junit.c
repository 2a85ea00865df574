/* SPDX-License-Identifier: Apache-2.0 */
/*
 * out_junit.c - findings as JUnit's XML, which CI systems show as tests.
 *
 * A suite is a service, a case a finding; a service without one has a single case that passes or,
 * when there was too little to judge, is skipped. Open findings fail, or, of a gate, those that it
 * says no to; suppressed ones are skipped.
 */
#include "model.h"
#include "outputs.h"

#include <inttypes.h>

struct suite {
	xmlNodePtr node;
	struct ll_str service;
	int64_t tests, failures, skipped;
};

static bool is_failing(const struct ll_found_set *set, const struct ll_found *found)
{
	return set->is_gate ? found->fails
	                    : found->is_open && !found->is_suppressed && !found->is_look;
}

static void close_suite(struct suite *suite)
{
	if (!suite->node)
		return;
	ll_model_i64(suite->node, "tests", suite->tests);
	ll_model_i64(suite->node, "failures", suite->failures);
	ll_model_i64(suite->node, "errors", 0);
	ll_model_i64(suite->node, "skipped", suite->skipped);
	ll_model_text(suite->node, "time", ll_str("0"));
	suite->node = NULL;
}

/* As text and not as an attribute: the schema of older Jenkins has none there. */
static void skip(struct suite *suite, xmlNodePtr node, struct ll_str why)
{
	(void)ll_model_child(node, "skipped", why);
	suite->skipped++;
}

static void open_suite(struct suite *suite, xmlNodePtr root, struct ll_str service)
{
	*suite = (struct suite){.node = ll_model_element(root, "testsuite"), .service = service};
	ll_model_text(suite->node, "name", service);
}

static xmlNodePtr add_case(struct suite *suite, struct ll_str class_name, struct ll_str name)
{
	const xmlNodePtr node = ll_model_element(suite->node, "testcase");

	ll_model_text(node, "classname", class_name);
	ll_model_text(node, "name", name);
	ll_model_text(node, "time", ll_str("0"));
	suite->tests++;
	return node;
}

static void put_failure(xmlNodePtr node, const struct ll_found *found)
{
	struct ll_buf text;
	xmlNodePtr failure;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_put_str(&text, found->summary);
	if (found->file.size > 0)
		ll_buf_printf(&text, "\n%.*s at %.*s:%" PRId64, LL_STR_ARG(found->function),
		              LL_STR_ARG(found->file), found->line);
	ll_buf_printf(&text, "\n%.*s\nWhat to do: %.*s\nid %.*s", LL_STR_ARG(found->explanation),
	              LL_STR_ARG(found->remedy), LL_STR_ARG(found->id));
	failure = ll_model_child(node, "failure", ll_buf_str(&text));
	ll_model_text(failure, "message", found->why.size > 0 ? found->why : found->summary);
	ll_model_text(failure, "type", found->severity);
	ll_buf_done(&text);
}

static void put_found(struct suite *suite, const struct ll_found_set *set,
                      const struct ll_found *found)
{
	struct ll_buf name;
	xmlNodePtr node;

	ll_buf_init(&name, LL_BUF_PAGE);
	ll_buf_put_str(&name, found->class_name);
	ll_buf_puts(&name, found->function.size > 0 ? ": " : "");
	ll_found_place(found, &name);
	node = add_case(suite, found->service, ll_buf_str(&name));
	if (is_failing(set, found)) {
		put_failure(node, found);
		suite->failures++;
	} else if (found->is_open && found->is_suppressed) {
		skip(suite, node, found->suppressed_reason);
	}
	ll_buf_done(&name);
}

static void put_service(struct suite *suite, struct ll_str verdict, struct ll_str reason)
{
	const xmlNodePtr node = add_case(suite, suite->service, ll_str("no leak found"));

	if (reason.size > 0 || ll_str_starts(verdict, "not ")) {
		skip(suite, node, reason.size > 0 ? reason : verdict);
	}
}

/* A suite for each service of the statement, with its findings out of the set. */
static int put_suites(struct ll_stmt *stmt, const struct ll_found_set *set, xmlNodePtr root,
                      struct ll_error *err)
{
	const struct ll_found *const found = ll_found_all(set);
	struct suite suite = {.node = NULL};
	int64_t tests = 0, failures = 0;
	int rc;

	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		open_suite(&suite, root, ll_stmt_text(stmt, 0));
		for (size_t i = 0; i < set->found.count; i++) {
			if (!found[i].is_look && ll_str_equal(found[i].service, suite.service))
				put_found(&suite, set, &found[i]);
		}
		if (suite.tests == 0)
			put_service(&suite, ll_stmt_text(stmt, 1), ll_stmt_text(stmt, 2));
		tests += suite.tests;
		failures += suite.failures;
		close_suite(&suite);
	}
	ll_model_i64(root, "tests", tests);
	ll_model_i64(root, "failures", failures);
	return rc;
}

int ll_junit_write(const struct ll_findings_of *of, const struct ll_found_set *set,
                   const struct ll_output *out, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_model model = {.doc = NULL};
	int rc = ll_found_list(of, "sql/reports/findings/services.sql", &stmt, err);

	if (rc == LL_OK)
		rc = ll_model_open(&model, "testsuites", err);
	if (rc < 0)
		return rc;
	ll_model_text(model.page, "name", ll_str("leakledger"));
	rc = put_suites(stmt, set, model.page, err);
	if (rc == LL_OK)
		rc = ll_model_write(&model, out, err);
	ll_model_done(&model);
	return rc;
}

static int write_junit(const struct ll_findings_of *of, const struct ll_output *out,
                       struct ll_error *err)
{
	LL_CLEANUP(ll_found_done) struct ll_found_set set = {.open = 0};
	const int rc = ll_found_load(&set, of, err);

	return rc < 0 ? rc : ll_junit_write(of, &set, out, err);
}

const struct ll_output_format ll_out_junit = {
	.id = "junit",
	.title = "JUnit XML: a suite for each service, a case for each finding",
	.suffix = "xml",
	.write = write_junit,
};
