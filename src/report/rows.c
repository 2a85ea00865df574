/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rows.c - any SELECT as a table: aligned text, JSON lines, CSV, Markdown.
 *
 * Names in cells come from strangers. In text and Markdown, control characters and direction marks
 * are replaced; in CSV a cell that begins like a formula gets an apostrophe in front; JSON escapes.
 */
#include "columns.h"

#include <leakledger/json.h>
#include <leakledger/report.h>
#include <leakledger/vec.h>

#include <inttypes.h>

enum {
	WIDTH_MAX = 72, /* of one cell in an aligned table; longer text is cut with an ellipsis */
	TABLE_ROWS_MAX = 200000, /* rows that are held to be aligned */
};

struct shape {
	struct ll_columns columns;
	size_t widths[LL_COLUMNS_MAX]; /* of an aligned table */
};

static int put_to_buf(void *self, struct ll_str text, struct ll_error *err)
{
	struct ll_buf *const buf = self;

	ll_buf_put_str(buf, text);
	return ll_buf_check(buf, "output", err);
}

struct ll_output ll_output_to_buf(struct ll_buf *buf)
{
	return (struct ll_output){.self = buf, .put = put_to_buf};
}

bool ll_rows_format_find(const char *name, enum ll_rows_format *ret_format)
{
	static const struct {
		const char *name;
		enum ll_rows_format format;
	} formats[] = {
		{"table", LL_ROWS_TABLE},
		{"jsonl", LL_ROWS_JSONL},
		{"csv", LL_ROWS_CSV},
		{"md", LL_ROWS_MARKDOWN},
	};

	for (size_t i = 0; i < LL_COUNT(formats); i++) {
		if (strcmp(formats[i].name, name) == 0) {
			*ret_format = formats[i].format;
			return true;
		}
	}
	return false;
}

/* --------------------------------------------------------------- aligned table */

