/* SPDX-License-Identifier: Apache-2.0 */
/*
 * out_sarif.c - findings as SARIF 2.1.0 (OASIS), for code scanning.
 *
 * A rule is a class of finding. A result needs a place in the source: a finding about a service as
 * a whole is a notification of the run instead, so that nothing is lost. What is fixed is left out:
 * a result that is no longer there is closed by whoever reads the file. The id of a finding is its
 * fingerprint; it holds across builds and machines.
 */
#include "outputs.h"

#include <leakledger/json.h>

#include <ctype.h>
#include <inttypes.h>

/* ---------------------------------------------------------------------- pieces */

static void put_message(struct ll_json_out *json, const char *key, struct ll_str text)
{
	ll_json_open(json, key, '{');
	ll_json_text(json, "text", text);
	ll_json_close(json, '}');
}

/* A path as a URI reference (RFC 3986): other bytes than these become %XX. */
static void put_uri(struct ll_buf *to, struct ll_str path)
{
	if (ll_str_starts(path, "/"))
		ll_buf_puts(to, "file://");
	for (size_t i = 0; i < path.size; i++) {
		const unsigned char byte = (unsigned char)path.data[i];

		if ((isalnum(byte) && byte < 0x80) || (byte != 0 && strchr("/-._~", (char)byte)))
			ll_buf_putc(to, (char)byte);
		else
			ll_buf_printf(to, "%%%02X", byte);
	}
}

/* File names begin with the path of their module; a repository seldom has that as directories. */
static struct ll_str stripped(const struct ll_findings_of *of, struct ll_str file)
{
	for (size_t i = 0; i < of->strip_count; i++) {
		struct ll_str rest = file;

		if (!ll_str_skip(&rest, of->strips[i]) || rest.size == 0)
			continue;
		(void)ll_str_skip(&rest, "/");
		return rest;
	}
	return file;
}

static void put_location(const struct ll_findings_of *of, struct ll_json_out *json,
                         struct ll_str function, struct ll_str file, int64_t line)
{
	struct ll_buf uri;

	ll_buf_init(&uri, LL_BUF_PAGE);
	file = stripped(of, file);
	put_uri(&uri, file);
	ll_json_open(json, NULL, '{');
	ll_json_open(json, "physicalLocation", '{');
	ll_json_open(json, "artifactLocation", '{');
	ll_json_text(json, "uri", ll_buf_str(&uri));
	if (!ll_str_starts(file, "/"))
		ll_json_text(json, "uriBaseId", ll_str("%SRCROOT%"));
	ll_json_close(json, '}');
	if (line > 0) {
		ll_json_open(json, "region", '{');
		ll_json_i64(json, "startLine", line);
		ll_json_close(json, '}');
	}
	ll_json_close(json, '}');
	if (function.size > 0) {
		ll_json_open(json, "logicalLocations", '[');
		ll_json_open(json, NULL, '{');
		ll_json_text(json, "fullyQualifiedName", function);
		ll_json_text(json, "kind", ll_str("function"));
		ll_json_close(json, '}');
		ll_json_close(json, ']');
	}
	ll_json_close(json, '}');
	ll_buf_done(&uri);
}

static const char *level_of(const struct ll_found *found)
{
	if (ll_str_equal(found->severity, ll_str("error")))
		return "error";
	return ll_str_equal(found->severity, ll_str("warning")) ? "warning" : "note";
}

static const char *baseline_of(const struct ll_found *found)
{
	static const struct {
		const char *state, *baseline;
	} states[] = {
		{"new", "new"},
		{"regressed", "new"},
		{"worse", "updated"},
		{"improving", "updated"},
	};

	for (size_t i = 0; i < LL_COUNT(states); i++) {
		if (ll_str_equal(found->state, ll_str(states[i].state)))
			return states[i].baseline;
	}
	return "unchanged";
}

/* ----------------------------------------------------------------------- rules */

struct rules {
	struct ll_vec names; /* struct ll_str, of the run's arena */
};

static int64_t index_of(const struct rules *rules, struct ll_str class_name)
{
	const struct ll_str *const names = rules->names.items;

	for (size_t i = 0; i < rules->names.count; i++) {
		if (ll_str_equal(names[i], class_name))
			return (int64_t)i;
	}
	return -1;
}

