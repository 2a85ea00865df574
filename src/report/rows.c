/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rows.c - any SELECT as a table: aligned text, JSON, JSON lines, CSV, Markdown.
 *
 * Names in cells come from strangers. In text and Markdown, control characters and direction marks
 * are replaced; in CSV a cell that begins like a formula gets an apostrophe in front; JSON escapes.
 */
#include "columns.h"
#include "plain.h"

#include <leakledger/json.h>
#include <leakledger/report.h>
#include <leakledger/vec.h>

#include <inttypes.h>

enum {
	CELL_MAX = 400, /* characters of a cell in Markdown */
	WIDTH_MAX = 72, /* of one cell in an aligned table; longer text is cut with an ellipsis */
	TABLE_ROWS_MAX = 200000, /* rows that are held to be aligned */
};

struct shape {
	struct ll_columns columns;
	size_t most;                   /* rows */
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
		{"table", LL_ROWS_TABLE}, {"json", LL_ROWS_JSON},   {"jsonl", LL_ROWS_JSONL},
		{"csv", LL_ROWS_CSV},     {"md", LL_ROWS_MARKDOWN},
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
	line->widths[index] = ll_plain_put(scratch, text, WIDTH_MAX);
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
	int state = 0, rc = LL_OK;

	ll_buf_init(&text, LL_BUF_PAGE);
	for (int i = 0; i < shape->columns.count; i++)
		set_cell(shape, line, i, shape->columns.items[i].name, &arena, &text);
	while (*rows < shape->most && (state = ll_stmt_step(stmt, err)) > 0) {
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
	case LL_CELL_JSON: ll_json_put_raw(out, ll_stmt_text(stmt, index)); break;
	case LL_CELL_TEXT: ll_json_put_string(out, ll_stmt_text(stmt, index)); break;
	default: put_json_own(stmt, index, out); break;
	}
}

void ll_columns_put_json(const struct ll_stmt *stmt, const struct ll_columns *columns,
                         struct ll_buf *out)
{
	for (int i = 0; i < columns->count; i++) {
		ll_buf_putc(out, i == 0 ? '{' : ',');
		ll_json_put_string(out, columns->items[i].name);
		ll_buf_putc(out, ':');
		put_json_cell(stmt, &columns->items[i], i, out);
	}
	ll_buf_puts(out, columns->count > 0 ? "}" : "{}");
}

/* Spreadsheets run cells that begin with these; an apostrophe makes them text. */
static bool looks_like_formula(struct ll_str text)
{
	double number;

	if (text.size == 0 || !memchr("=+-@\t\r\n", text.data[0], 7))
		return false;
	return !ll_str_to_f64(text, &number);
}

/* A cell keeps its line ends; what could steer a terminal or turn text around it does not. */
static void put_csv_code(uint32_t code, struct ll_buf *out)
{
	const bool is_kept = code == '\n' || code == '\r' || code == '\t';
	char bytes[4];

	if (code == '"')
		ll_buf_putc(out, '"');
	if (!is_kept && ll_plain_is_harmful(code))
		code = 0xfffd;
	ll_buf_put(out, bytes, ll_utf8_put(code, bytes));
}