/* Text for one line of a terminal. Returns its width in characters. */
static size_t put_plain(struct ll_buf *out, struct ll_str text, size_t width_max)
{
	size_t width = 0;

	for (size_t i = 0; i < text.size;) {
		uint32_t code;
		char bytes[4];

		i += ll_utf8_next(text, i, &code);
		if (code == '\n' || code == '\t')
			code = ' ';
		if (code < 0x20 || (code >= 0x7f && code < 0xa0) ||
		    (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
			code = 0xfffd;
		if (++width == width_max && i < text.size)
			code = 0x2026;
		ll_buf_put(out, bytes, ll_utf8_put(code, bytes));
		if (width == width_max)
			break;
	}
	return width;
}

void ll_text_plain(struct ll_buf *out, struct ll_str text)
{
	(void)put_plain(out, text, SIZE_MAX);
}

struct line {
	struct ll_str *cells; /* already made plain */
	size_t *widths;
};

static void put_padding(struct ll_buf *out, size_t count)
{
	while (count-- > 0)
		ll_buf_putc(out, ' ');
}

static void put_line(const struct shape *shape, const struct line *line, struct ll_buf *out)
{
	for (int i = 0; i < shape->columns.count; i++) {
		const bool is_numeric = ll_column_is_numeric(&shape->columns.items[i]);
		const size_t padding = shape->widths[i] - line->widths[i];

		if (is_numeric)
			put_padding(out, padding);
		ll_buf_put_str(out, line->cells[i]);
		if (i + 1 < shape->columns.count)
			put_padding(out, (is_numeric ? 0 : padding) + 2);
	}
	ll_buf_putc(out, '\n');
}

static struct line *add_line(struct ll_vec *lines, const struct shape *shape,
                             struct ll_arena *arena)
{
	struct line *const line = ll_vec_push(lines, sizeof *line);

	line->cells = ll_arena_calloc(arena, (size_t)shape->columns.count, sizeof *line->cells);
	line->widths = ll_arena_calloc(arena, (size_t)shape->columns.count, sizeof *line->widths);
	return line;
}

static void set_cell(struct shape *shape, struct line *line, int index, struct ll_str text,
                     struct ll_arena *arena, struct ll_buf *scratch)
{
	ll_buf_clear(scratch);
	line->widths[index] = put_plain(scratch, text, WIDTH_MAX);
	line->cells[index] = ll_arena_str(arena, ll_buf_str(scratch));
	if (line->widths[index] > shape->widths[index])
		shape->widths[index] = line->widths[index];
}

static int write_table(struct ll_stmt *stmt, struct shape *shape, const struct ll_output *out,
                       size_t *rows, struct ll_error *err)
{
	struct ll_arena arena = LL_ARENA_INIT;
	struct ll_vec lines = LL_VEC_INIT;
	struct line *line = add_line(&lines, shape, &arena);
	struct ll_buf text;
	int state, rc = LL_OK;

	ll_buf_init(&text, LL_BUF_PAGE);
	for (int i = 0; i < shape->columns.count; i++)
		set_cell(shape, line, i, shape->columns.items[i].name, &arena, &text);
	while ((state = ll_stmt_step(stmt, err)) > 0 && *rows < TABLE_ROWS_MAX) {
		line = add_line(&lines, shape, &arena);
		for (int i = 0; i < shape->columns.count; i++) {
			char buffer[LL_UNIT_TEXT];

			set_cell(shape, line, i,
			         ll_column_text(stmt, &shape->columns.items[i], i, buffer), &arena,
			         &text);
		}
		(*rows)++;
	}
	for (size_t i = 0; state >= 0 && rc == LL_OK && i < lines.count; i++) {
		ll_buf_clear(&text);
		put_line(shape, (const struct line *)lines.items + i, &text);
		rc = out->put(out->self, ll_buf_str(&text), err);
	}
	ll_buf_done(&text);
	ll_vec_done(&lines);
	ll_arena_done(&arena);
	return state < 0 ? state : rc;
}

/* --------------------------------------------------------- JSON, CSV, Markdown */

static void put_json_own(const struct ll_stmt *stmt, int index, struct ll_buf *out)
{
	switch (ll_stmt_column_type(stmt, index)) {
	case LL_COLUMN_INTEGER: ll_buf_printf(out, "%" PRId64, ll_stmt_i64(stmt, index)); break;
	case LL_COLUMN_REAL: ll_json_put_real(out, ll_stmt_f64(stmt, index)); break;
	default: ll_json_put_string(out, ll_stmt_text(stmt, index)); break;
	}
}

static void put_json_cell(const struct ll_stmt *stmt, const struct ll_column *column, int index,
                          struct ll_buf *out)
{
	char buffer[LL_UNIT_TEXT];

	if (ll_stmt_is_null(stmt, index)) {
		ll_buf_puts(out, "null");
		return;
	}
	switch (column->type) {
	case LL_CELL_TIME:
		ll_json_put_string(out,
		                   ll_str(ll_format_time_exact(ll_stmt_i64(stmt, index), buffer)));
		break;
	case LL_CELL_BOOL:
		ll_buf_puts(out, ll_stmt_i64(stmt, index) != 0 ? "true" : "false");
		break;
	case LL_CELL_JSON: ll_buf_put_str(out, ll_stmt_text(stmt, index)); break;
	case LL_CELL_TEXT: ll_json_put_string(out, ll_stmt_text(stmt, index)); break;
	default: put_json_own(stmt, index, out); break;
	}
}

static void put_json_row(const struct ll_stmt *stmt, const struct shape *shape, struct ll_buf *out)
{
	for (int i = 0; i < shape->columns.count; i++) {
		ll_buf_putc(out, i == 0 ? '{' : ',');
		ll_json_put_string(out, shape->columns.items[i].name);
		ll_buf_putc(out, ':');
		put_json_cell(stmt, &shape->columns.items[i], i, out);
	}
	ll_buf_puts(out, "}\n");
}

/* Spreadsheets run cells that begin with these; an apostrophe makes them text. */
static bool looks_like_formula(struct ll_str text)
{
	double number;

	if (text.size == 0 || !memchr("=+-@\t\r", text.data[0], 6))
		return false;
	return !ll_str_to_f64(text, &number);
}

static void put_csv_cell(struct ll_str text, struct ll_buf *out)
{
	const bool is_formula = looks_like_formula(text);
	bool is_quoted = is_formula;

	for (size_t i = 0; i < text.size; i++)
		is_quoted |= memchr(",\"\r\n", text.data[i], 4) != NULL;
	if (!is_quoted) {
		ll_buf_put_str(out, text);
		return;
	}
	ll_buf_putc(out, '"');
	if (is_formula)
		ll_buf_putc(out, '\'');
	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] == '"')
			ll_buf_putc(out, '"');
		ll_buf_putc(out, text.data[i]);
	}
	ll_buf_putc(out, '"');
}

