/* SPDX-License-Identifier: Apache-2.0 */
/* compare_write.c - a comparison as text, Markdown and JSON. */
#include "plain.h"
#include "profile.h"

#include <leakledger/json.h>

#include <inttypes.h>
#include <math.h>

enum {
	NAME_MAX_WIDTH = 72, /* of functions and places, in characters */
	CELL_MAX = 32,       /* bytes of a number with its unit and sign */
};

struct writing {
	const struct ll_compare *compare;
	const struct ll_compare_options *options;
	struct ll_buf *out;
	bool is_md;
};

/* ----------------------------------------------------------------------- numbers */

static const char *amount(const struct writing *writing, int64_t value, char out[LL_UNIT_TEXT])
{
	const struct ll_str unit = writing->compare->type.unit;

	if (ll_str_equal(unit, ll_str("bytes")))
		return ll_format_bytes(value, out);
	if (ll_str_equal(unit, ll_str("nanoseconds")))
		return ll_format_duration(value, out);
	return ll_format_count(value, out);
}

static void signed_amount(const struct writing *writing, int64_t value, char out[CELL_MAX])
{
	char text[LL_UNIT_TEXT];

	(void)snprintf(out, CELL_MAX, "%s%.28s", value > 0 ? "+" : "",
	               amount(writing, value, text));
}

/* What a cell of version i shows. */
static int64_t value_at(const struct writing *writing, const struct ll_compare_row *row, size_t i)
{
	int64_t value = row->values[i];

	if (writing->options->increments && i > 0 &&
	    (row->values[i - 1] == INT64_MIN || !ll_i64_add(&value, -row->values[i - 1])))
		return 0;
	return value;
}

/* "+12.5 %", "new", "gone", "~" when sampling alone explains it. */
static void percent(const struct writing *writing, const struct ll_compare_row *row,
                    char out[CELL_MAX])
{
	const struct ll_compare *const compare = writing->compare;
	const int64_t first = row->values[0], last = row->values[compare->version_count - 1];
	const int64_t change = ll_compare_change(compare, row);
	const double error = ll_compare_error(compare, row);
	char text[LL_UNIT_TEXT];

	if (change == 0 || (error >= 0 && fabs((double)change) <= error))
		(void)snprintf(out, CELL_MAX, "~");
	else if (first == 0)
		(void)snprintf(out, CELL_MAX, "new");
	else if (last == 0)
		(void)snprintf(out, CELL_MAX, "gone");
	else
		(void)snprintf(out, CELL_MAX, "%s%.24s %%", change > 0 ? "+" : "",
		               ll_format_real((double)change * 100 / fabs((double)first), 1, text));
}

static void error_of(const struct writing *writing, const struct ll_compare_row *row,
                     char out[CELL_MAX])
{
	const double error = ll_compare_error(writing->compare, row);
	char text[LL_UNIT_TEXT];

	out[0] = '\0';
	if (error > 0 && error < 9e18)
		(void)snprintf(out, CELL_MAX, "\xc2\xb1%.28s",
		               amount(writing, llround(error), text));
}

/* ------------------------------------------------------------------------- cells */

static struct ll_str short_name(struct ll_str text)
{
	const size_t slash = ll_str_rindex(text, '/');

	return slash == SIZE_MAX ? text : ll_str_from(text, slash + 1);
}

/* "store.(*Cache).Put  cache.go:31  [chan receive]" */
static void put_place(const struct ll_compare_row *row, struct ll_buf *out)
{
	ll_buf_put_str(out, short_name(row->function));
	if (row->file.size > 0) {
		ll_buf_putc(out, ' ');
		ll_buf_put_str(out, short_name(row->file));
		if (row->line > 0)
			ll_buf_printf(out, ":%" PRId64, row->line);
		if (row->was_line > 0)
			ll_buf_printf(out, " (was :%" PRId64 ")", row->was_line);
	}
	if (row->state.size > 0)
		ll_buf_printf(out, " [%.*s]", LL_STR_ARG(ll_str_first(row->state, 256)));
}

