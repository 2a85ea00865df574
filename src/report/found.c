/* SPDX-License-Identifier: Apache-2.0 */
/* found.c - findings in memory; see outputs.h. */
#include "columns.h"
#include "outputs.h"

#include <leakledger/json.h>

#include <inttypes.h>

/* --------------------------------------------------------------------- loading */

static void bind_keywords(struct ll_stmt *stmt, const struct ll_choice *choice)
{
	struct ll_buf list;
	struct ll_json_out json = {.to = &list};

	ll_buf_init(&list, LL_BUF_PAGE);
	ll_json_open(&json, NULL, '[');
	for (size_t i = 0; i < choice->keyword_count; i++)
		ll_json_text(&json, NULL, ll_str(choice->keywords[i]));
	ll_json_close(&json, ']');
	ll_stmt_bind_text(stmt, ":keywords", ll_buf_str(&list));
	ll_buf_done(&list);
}

int ll_found_list(const struct ll_findings_of *of, const char *resource, struct ll_stmt **ret_stmt,
                  struct ll_error *err)
{
	const struct ll_choice *const choice = &of->choice;
	const int rc = ll_stmt_resource(of->ledger, resource, ret_stmt, err);

	if (rc < 0)
		return rc;
	if (choice->service)
		ll_stmt_bind_text(*ret_stmt, ":service", ll_str(choice->service));
	if (choice->class_name)
		ll_stmt_bind_text(*ret_stmt, ":class", ll_str(choice->class_name));
	if (choice->keyword_count > 0)
		bind_keywords(*ret_stmt, choice);
	if (choice->min_score > 0)
		ll_stmt_bind_i64(*ret_stmt, ":min_score", choice->min_score);
	if (choice->suppressed >= 0)
		ll_stmt_bind_i64(*ret_stmt, ":suppressed", choice->suppressed);
	return LL_OK;
}

int ll_found_rows(const struct ll_findings_of *of, enum ll_rows_format format,
                  const struct ll_output *out, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const int rc = ll_found_list(of, "sql/reports/findings/list.sql", &stmt, err);

	return rc < 0 ? rc : ll_rows_write(stmt, format, out, NULL, err);
}

/* The columns of a statement by their names. */
struct named {
	struct ll_stmt *stmt;
	struct ll_columns columns;
	struct ll_arena *arena;
};

static int find(const struct named *row, const char *name)
{
	for (int i = 0; i < row->columns.count; i++) {
		if (ll_str_equal(row->columns.items[i].name, ll_str(name)))
			return i;
	}
	return -1;
}

static struct ll_str text_of(const struct named *row, const char *name)
{
	const int column = find(row, name);

	return column < 0 ? ll_str("") : ll_arena_str(row->arena, ll_stmt_text(row->stmt, column));
}

static bool is_given(const struct named *row, const char *name)
{
	const int column = find(row, name);

	return column >= 0 && !ll_stmt_is_null(row->stmt, column);
}

static int64_t i64_of(const struct named *row, const char *name)
{
	const int column = find(row, name);

	return column < 0 ? 0 : ll_stmt_i64(row->stmt, column);
}

static double f64_of(const struct named *row, const char *name)
{
	const int column = find(row, name);

	return column < 0 ? 0 : ll_stmt_f64(row->stmt, column);
}

