/* SPDX-License-Identifier: Apache-2.0 */
/* symbol_table.c - see symbol_table.h. */
#include "symbol_table.h"

void ll_symbol_table_done(struct ll_symbol_table *table)
{
	ll_map_done(&table->function_map);
	ll_map_done(&table->location_map);
	free(table->functions);
	free(table->lines);
	free(table->first_line);
	memset(table, 0, sizeof *table);
}

static uint32_t add_function(struct ll_symbol_table *table, struct ll_str name, struct ll_str file)
{
	const struct ll_hash name_hash = ll_hash_bytes(name.data, name.size);
	const struct ll_hash file_hash = ll_hash_bytes(file.data, file.size);
	const struct ll_hash key = {.low = name_hash.low + 3 * file_hash.low,
	                            .high = name_hash.high + 3 * file_hash.high};
	const uint32_t next = (uint32_t)table->function_count;
	const uint32_t index = ll_map_put(&table->function_map, key, next);

	if (index != next)
		return index;
	if (table->function_count == table->function_capacity) {
		table->function_capacity = table->function_capacity * 2 + 64;
		table->functions = ll_realloc(table->functions, table->function_capacity,
		                              sizeof *table->functions);
	}
	table->functions[table->function_count++] =
		(struct ll_function){.name = name, .file = file, .start_line = 0};
	return index;
}

uint32_t ll_symbol_table_add(struct ll_symbol_table *table, struct ll_str function,
                             struct ll_str file, int64_t line)
{
	const uint32_t index = add_function(table, function, file);
	const struct ll_hash key = {.low = ((uint64_t)line + 1) * 0x9e3779b97f4a7c15U + index,
	                            .high = (uint64_t)index << 32 ^ (uint64_t)line};
	const uint32_t next = (uint32_t)table->line_count;
	const uint32_t location = ll_map_put(&table->location_map, key, next);

	if (location != next)
		return location;
	if (table->line_count == table->line_capacity) {
		table->line_capacity = table->line_capacity * 2 + 64;
		table->lines = ll_realloc(table->lines, table->line_capacity, sizeof *table->lines);
	}
	table->lines[table->line_count++] = (struct ll_line){.function = index, .line = line};
	return location;
}

struct ll_symbols ll_symbol_table_view(struct ll_symbol_table *table)
{
	table->first_line =
		ll_realloc(table->first_line, table->line_count + 1, sizeof *table->first_line);
	for (size_t i = 0; i <= table->line_count; i++)
		table->first_line[i] = (uint32_t)i;
	return (struct ll_symbols){
		.functions = table->functions,
		.function_count = table->function_count,
		.lines = table->lines,
		.first_line = table->first_line,
		.location_count = table->line_count,
	};
}
