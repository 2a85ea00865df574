/* SPDX-License-Identifier: Apache-2.0 */
/* baseline.c - see baseline.h. */
#include "baseline.h"

#include <leakledger/file.h>
#include <leakledger/json.h>

enum {
	SCHEMA_VERSION = 1,
};

int ll_severity_rank(struct ll_str severity)
{
	static const char *const names[] = {"info", "warning", "error"};

	for (size_t i = 0; i < LL_COUNT(names); i++) {
		if (ll_str_equal(severity, ll_str(names[i])))
			return (int)i + 1;
	}
	return 0;
}

/* --------------------------------------------------------------------- writing */

static int by_service(const void *left, const void *right)
{
	const struct ll_found *const a = *(const struct ll_found *const *)left;
	const struct ll_found *const b = *(const struct ll_found *const *)right;
	const int order = ll_str_compare(a->service, b->service);

	return order != 0 ? order : ll_str_compare(a->id, b->id);
}

static void put_finding(struct ll_json_out *json, const struct ll_found *found)
{
	ll_json_break(json);
	ll_json_open(json, NULL, '{');
	ll_json_text(json, "id", found->id);
	ll_json_text(json, "service", found->service);
	ll_json_text(json, "class", found->class_name);
	ll_json_text(json, "function", found->function);
	ll_json_text(json, "file", found->file);
	ll_json_i64(json, "line", found->line);
	ll_json_text(json, "severity", found->severity);
	ll_json_i64(json, "score", found->score);
	if (found->has_bytes)
		ll_json_i64(json, "growth_bytes_per_day", found->bytes_per_day);
	if (found->has_count)
		ll_json_real(json, "growth_per_day", found->per_day);
	ll_json_close(json, '}');
}

static void put_document(struct ll_buf *to, const struct ll_found *const *items, size_t count)
{
	struct ll_json_out json = {.to = to};

	ll_json_open(&json, NULL, '{');
	ll_json_break(&json);
	ll_json_text(&json, "format", ll_str("leakledger-baseline"));
	ll_json_break(&json);
	ll_json_i64(&json, "schema_version", SCHEMA_VERSION);
	ll_json_break(&json);
	ll_json_open(&json, "findings", '[');
	for (size_t i = 0; i < count; i++)
		put_finding(&json, items[i]);
	ll_json_break(&json);
	ll_json_close(&json, ']');
	ll_json_break(&json);
	ll_json_close(&json, '}');
	ll_buf_putc(to, '\n');
}

int ll_baseline_put(const struct ll_findings_of *of, struct ll_buf *to, size_t *ret_count,
                    struct ll_error *err)
{
	LL_CLEANUP(ll_found_done) struct ll_found_set set = {.open = 0};
	const struct ll_found **items;
	size_t count = 0;
	int rc = ll_found_load(&set, of, err);

	if (rc < 0)
		return rc;
	items = ll_arena_calloc(&set.arena, set.found.count + 1, sizeof *items);
	for (size_t i = 0; i < set.found.count; i++) {
		const struct ll_found *const found = ll_found_all(&set) + i;

		if (found->is_open && !found->is_suppressed)
			items[count++] = found;
	}
	qsort(items, count, sizeof *items, by_service);
	put_document(to, items, count);
	*ret_count = count;
	return ll_buf_check(to, "the baseline", err);
}

/* --------------------------------------------------------------------- reading */

struct reader {
	struct ll_baseline *baseline;
	struct ll_json json;
	struct ll_buf text; /* the last key or string, without escapes */
};

static struct ll_str unescaped(struct reader *reader, struct ll_str raw)
{
	ll_buf_clear(&reader->text);
	ll_json_unescape(raw, &reader->text);
	return ll_arena_str(&reader->baseline->arena, ll_buf_str(&reader->text));
}

static void set_text(struct ll_known *known, struct ll_str key, struct ll_str value)
{
	const struct {
		const char *key;
		struct ll_str *to;
	} members[] = {
		{"id", &known->id},
		{"service", &known->service},
		{"class", &known->class_name},
		{"function", &known->function},
		{"severity", &known->severity},
	};

	for (size_t i = 0; i < LL_COUNT(members); i++) {
		if (ll_str_equal(key, ll_str(members[i].key)))
			*members[i].to = value;
	}
}

static void set_number(struct ll_known *known, struct ll_str key, struct ll_str text)
{
	double value;

	if (!ll_str_to_f64(text, &value))
		return;
	if (ll_str_equal(key, ll_str("growth_bytes_per_day"))) {
		known->bytes_per_day = value;
		known->has_bytes = true;
	} else if (ll_str_equal(key, ll_str("growth_per_day"))) {
		known->per_day = value;
		known->has_count = true;
	}
}