static void load_found(const struct named *row, struct ll_found *found)
{
	*found = (struct ll_found){
		.id = text_of(row, "id"),
		.class_name = text_of(row, "class"),
		.service = text_of(row, "service"),
		.function = text_of(row, "function"),
		.file = text_of(row, "file"),
		.wait_reason = text_of(row, "wait_reason"),
		.severity = text_of(row, "severity"),
		.state = text_of(row, "state"),
		.summary = text_of(row, "summary"),
		.explanation = text_of(row, "explanation"),
		.remedy = text_of(row, "remedy"),
		.keywords = text_of(row, "keywords"),
		.source = text_of(row, "source"),
		.first_bad_build = text_of(row, "first_bad_build"),
		.time_to_limit_reason = text_of(row, "time_to_limit_reason"),
		.suppressed_by = text_of(row, "suppressed_by"),
		.suppressed_reason = text_of(row, "suppressed_reason"),
		.suppressed_owner = text_of(row, "suppressed_owner"),
		.line = i64_of(row, "line"),
		.score = i64_of(row, "score"),
		.has_bytes = is_given(row, "growth_bytes_per_day"),
		.has_count = is_given(row, "growth_per_day"),
		.has_time_to_limit = is_given(row, "time_to_limit_s"),
		.is_look = i64_of(row, "look") != 0,
		.is_suppressed = is_given(row, "suppressed_by"),
		.bytes_per_day = i64_of(row, "growth_bytes_per_day"),
		.bytes_per_day_low = i64_of(row, "growth_bytes_per_day_low"),
		.time_to_limit_s = i64_of(row, "time_to_limit_s"),
		.per_day = f64_of(row, "growth_per_day"),
		.per_day_low = f64_of(row, "growth_per_day_low"),
		.first_seen_ns = i64_of(row, "first_seen"),
		.last_seen_ns = i64_of(row, "last_seen"),
	};
	found->is_open = !ll_str_equal(found->state, ll_str("fixed"));
}

static void count(struct ll_found_set *set, const struct ll_found *found)
{
	if (!found->is_open)
		return;
	set->suppressed += found->is_suppressed;
	if (found->is_suppressed)
		return;
	if (found->is_look) {
		set->looks++;
		return;
	}
	set->open++;
	set->errors += ll_str_equal(found->severity, ll_str("error"));
	set->warnings += ll_str_equal(found->severity, ll_str("warning"));
	set->infos += ll_str_equal(found->severity, ll_str("info"));
}

static int load_all(struct ll_found_set *set, const struct ll_findings_of *of, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct named row = {.arena = &set->arena};
	int rc = ll_found_list(of, "sql/reports/findings/list.sql", &stmt, err);

	row.stmt = stmt;
	if (rc == LL_OK)
		rc = ll_columns_read(stmt, &row.columns, err);
	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		struct ll_found *const found = ll_vec_push(&set->found, sizeof *found);

		load_found(&row, found);
		count(set, found);
	}
	return rc;
}

static int load_tally(struct ll_found_set *set, const struct ll_findings_of *of,
                      struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct named row = {.arena = &set->arena};
	int rc = ll_stmt_resource(of->ledger, "sql/reports/findings/tally.sql", &stmt, err);

	row.stmt = stmt;
	if (rc == LL_OK)
		rc = ll_columns_read(stmt, &row.columns, err);
	if (rc == LL_OK)
		rc = ll_stmt_step(stmt, err);
	if (rc <= 0)
		return rc;
	set->tally = (struct ll_tally){
		.files = i64_of(&row, "files"),
		.rejected_files = i64_of(&row, "rejected_files"),
		.captures = i64_of(&row, "captures"),
		.left_out = i64_of(&row, "left_out"),
		.repeats = i64_of(&row, "repeats"),
		.first_ns = is_given(&row, "first_capture") ? i64_of(&row, "first_capture")
	                                                    : LL_TIME_NONE,
		.last_ns = is_given(&row, "last_capture") ? i64_of(&row, "last_capture")
	                                                  : LL_TIME_NONE,
		.services = i64_of(&row, "services"),
		.leaking = i64_of(&row, "leaking"),
		.unjudged = i64_of(&row, "unjudged"),
	};
	return LL_OK;
}

int ll_found_load(struct ll_found_set *set, const struct ll_findings_of *of, struct ll_error *err)
{
	int rc = ll_ledger_begin_read(of->ledger, err);

	if (rc == LL_OK) {
		rc = load_tally(set, of, err);
		if (rc == LL_OK)
			rc = load_all(set, of, err);
		ll_ledger_rollback(of->ledger);
	}
	return rc;
}

void ll_found_done(struct ll_found_set *set)
{
	ll_vec_done(&set->found);
	ll_arena_done(&set->arena);
}