/* Machines read CSV: times exact, numbers without separators. */
static struct ll_str csv_text(const struct ll_stmt *stmt, const struct ll_column *column, int index,
                              char buffer[LL_UNIT_TEXT])
{
	if (ll_stmt_is_null(stmt, index))
		return ll_str_n(NULL, 0);
	if (column->type == LL_CELL_TIME)
		return ll_str(ll_format_time_exact(ll_stmt_i64(stmt, index), buffer));
	return ll_stmt_text(stmt, index);
}

static void put_csv_row(const struct ll_stmt *stmt, const struct shape *shape, struct ll_buf *out)
{
	for (int i = 0; i < shape->columns.count; i++) {
		char buffer[LL_UNIT_TEXT];

		ll_buf_puts(out, i > 0 ? "," : "");
		put_csv_cell(csv_text(stmt, &shape->columns.items[i], i, buffer), out);
	}
	ll_buf_puts(out, "\r\n");
}

/* Markup and table characters become entities or are escaped. */
static void put_markdown_cell(struct ll_str text, struct ll_buf *out)
{
	struct ll_buf plain;

	ll_buf_init(&plain, LL_BUF_MESSAGE);
	(void)put_plain(&plain, text, 400);
	for (size_t i = 0; i < plain.size; i++) {
		const char byte = plain.data[i];

		if (byte == '<')
			ll_buf_puts(out, "&lt;");
		else if (byte == '&')
			ll_buf_puts(out, "&amp;");
		else if (memchr("|\\`*_[]", byte, 7))
			ll_buf_printf(out, "\\%c", byte);
		else
			ll_buf_putc(out, byte);
	}
	ll_buf_done(&plain);
}

static void put_markdown_row(const struct ll_stmt *stmt, const struct shape *shape,
                             struct ll_buf *out)
{
	ll_buf_putc(out, '|');
	for (int i = 0; i < shape->columns.count; i++) {
		char buffer[LL_UNIT_TEXT];

		ll_buf_putc(out, ' ');
		put_markdown_cell(ll_column_text(stmt, &shape->columns.items[i], i, buffer), out);
		ll_buf_puts(out, " |");
	}
	ll_buf_putc(out, '\n');
}

static void put_header(const struct shape *shape, enum ll_rows_format format, struct ll_buf *out)
{
	for (int i = 0; i < shape->columns.count; i++) {
		if (format == LL_ROWS_CSV) {
			ll_buf_puts(out, i > 0 ? "," : "");
			put_csv_cell(shape->columns.items[i].name, out);
		} else {
			ll_buf_puts(out, "| ");
			put_markdown_cell(shape->columns.items[i].name, out);
			ll_buf_putc(out, ' ');
		}
	}
	if (format == LL_ROWS_CSV) {
		ll_buf_puts(out, "\r\n");
		return;
	}
	ll_buf_puts(out, "|\n");
	for (int i = 0; i < shape->columns.count; i++)
		ll_buf_puts(out,
		            ll_column_is_numeric(&shape->columns.items[i]) ? "| ---: " : "| --- ");
	ll_buf_puts(out, "|\n");
}

static int write_rows(struct ll_stmt *stmt, const struct shape *shape, enum ll_rows_format format,
                      const struct ll_output *out, size_t *rows, struct ll_error *err)
{
	struct ll_buf line;
	int state = 0, rc = LL_OK;

	ll_buf_init(&line, LL_BUF_PAGE);
	if (format != LL_ROWS_JSONL) {
		put_header(shape, format, &line);
		rc = out->put(out->self, ll_buf_str(&line), err);
	}
	while (rc == LL_OK && (state = ll_stmt_step(stmt, err)) > 0) {
		ll_buf_clear(&line);
		if (format == LL_ROWS_JSONL)
			put_json_row(stmt, shape, &line);
		else if (format == LL_ROWS_CSV)
			put_csv_row(stmt, shape, &line);
		else
			put_markdown_row(stmt, shape, &line);
		rc = out->put(out->self, ll_buf_str(&line), err);
		(*rows)++;
	}
	ll_buf_done(&line);
	return state < 0 ? state : rc;
}

int ll_rows_write(struct ll_stmt *stmt, enum ll_rows_format format, const struct ll_output *out,
                  size_t *ret_rows, struct ll_error *err)
{
	struct shape shape = {.widths = {0}};
	size_t rows = 0;
	int rc = ll_columns_read(stmt, &shape.columns, err);

	if (rc == LL_OK && format == LL_ROWS_TABLE)
		rc = write_table(stmt, &shape, out, &rows, err);
	else if (rc == LL_OK)
		rc = write_rows(stmt, &shape, format, out, &rows, err);
	if (rc == LL_OK && ret_rows)
		*ret_rows = rows;
	return rc;
}
