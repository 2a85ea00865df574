/* SPDX-License-Identifier: Apache-2.0 */
/* new_rows.c - see new_rows.h. */
#include "new_rows.h"

static void put_text(sqlite3_context *result, struct ll_str text)
{
	sqlite3_result_text64(result, text.data, text.size, SQLITE_STATIC, SQLITE_UTF8);
}

static void word_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct ll_new_word *const word = (const struct ll_new_word *)self + row;

	if (column == 0)
		sqlite3_result_int64(result, word->id);
	else
		put_text(result, word->text);
}

static void function_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct ll_new_function *const function = (const struct ll_new_function *)self + row;

	if (column == 0)
		sqlite3_result_int64(result, function->id);
	else
		put_text(result, column == 1 ? function->name : function->file);
}

static void frame_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct ll_new_pair *const frame = (const struct ll_new_pair *)self + row;

	if (column == 0)
		sqlite3_result_int64(result, frame->id);
	else
		sqlite3_result_int64(result, column == 1 ? (int64_t)frame->function : frame->line);
}

static void start_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct ll_new_pair *const start = (const struct ll_new_pair *)self + row;

	sqlite3_result_int64(result, column == 0 ? (int64_t)start->function : start->line);
}

static void stack_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct ll_new_stack *const stack = (const struct ll_new_stack *)self + row;

	if (column == 0)
		sqlite3_result_int64(result, stack->service_id);
	else if (column == 1)
		sqlite3_result_int64(result, stack->id);
	else if (column == 2)
		sqlite3_result_int64(result, stack->depth);
	else
		sqlite3_result_blob64(result, stack->frames.data, stack->frames.size,
		                      SQLITE_STATIC);
}

static void service_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct ll_new_instance *const item = (const struct ll_new_instance *)self + row;

	/* OR IGNORE drops rows without a name: instances of services that were there. */
	if (column == 0)
		sqlite3_result_int64(result, item->service_id);
	else if (item->is_service)
		put_text(result, item->service);
	else
		sqlite3_result_null(result);
}

static void instance_cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	const struct ll_new_instance *const item = (const struct ll_new_instance *)self + row;

	if (column == 2)
		put_text(result, item->instance);
	else
		sqlite3_result_int64(result, column == 0 ? item->instance_id : item->service_id);
}

/* ---------------------------------------------------------------------- storing */

int ll_new_rows_store(const struct ll_new_names *names, const struct ll_new_stacks *stacks,
                      struct ll_inserts *inserts, struct ll_error *err)
{
	const struct {
		const struct ll_vec *rows;
		const char *into;
		int columns;
		void (*cell)(const void *self, size_t row, int column, sqlite3_context *result);
	} tables[] = {
		{&stacks->stacks, "INTO stack", 4, stack_cell},
		{&names->words, "INTO word", 2, word_cell},
		{&names->functions, "INTO function", 3, function_cell},
		{&names->frames, "INTO frame", 3, frame_cell},
		{&names->starts, "OR IGNORE INTO function_start", 2, start_cell},
		{&names->instances, "OR IGNORE INTO service (service_id, name)", 2, service_cell},
		{&names->instances, "INTO instance (instance_id, service_id, name)", 3,
	         instance_cell},
	};
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(tables); i++) {
		const struct ll_rows rows = {.self = tables[i].rows->items,
		                             .count = tables[i].rows->count,
		                             .cell = tables[i].cell};

		rc = ll_rows_insert(inserts, tables[i].into, tables[i].columns, &rows, err);
	}
	return rc;
}

/* ------------------------------------------------------------------- life cycle */

void ll_new_names_clear(struct ll_new_names *names)
{
	names->words.count = 0;
	names->functions.count = 0;
	names->frames.count = 0;
	names->starts.count = 0;
	names->instances.count = 0;
	ll_arena_clear(&names->arena);
}

void ll_new_stacks_clear(struct ll_new_stacks *stacks)
{
	stacks->stacks.count = 0;
	ll_arena_clear(&stacks->arena);
}

void ll_new_names_done(struct ll_new_names *names)
{
	ll_vec_done(&names->words);
	ll_vec_done(&names->functions);
	ll_vec_done(&names->frames);
	ll_vec_done(&names->starts);
	ll_vec_done(&names->instances);
	ll_arena_done(&names->arena);
}

void ll_new_stacks_done(struct ll_new_stacks *stacks)
{
	ll_vec_done(&stacks->stacks);
	ll_arena_done(&stacks->arena);
}
