/* SPDX-License-Identifier: Apache-2.0 */
/* corpus.c - see corpus.h. */
#include "corpus.h"

#include <leakledger/file.h>

/* Takes the quotes off a cell, in place. */
static struct ll_str unquote(struct ll_table *table, struct ll_str cell)
{
	char *const to = table->text.data + (cell.data - table->text.data);
	size_t used = 0;

	for (size_t i = 1; i + 1 < cell.size; i++) {
		to[used++] = cell.data[i];
		if (cell.data[i] == '"' && cell.data[i + 1] == '"')
			i++;
	}
	return ll_str_n(to, used);
}

static size_t split_row(struct ll_table *table, struct ll_str row,
                        struct ll_str cells[LL_TABLE_COLUMNS_MAX])
{
	size_t count = 0;

	while (row.data && count < LL_TABLE_COLUMNS_MAX) {
		const struct ll_str cell = ll_str_split(&row, '\t');
		const bool is_quoted = cell.size >= 2 && cell.data[0] == '"';

		cells[count++] = is_quoted ? unquote(table, cell) : cell;
	}
	return count;
}

void ll_table_open(struct ll_table *table, const char *corpus, const char *name)
{
	struct ll_error err = LL_ERROR_INIT;
	char path[1024];

	memset(table, 0, sizeof *table);
	ll_buf_init(&table->text, LL_BUF_PAGE);
	(void)snprintf(path, sizeof path, "%s/%s", corpus, name);
	assert_ok(ll_file_read(path, &table->text, &err), &err);
	table->rest = ll_buf_str(&table->text);
	table->columns = split_row(table, ll_str_split(&table->rest, '\n'), table->names);
}

void ll_table_done(struct ll_table *table)
{
	ll_buf_done(&table->text);
}

bool ll_table_next(struct ll_table *table)
{
	struct ll_str row = {NULL, 0};

	while (table->rest.data && row.size == 0)
		row = ll_str_split(&table->rest, '\n');
	if (row.size == 0)
		return false;
	memset(table->cells, 0, sizeof table->cells);
	(void)split_row(table, row, table->cells);
	return true;
}

struct ll_str ll_table_cell(const struct ll_table *table, const char *column)
{
	for (size_t i = 0; i < table->columns; i++) {
		if (ll_str_equal(ll_str_trim(table->names[i]), ll_str(column)))
			return ll_str_trim(table->cells[i]);
	}
	fail_msg("the table has no column '%s'", column);
	return ll_str_n(NULL, 0);
}

void ll_corpus_read(const char *corpus, struct ll_str path, struct ll_buf *bytes)
{
	struct ll_error err = LL_ERROR_INIT;
	char full[2048];

	(void)snprintf(full, sizeof full, "%s/files/%.*s", corpus, LL_STR_ARG(path));
	assert_ok(ll_file_read(full, bytes, &err), &err);
}

int64_t ll_corpus_json_number(struct ll_str json, const char *name)
{
	char key[64];
	uint64_t value;
	size_t at;

	(void)snprintf(key, sizeof key, "\"%s\": ", name);
	at = ll_str_find(json, key);
	if (at == SIZE_MAX || ll_str_lead_u64(ll_str_from(json, at + strlen(key)), &value) == 0)
		return -1;
	return (int64_t)value;
}