static void put_csv_cell(struct ll_str text, struct ll_buf *out)
{
	const bool is_formula = looks_like_formula(text);
	bool is_quoted = is_formula;

	for (size_t i = 0; i < text.size; i++)
		is_quoted |= memchr(",\"\r\n", text.data[i], 4) != NULL;
	ll_buf_puts(out, is_quoted ? "\"" : "");
	ll_buf_puts(out, is_formula ? "'" : "");
	for (size_t i = 0; i < text.size;) {
		uint32_t code;

		i += ll_utf8_next(text, i, &code);
		put_csv_code(code, out);
	}
	ll_buf_puts(out, is_quoted ? "\"" : "");
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

static void put_markdown_row(const struct ll_stmt *stmt, const struct shape *shape,
                             struct ll_buf *out)
{
	ll_buf_putc(out, '|');
	for (int i = 0; i < shape->columns.count; i++) {
		char buffer[LL_UNIT_TEXT];

		ll_buf_putc(out, ' ');
		ll_markdown_put(out, ll_column_text(stmt, &shape->columns.items[i], i, buffer),
		                CELL_MAX);
		ll_buf_puts(out, " |");
	}
	ll_buf_putc(out, '\n');
}

static void put_csv_header(const struct shape *shape, struct ll_buf *out)
{
	for (int i = 0; i < shape->columns.count; i++) {
		ll_buf_puts(out, i > 0 ? "," : "");
		put_csv_cell(shape->columns.items[i].name, out);
	}
	ll_buf_puts(out, "\r\n");
}

static void put_markdown_header(const struct shape *shape, struct ll_buf *out)
{
	for (int i = 0; i < shape->columns.count; i++) {
		ll_buf_puts(out, "| ");
		ll_markdown_put(out, shape->columns.items[i].name, CELL_MAX);
		ll_buf_putc(out, ' ');
	}
	ll_buf_puts(out, "|\n");
	for (int i = 0; i < shape->columns.count; i++)
		ll_buf_puts(out,
		            ll_column_is_numeric(&shape->columns.items[i]) ? "| ---: " : "| --- ");
	ll_buf_puts(out, "|\n");
}

static void put_header(const struct shape *shape, enum ll_rows_format format, struct ll_buf *out)
{
	switch (format) {
	case LL_ROWS_CSV: put_csv_header(shape, out); break;
	case LL_ROWS_MARKDOWN: put_markdown_header(shape, out); break;
	case LL_ROWS_JSON: ll_buf_putc(out, '['); break;
	case LL_ROWS_TABLE:
	case LL_ROWS_JSONL: break;
	}
}

static void put_row(const struct ll_stmt *stmt, const struct shape *shape,
                    enum ll_rows_format format, bool is_first, struct ll_buf *out)
{
	switch (format) {
	case LL_ROWS_CSV: put_csv_row(stmt, shape, out); break;
	case LL_ROWS_MARKDOWN: put_markdown_row(stmt, shape, out); break;
	case LL_ROWS_JSON:
		ll_buf_puts(out, is_first ? "\n" : ",\n");
		ll_columns_put_json(stmt, &shape->columns, out);
		break;
	case LL_ROWS_JSONL:
		ll_columns_put_json(stmt, &shape->columns, out);
		ll_buf_putc(out, '\n');
		break;
	case LL_ROWS_TABLE: break;
	}
}

static int write_rows(struct ll_stmt *stmt, const struct shape *shape, enum ll_rows_format format,
                      const struct ll_output *out, size_t *rows, struct ll_error *err)
{
	struct ll_buf line;
	int state = 0, rc;

	ll_buf_init(&line, LL_BUF_PAGE);
	put_header(shape, format, &line);
	rc = out->put(out->self, ll_buf_str(&line), err);
	while (rc == LL_OK && *rows < shape->most && (state = ll_stmt_step(stmt, err)) > 0) {
		ll_buf_clear(&line);
		put_row(stmt, shape, format, *rows == 0, &line);
		rc = ll_buf_check(&line, "a row", err);
		if (rc == LL_OK)
			rc = out->put(out->self, ll_buf_str(&line), err);
		(*rows)++;
	}
	if (rc == LL_OK && state >= 0 && format == LL_ROWS_JSON)
		rc = out->put(out->self, ll_str("\n]\n"), err);
	ll_buf_done(&line);
	return state < 0 ? state : rc;
}

int ll_rows_write_first(struct ll_stmt *stmt, enum ll_rows_format format,
                        const struct ll_output *out, size_t most, size_t *ret_rows,
                        bool *ret_is_cut, struct ll_error *err)
{
	struct shape shape = {.most = most};
	size_t rows = 0;
	int rc = ll_columns_read(stmt, &shape.columns, err);

	if (format == LL_ROWS_TABLE && shape.most > TABLE_ROWS_MAX)
		shape.most = TABLE_ROWS_MAX;
	if (rc == LL_OK && format == LL_ROWS_TABLE)
		rc = write_table(stmt, &shape, out, &rows, err);
	else if (rc == LL_OK)
		rc = write_rows(stmt, &shape, format, out, &rows, err);
	if (rc < 0)
		return rc;
	*ret_rows = rows;
	*ret_is_cut = false;
	if (rows < shape.most)
		return LL_OK;
	rc = ll_stmt_step(stmt, err);
	*ret_is_cut = rc > 0;
	return rc < 0 ? rc : LL_OK;
}

int ll_rows_write(struct ll_stmt *stmt, enum ll_rows_format format, const struct ll_output *out,
                  size_t *ret_rows, struct ll_error *err)
{
	bool is_cut;
	size_t rows = 0;
	const int rc = ll_rows_write_first(stmt, format, out, SIZE_MAX, &rows, &is_cut, err);

	if (rc == LL_OK && ret_rows)
		*ret_rows = rows;
	return rc;
}
