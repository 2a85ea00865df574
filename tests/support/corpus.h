/* SPDX-License-Identifier: Apache-2.0 */
/*
 * corpus.h - the tables of the corpus of real captures: tab-separated, first row names the columns.
 *
 * Cells are cut out of the table's own text; a cell in "..." has its doubled quotes halved.
 */
#ifndef LL_TEST_CORPUS_H
#define LL_TEST_CORPUS_H

#include "support.h"

enum {
	LL_TABLE_COLUMNS_MAX = 32,
};

struct ll_table {
	struct ll_buf text;
	struct ll_str rest; /* rows that were not read yet */
	struct ll_str names[LL_TABLE_COLUMNS_MAX];
	struct ll_str cells[LL_TABLE_COLUMNS_MAX];
	size_t columns;
};

/** Opens a table of the corpus ("ORACLE.tsv"); fails the test when it cannot be read. */
void ll_table_open(struct ll_table *table, const char *corpus, const char *name);
void ll_table_done(struct ll_table *table);
/** Goes on to the next row. */
bool ll_table_next(struct ll_table *table);
/** A cell of the current row; fails the test when there is no such column. */
struct ll_str ll_table_cell(const struct ll_table *table, const char *column);

/** Reads a capture of the corpus into `bytes` (cleared first). */
void ll_corpus_read(const char *corpus, struct ll_str path, struct ll_buf *bytes);
/** "name": NUMBER in a flat JSON text, or -1. */
int64_t ll_corpus_json_number(struct ll_str json, const char *name);

#endif