/* ----------------------------------------------------------------------- words */

static void put_number(struct ll_buf *to, size_t number, const char *one, const char *many)
{
	char text[LL_UNIT_TEXT];

	ll_buf_printf(to, "%s %s", ll_format_count((int64_t)number, text),
	              number == 1 ? one : many);
}

void ll_found_headline(const struct ll_found_set *set, struct ll_buf *to)
{
	const struct {
		size_t number;
		const char *name;
	} parts[] = {{set->errors, "error"}, {set->warnings, "warning"}, {set->infos, "info"}};
	bool is_first = true;

	if (set->open == 0)
		ll_buf_puts(to, "no open finding");
	else
		put_number(to, set->open, "open finding", "open findings");
	for (size_t i = 0; i < LL_COUNT(parts); i++) {
		if (parts[i].number == 0)
			continue;
		ll_buf_printf(to, "%s%zu %s", is_first ? ": " : ", ", parts[i].number,
		              parts[i].name);
		is_first = false;
	}
	if (set->suppressed > 0)
		ll_buf_printf(to, "; %zu suppressed", set->suppressed);
	if (set->looks > 0) {
		ll_buf_puts(to, "; ");
		put_number(to, set->looks, "place to look at", "places to look at");
	}
}

void ll_found_basis(const struct ll_found_set *set, struct ll_buf *to)
{
	const struct ll_tally *const tally = &set->tally;
	char from[LL_UNIT_TEXT], until[LL_UNIT_TEXT];

	put_number(to, (size_t)tally->services, "service", "services");
	ll_buf_puts(to, ", ");
	put_number(to, (size_t)tally->captures, "capture", "captures");
	if (tally->first_ns != LL_TIME_NONE)
		ll_buf_printf(to, " from %s to %s", ll_format_time(tally->first_ns, from),
		              ll_format_time(tally->last_ns, until));
	if (tally->unjudged > 0)
		ll_buf_printf(to, "; %" PRId64 " not judged for want of evidence", tally->unjudged);
	if (tally->rejected_files > 0) {
		ll_buf_puts(to, "; ");
		put_number(to, (size_t)tally->rejected_files, "file rejected", "files rejected");
	}
	if (tally->left_out > 0) {
		ll_buf_puts(to, "; ");
		put_number(to, (size_t)tally->left_out, "capture", "captures");
		ll_buf_puts(to, " left out of judgments");
	}
	if (tally->repeats > 0) {
		ll_buf_puts(to, "; ");
		put_number(to, (size_t)tally->repeats, "repeats an earlier capture",
		           "repeat an earlier capture");
	}
}

void ll_found_place(const struct ll_found *found, struct ll_buf *to)
{
	const size_t slash = ll_str_rindex(found->function, '/');
	const size_t file_slash = ll_str_rindex(found->file, '/');

	ll_buf_put_str(to, slash == SIZE_MAX ? found->function
	                                     : ll_str_from(found->function, slash + 1));
	if (found->file.size == 0)
		return;
	ll_buf_puts(to, " (");
	ll_buf_put_str(to, file_slash == SIZE_MAX ? found->file
	                                          : ll_str_from(found->file, file_slash + 1));
	if (found->line > 0)
		ll_buf_printf(to, ":%" PRId64, found->line);
	ll_buf_putc(to, ')');
}

void ll_found_growth(const struct ll_found *found, struct ll_buf *to)
{
	char text[LL_UNIT_TEXT];

	if (found->has_bytes)
		ll_buf_puts(to, ll_format_bytes(found->bytes_per_day, text));
	else if (found->has_count)
		ll_buf_printf(to, "%s goroutines", ll_format_count((int64_t)found->per_day, text));
}

int ll_output_put(const struct ll_output *out, const struct ll_buf *buf, const char *what,
                  struct ll_error *err)
{
	const int rc = ll_buf_check(buf, what, err);

	return rc < 0 ? rc : out->put(out->self, ll_buf_str(buf), err);
}