/* The object of a finding, behind its '{'. False at what is no JSON. */
static bool read_finding(struct reader *reader)
{
	struct ll_known *const known = ll_vec_push(&reader->baseline->known, sizeof *known);
	struct ll_json_token token;

	while ((token = ll_json_next(&reader->json)).kind == LL_JSON_KEY) {
		const struct ll_str key = unescaped(reader, token.text);
		struct ll_json before = reader->json;

		token = ll_json_next(&reader->json);
		if (token.kind == LL_JSON_STRING)
			set_text(known, key, unescaped(reader, token.text));
		else if (token.kind == LL_JSON_NUMBER)
			set_number(known, key, token.text);
		else if (!ll_json_skip(&before))
			return false;
		else
			reader->json = before;
	}
	return token.kind == LL_JSON_OBJECT_END && known->id.size > 0 &&
	       ll_severity_rank(known->severity) > 0;
}

static bool read_findings(struct reader *reader)
{
	struct ll_json_token token = ll_json_next(&reader->json);

	if (token.kind != LL_JSON_ARRAY)
		return false;
	while ((token = ll_json_next(&reader->json)).kind == LL_JSON_OBJECT) {
		if (!read_finding(reader))
			return false;
	}
	return token.kind == LL_JSON_ARRAY_END;
}

/* The whole: *ret_is_ours when it says what it is. False at what is no JSON, or no such finding. */
static bool read_document(struct reader *reader, bool *ret_is_ours, int64_t *ret_version)
{
	struct ll_json_token token = ll_json_next(&reader->json);

	if (token.kind != LL_JSON_OBJECT)
		return false;
	while ((token = ll_json_next(&reader->json)).kind == LL_JSON_KEY) {
		const struct ll_str key = token.text;

		if (ll_str_equal(key, ll_str("findings"))) {
			if (!read_findings(reader))
				return false;
		} else if (ll_str_equal(key, ll_str("format"))) {
			token = ll_json_next(&reader->json);
			*ret_is_ours = ll_str_equal(token.text, ll_str("leakledger-baseline"));
		} else if (ll_str_equal(key, ll_str("schema_version"))) {
			(void)ll_str_to_i64(ll_json_next(&reader->json).text, ret_version);
		} else if (!ll_json_skip(&reader->json)) {
			return false;
		}
	}
	return token.kind == LL_JSON_OBJECT_END && ll_json_next(&reader->json).kind == LL_JSON_END;
}

static int read_text(struct reader *reader, const char *path, struct ll_error *err)
{
	bool is_ours = false;
	int64_t version = 0;
	const bool is_whole = read_document(reader, &is_ours, &version);

	if (!is_ours)
		return ll_fail(
			err, LL_E_USAGE,
			"'%s' is no baseline; 'leakledger gate --write-baseline FILE' makes one",
			path);
	if (!is_whole)
		return ll_fail(err, LL_E_USAGE, "baseline '%s' is damaged in line %zu", path,
		               ll_json_line(&reader->json));
	if (version != SCHEMA_VERSION)
		return ll_fail(err, LL_E_USAGE,
		               "baseline '%s' is of another version of leakledger: write it anew",
		               path);
	return LL_OK;
}

int ll_baseline_read(struct ll_baseline *baseline, const char *path, struct ll_error *err)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	struct reader reader = {.baseline = baseline};
	int rc;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	rc = ll_file_read(path, &bytes, err);
	if (rc < 0) {
		(void)ll_within(err, "baseline '%s'", path);
		err->code = LL_E_USAGE;
		return LL_E_USAGE;
	}
	ll_buf_init(&reader.text, LL_BUF_PAGE);
	ll_json_init(&reader.json, ll_buf_str(&bytes));
	rc = read_text(&reader, path, err);
	ll_buf_done(&reader.text);
	return rc;
}

void ll_baseline_done(struct ll_baseline *baseline)
{
	ll_vec_done(&baseline->known);
	ll_arena_done(&baseline->arena);
}

struct ll_known *ll_baseline_find(const struct ll_baseline *baseline, struct ll_str id)
{
	struct ll_known *const known = baseline->known.items;

	for (size_t i = 0; i < baseline->known.count; i++) {
		if (ll_str_equal(known[i].id, id))
			return &known[i];
	}
	return NULL;
}