/* Columns: the versions, change, percent, error; the place stands behind them. */
static size_t column_count(const struct writing *writing)
{
	return writing->compare->version_count + 3;
}

static void cell(const struct writing *writing, const struct ll_compare_row *row, size_t column,
                 char out[CELL_MAX])
{
	const size_t versions = writing->compare->version_count;
	char text[LL_UNIT_TEXT];

	if (column < versions && writing->options->increments && column > 0)
		signed_amount(writing, value_at(writing, row, column), out);
	else if (column < versions)
		(void)snprintf(out, CELL_MAX, "%.30s",
		               amount(writing, value_at(writing, row, column), text));
	else if (column == versions)
		signed_amount(writing, ll_compare_change(writing->compare, row), out);
	else if (column == versions + 1)
		percent(writing, row, out);
	else
		error_of(writing, row, out);
}

static void head(const struct writing *writing, size_t column, char out[CELL_MAX])
{
	static const char *const names[] = {"change", "%", "error"};
	const size_t versions = writing->compare->version_count;

	if (column >= versions)
		(void)snprintf(out, CELL_MAX, "%s", names[column - versions]);
	else if (versions == 2)
		(void)snprintf(out, CELL_MAX, "%s", column == 0 ? "older" : "newer");
	else
		(void)snprintf(out, CELL_MAX, "%zu", column + 1);
}

/* Characters, not bytes: the sign of an error is one of two bytes. */
static size_t width_of(const char *text)
{
	size_t width = 0;

	for (; *text; text++)
		width += ((unsigned char)*text & 0xc0) != 0x80;
	return width;
}

static size_t width_of_column(const struct writing *writing, const struct ll_compare_row *rows,
                              size_t count, size_t column)
{
	char text[CELL_MAX];
	size_t width;

	head(writing, column, text);
	width = width_of(text);
	for (size_t i = 0; i < count; i++) {
		cell(writing, &rows[i], column, text);
		width = width_of(text) > width ? width_of(text) : width;
	}
	return width;
}

/* ------------------------------------------------------------------------ tables */

static void put_cell(const struct writing *writing, const char *text, size_t width)
{
	if (writing->is_md) {
		ll_buf_printf(writing->out, "| %s ", text);
		return;
	}
	for (size_t i = width_of(text); i < width; i++)
		ll_buf_putc(writing->out, ' ');
	ll_buf_printf(writing->out, "%s  ", text);
}

static void put_name(const struct writing *writing, struct ll_str name)
{
	if (writing->is_md) {
		ll_buf_puts(writing->out, "| ");
		ll_markdown_put(writing->out, name, NAME_MAX_WIDTH);
		ll_buf_puts(writing->out, " |\n");
		return;
	}
	(void)ll_plain_put(writing->out, name, NAME_MAX_WIDTH);
	ll_buf_putc(writing->out, '\n');
}

static void put_head(const struct writing *writing, const size_t *widths, const char *title)
{
	char text[CELL_MAX];

	ll_buf_putc(writing->out, '\n');
	for (size_t i = 0; i < column_count(writing); i++) {
		head(writing, i, text);
		put_cell(writing, text, widths[i]);
	}
	put_name(writing, ll_str(title));
	for (size_t i = 0; writing->is_md && i < column_count(writing); i++)
		ll_buf_puts(writing->out, "|--:");
	if (writing->is_md)
		ll_buf_puts(writing->out, "|---|\n");
}

static void put_line(const struct writing *writing, const size_t *widths,
                     const struct ll_compare_row *row)
{
	char text[CELL_MAX];
	struct ll_buf place;

	for (size_t i = 0; i < column_count(writing); i++) {
		cell(writing, row, i, text);
		put_cell(writing, text, widths[i]);
	}
	ll_buf_init(&place, LL_BUF_MESSAGE);
	put_place(row, &place);
	put_name(writing, ll_buf_str(&place));
	ll_buf_done(&place);
}