static void put_rule(struct ll_json_out *json, const struct ll_stmt *stmt)
{
	const struct ll_str class_name = ll_stmt_text(stmt, 0);
	const struct ll_str meaning = ll_stmt_text(stmt, 1), remedy = ll_stmt_text(stmt, 2);
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_json_break(json);
	ll_json_open(json, NULL, '{');
	ll_buf_printf(&text, "leak/%.*s", LL_STR_ARG(class_name));
	ll_json_text(json, "id", ll_buf_str(&text));
	ll_json_text(json, "name", class_name);
	put_message(json, "shortDescription", meaning);
	ll_buf_clear(&text);
	ll_buf_printf(&text, "%.*s %.*s", LL_STR_ARG(meaning), LL_STR_ARG(remedy));
	put_message(json, "fullDescription", ll_buf_str(&text));
	ll_json_open(json, "help", '{');
	ll_json_text(json, "text", ll_buf_str(&text));
	ll_buf_clear(&text);
	ll_markdown_put(&text, meaning, SIZE_MAX);
	ll_buf_puts(&text, "\n\n**What to do:** ");
	ll_markdown_put(&text, remedy, SIZE_MAX);
	ll_json_text(json, "markdown", ll_buf_str(&text));
	ll_json_close(json, '}');
	ll_json_open(json, "defaultConfiguration", '{');
	ll_json_text(json, "level", ll_str("warning"));
	ll_json_close(json, '}');
	ll_json_open(json, "properties", '{');
	ll_json_open(json, "tags", '[');
	ll_json_text(json, NULL, ll_str("memory-leak"));
	ll_json_text(json, NULL, ll_str("performance"));
	ll_json_close(json, ']');
	ll_json_close(json, '}');
	ll_json_close(json, '}');
	ll_buf_done(&text);
}

static int put_rules(const struct ll_findings_of *of, struct rules *rules, struct ll_arena *arena,
                     struct ll_json_out *json, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(of->ledger, "sql/reports/findings/classes.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_json_open(json, "rules", '[');
	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		*(struct ll_str *)ll_vec_push(&rules->names, sizeof(struct ll_str)) =
			ll_arena_str(arena, ll_stmt_text(stmt, 0));
		put_rule(json, stmt);
	}
	ll_json_close(json, ']');
	return rc;
}

/* --------------------------------------------------------------------- results */

static int put_related(const struct ll_findings_of *of, const struct ll_found *found,
                       struct ll_stmt *places, struct ll_json_out *json, struct ll_error *err)
{
	bool is_open = false;
	int rc;

	ll_stmt_reset(places);
	ll_stmt_bind_text(places, ":id", found->id);
	while ((rc = ll_stmt_step(places, err)) > 0) {
		if (!is_open)
			ll_json_open(json, "relatedLocations", '[');
		is_open = true;
		put_location(of, json, ll_stmt_text(places, 0), ll_stmt_text(places, 1),
		             ll_stmt_i64(places, 2));
	}
	if (is_open)
		ll_json_close(json, ']');
	return rc;
}

static void put_suppression(const struct ll_found *found, struct ll_json_out *json)
{
	ll_json_open(json, "suppressions", '[');
	if (found->is_suppressed) {
		struct ll_buf text;

		ll_buf_init(&text, LL_BUF_PAGE);
		ll_buf_printf(&text, "%.*s (%.*s)", LL_STR_ARG(found->suppressed_reason),
		              LL_STR_ARG(found->suppressed_owner));
		ll_json_open(json, NULL, '{');
		ll_json_text(json, "kind", ll_str("external"));
		ll_json_text(json, "status", ll_str("accepted"));
		ll_json_text(json, "justification", ll_buf_str(&text));
		ll_json_close(json, '}');
		ll_buf_done(&text);
	}
	ll_json_close(json, ']');
}

static void put_properties(const struct ll_found *found, struct ll_json_out *json)
{
	ll_json_open(json, "properties", '{');
	ll_json_text(json, "service", found->service);
	ll_json_text(json, "state", found->state);
	ll_json_i64(json, "score", found->score);
	if (found->has_bytes)
		ll_json_i64(json, "growth_bytes_per_day", found->bytes_per_day);
	if (found->has_count)
		ll_json_real(json, "growth_per_day", found->per_day);
	if (found->has_time_to_limit)
		ll_json_i64(json, "time_to_limit_s", found->time_to_limit_s);
	if (found->first_bad_build.size > 0)
		ll_json_text(json, "first_bad_build", found->first_bad_build);
	/* "tags" is the name under which viewers of SARIF filter. */
	ll_json_raw(json, "tags", found->keywords);
	ll_json_close(json, '}');
}

static void put_fingerprints(const struct ll_found *found, struct ll_json_out *json)
{
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_printf(&text, "%.*s:1", LL_STR_ARG(found->id));
	ll_json_open(json, "partialFingerprints", '{');
	ll_json_text(json, "leakledgerFindingId/v1", found->id);
	/* The name under which code scanning looks for one; it computes its own without it. */
	ll_json_text(json, "primaryLocationLineHash", ll_buf_str(&text));
	ll_json_close(json, '}');
	ll_buf_done(&text);
}

static void put_rule_id(const char *key, const struct ll_found *found, struct ll_json_out *json)
{
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_printf(&text, "leak/%.*s", LL_STR_ARG(found->class_name));
	ll_json_text(json, key, ll_buf_str(&text));
	ll_buf_done(&text);
}

static void put_words(const struct ll_found *found, struct ll_json_out *json)
{
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_printf(&text, "%.*s\n%.*s\nWhat to do: %.*s", LL_STR_ARG(found->summary),
	              LL_STR_ARG(found->explanation), LL_STR_ARG(found->remedy));
	put_message(json, "message", ll_buf_str(&text));
	ll_buf_done(&text);
}

static int put_result(const struct ll_findings_of *of, const struct ll_found *found,
                      const struct rules *rules, struct ll_stmt *places, struct ll_json_out *json,
                      struct ll_error *err)
{
	int rc;