/* Rows that did not change at all are the last ones, and are only counted. */
static size_t count_changed(const struct writing *writing, const struct ll_vec *rows)
{
	const struct ll_compare_row *const items = rows->items;
	size_t count = 0;

	for (size_t i = 0; i < rows->count; i++) {
		for (size_t k = 1; k < writing->compare->version_count; k++) {
			if (items[i].values[k] == items[i].values[0])
				continue;
			count = i + 1;
			break;
		}
	}
	return count;
}

static void put_table(const struct writing *writing, const struct ll_vec *rows, const char *title)
{
	const struct ll_compare_row *const items = rows->items;
	const size_t changed = count_changed(writing, rows);
	const size_t most = writing->options->most_rows;
	const size_t count = most > 0 && changed > most ? most : changed;
	size_t *const widths = ll_calloc(column_count(writing), sizeof *widths);

	for (size_t i = 0; i < column_count(writing); i++)
		widths[i] = width_of_column(writing, items, count, i);
	put_head(writing, widths, title);
	for (size_t i = 0; i < count; i++)
		put_line(writing, widths, &items[i]);
	if (rows->count > count && writing->is_md)
		ll_buf_putc(writing->out, '\n');
	if (changed > count)
		ll_buf_printf(writing->out, "%zu more changed\n", changed - count);
	if (rows->count > changed)
		ll_buf_printf(writing->out, "%zu did not change\n", rows->count - changed);
	free(widths);
}

static void put_versions(const struct writing *writing)
{
	const struct ll_compare *const compare = writing->compare;
	char text[LL_UNIT_TEXT];

	for (size_t i = 0; i < compare->version_count; i++) {
		const struct ll_compare_version *const version = &compare->versions[i];
		char name[CELL_MAX];

		head(writing, i, name);
		ll_buf_printf(writing->out, "%s%s: ", writing->is_md ? "- " : "", name);
		if (writing->is_md)
			ll_markdown_put(writing->out, version->name, 200);
		else
			(void)ll_plain_put(writing->out, version->name, 200);
		if (version->captures > 1)
			ll_buf_printf(writing->out, " and %zu more", version->captures - 1);
		if (version->time_ns != LL_TIME_NONE)
			ll_buf_printf(writing->out, ", %s", ll_format_time(version->time_ns, text));
		ll_buf_printf(writing->out, ": %s\n", amount(writing, version->total, text));
	}
}

static void put_document(const struct writing *writing)
{
	const struct ll_compare *const compare = writing->compare;
	const bool is_goroutines =
		compare->kind == LL_KIND_GOROUTINE || compare->kind == LL_KIND_GOROUTINELEAK;

	ll_buf_printf(writing->out, "%s%s, ", writing->is_md ? "### " : "",
	              ll_kind_title(compare->kind));
	if (writing->is_md)
		ll_markdown_put(writing->out, compare->type.type, 80);
	else
		(void)ll_plain_put(writing->out, compare->type.type, 80);
	ll_buf_puts(writing->out, "\n\n");
	put_versions(writing);
	put_table(writing, &compare->functions, "function");
	put_table(writing, &compare->lines, is_goroutines ? "line and state" : "line");
}

/* -------------------------------------------------------------------------- JSON */

static void put_text(struct ll_buf *out, const char *key, struct ll_str text)
{
	ll_buf_printf(out, "\"%s\":", key);
	ll_json_put_string(out, text);
}

static void put_numbers(const struct writing *writing, const struct ll_compare_row *row)
{
	const struct ll_compare *const compare = writing->compare;
	const int64_t change = ll_compare_change(compare, row);
	const double error = ll_compare_error(compare, row);

	ll_buf_puts(writing->out, ",\"values\":[");
	for (size_t i = 0; i < compare->version_count; i++)
		ll_buf_printf(writing->out, "%s%" PRId64, i > 0 ? "," : "", row->values[i]);
	ll_buf_printf(writing->out, "],\"change\":%" PRId64 ",\"percent\":", change);
	ll_json_put_real(writing->out, row->values[0] != 0
	                                       ? (double)change * 100 / fabs((double)row->values[0])
	                                       : LL_CHART_GAP);
	ll_buf_puts(writing->out, ",\"error\":");
	ll_json_put_real(writing->out, error >= 0 ? error : LL_CHART_GAP);
}

static void put_rows(const struct writing *writing, const struct ll_vec *rows, const char *key,
                     bool has_lines)
{
	const struct ll_compare_row *const items = rows->items;

	ll_buf_printf(writing->out, ",\n\"%s\":[", key);
	for (size_t i = 0; i < rows->count; i++) {
		ll_buf_puts(writing->out, i > 0 ? ",\n{" : "\n{");
		put_text(writing->out, "function", items[i].function);
		ll_buf_putc(writing->out, ',');
		put_text(writing->out, "owner", ll_str(ll_owner_name(items[i].owner)));
		if (has_lines) {
			ll_buf_putc(writing->out, ',');
			put_text(writing->out, "file", items[i].file);
			ll_buf_printf(writing->out, ",\"line\":%" PRId64, items[i].line);
			if (items[i].was_line > 0)
				ll_buf_printf(writing->out, ",\"was_line\":%" PRId64,
				              items[i].was_line);
		}
		if (items[i].state.size > 0) {
			ll_buf_putc(writing->out, ',');
			put_text(writing->out, "state", items[i].state);
		}
		put_numbers(writing, &items[i]);
		ll_buf_putc(writing->out, '}');
	}
	ll_buf_putc(writing->out, ']');
}

static void put_json(const struct writing *writing)
{
	const struct ll_compare *const compare = writing->compare;
	struct ll_buf *const out = writing->out;
	char text[LL_UNIT_TEXT];

	ll_buf_putc(out, '{');
	put_text(out, "version", ll_str(writing->options->version));
	ll_buf_putc(out, ',');
	put_text(out, "kind", ll_str(ll_kind_name(compare->kind)));
	ll_buf_putc(out, ',');
	put_text(out, "sample_type", compare->type.type);
	ll_buf_putc(out, ',');
	put_text(out, "unit", compare->type.unit);
	ll_buf_puts(out, ",\n\"versions\":[");
	for (size_t i = 0; i < compare->version_count; i++) {
		const struct ll_compare_version *const version = &compare->versions[i];

		ll_buf_puts(out, i > 0 ? ",\n{" : "\n{");
		put_text(out, "name", version->name);
		ll_buf_printf(out, ",\"captures\":%zu,\"time\":", version->captures);
		if (version->time_ns == LL_TIME_NONE)
			ll_buf_puts(out, "null");
		else
			ll_buf_printf(out, "\"%s\"", ll_format_time_exact(version->time_ns, text));
		ll_buf_printf(out, ",\"total\":%" PRId64 "}", version->total);
	}
	ll_buf_putc(out, ']');
	put_rows(writing, &compare->functions, "functions", false);
	put_rows(writing, &compare->lines, "lines", true);
	ll_buf_puts(out, "}\n");
}

/* ------------------------------------------------------------------------ public */

int ll_write_compare(const struct ll_compare *compare, const struct ll_compare_options *options,
                     struct ll_buf *out, struct ll_error *err)
{
	const struct writing writing = {
		.compare = compare,
		.options = options,
		.out = out,
		.is_md = strcmp(options->format, "md") == 0,
	};

	if (strcmp(options->format, "json") == 0)
		put_json(&writing);
	else
		put_document(&writing);
	return ll_buf_check(out, "comparison", err);
}