	ll_json_break(json);
	ll_json_open(json, NULL, '{');
	put_rule_id("ruleId", found, json);
	ll_json_i64(json, "ruleIndex", index_of(rules, found->class_name));
	ll_json_text(json, "level", ll_str(level_of(found)));
	ll_json_text(json, "baselineState", ll_str(baseline_of(found)));
	ll_json_real(json, "rank", (double)found->score);
	put_words(found, json);
	ll_json_open(json, "locations", '[');
	put_location(of, json, found->function, found->file, found->line);
	ll_json_close(json, ']');
	rc = put_related(of, found, places, json, err);
	put_fingerprints(found, json);
	put_suppression(found, json);
	put_properties(found, json);
	ll_json_close(json, '}');
	return rc;
}

static void put_notification(const struct ll_found *found, struct ll_json_out *json)
{
	ll_json_break(json);
	ll_json_open(json, NULL, '{');
	ll_json_open(json, "associatedRule", '{');
	put_rule_id("id", found, json);
	ll_json_close(json, '}');
	ll_json_text(json, "level", ll_str(level_of(found)));
	put_words(found, json);
	put_properties(found, json);
	ll_json_close(json, '}');
}

/* ------------------------------------------------------------------------ file */

static bool is_told(const struct ll_found_set *set, const struct ll_found *found)
{
	return set->is_gate ? found->fails : found->is_open && !found->is_look;
}

static int put_results(const struct ll_findings_of *of, const struct ll_found_set *set,
                       const struct rules *rules, struct ll_json_out *json, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *places = NULL;
	const struct ll_found *const found = ll_found_all(set);
	int rc = ll_stmt_resource(of->ledger, "sql/reports/findings/places.sql", &places, err);

	ll_json_break(json);
	ll_json_open(json, "results", '[');
	for (size_t i = 0; rc >= 0 && i < set->found.count; i++) {
		if (is_told(set, &found[i]) && found[i].file.size > 0)
			rc = put_result(of, &found[i], rules, places, json, err);
	}
	ll_json_close(json, ']');
	return rc;
}

static void put_invocation(const struct ll_found_set *set, struct ll_json_out *json)
{
	const struct ll_found *const found = ll_found_all(set);

	ll_json_break(json);
	ll_json_open(json, "invocations", '[');
	ll_json_open(json, NULL, '{');
	ll_json_bool(json, "executionSuccessful", true);
	ll_json_open(json, "toolExecutionNotifications", '[');
	for (size_t i = 0; i < set->found.count; i++) {
		if (is_told(set, &found[i]) && found[i].file.size == 0)
			put_notification(&found[i], json);
	}
	ll_json_close(json, ']');
	ll_json_close(json, '}');
	ll_json_close(json, ']');
}

static int put_run(const struct ll_findings_of *of, const struct ll_found_set *set,
                   struct ll_json_out *json, struct ll_error *err)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	struct rules rules = {.names = LL_VEC_INIT};
	int rc;

	ll_json_open(json, NULL, '{');
	ll_json_open(json, "tool", '{');
	ll_json_open(json, "driver", '{');
	ll_json_text(json, "name", ll_str("leakledger"));
	ll_json_text(json, "semanticVersion", ll_str(of->version));
	rc = put_rules(of, &rules, &arena, json, err);
	ll_json_close(json, '}');
	ll_json_close(json, '}');
	ll_json_text(json, "columnKind", ll_str("utf16CodeUnits"));
	if (rc >= 0)
		rc = put_results(of, set, &rules, json, err);
	put_invocation(set, json);
	ll_json_close(json, '}');
	ll_vec_done(&rules.names);
	return rc;
}

int ll_sarif_write(const struct ll_findings_of *of, const struct ll_found_set *set,
                   const struct ll_output *out, struct ll_error *err)
{
	static const char schema[] =
		"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
		"sarif-schema-2.1.0.json";
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	struct ll_json_out json = {.to = &text};
	int rc;

	ll_buf_init(&text, LL_BUF_DOCUMENT);
	ll_json_open(&json, NULL, '{');
	ll_json_text(&json, "$schema", ll_str(schema));
	ll_json_text(&json, "version", ll_str("2.1.0"));
	ll_json_open(&json, "runs", '[');
	rc = put_run(of, set, &json, err);
	ll_json_close(&json, ']');
	ll_json_close(&json, '}');
	ll_buf_putc(&text, '\n');
	return rc < 0 ? rc : ll_output_put(out, &text, "the log", err);
}

static int write_sarif(const struct ll_findings_of *of, const struct ll_output *out,
                       struct ll_error *err)
{
	LL_CLEANUP(ll_found_done) struct ll_found_set set = {.open = 0};
	const int rc = ll_found_load(&set, of, err);

	return rc < 0 ? rc : ll_sarif_write(of, &set, out, err);
}

const struct ll_output_format ll_out_sarif = {
	.id = "sarif",
	.title = "SARIF 2.1.0, for code scanning",
	.suffix = "sarif",
	.write = write_sarif,
};
