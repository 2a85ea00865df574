/* SPDX-License-Identifier: Apache-2.0 */
/* bench_line.c - see bench_line.h. */
#include "bench_line.h"

#include <leakledger/units.h>

static struct ll_str take_field(struct ll_str *text)
{
	struct ll_str field;
	size_t size = 0;

	while (text->size > 0 && memchr(" \t\r", text->data[0], 3))
		*text = ll_str_from(*text, 1);
	while (size < text->size && !memchr(" \t\r", text->data[size], 3))
		size++;
	field = ll_str_first(*text, size);
	*text = ll_str_from(*text, size);
	return field;
}

bool ll_bench_name(struct ll_str *text, struct ll_str *ret_name)
{
	struct ll_str rest = *text, name;

	if (!ll_str_starts(*text, "Benchmark"))
		return false;
	name = take_field(&rest);
	if (name.size > LL_BENCH_NAME_MAX)
		return false;
	*ret_name = ll_str_from(name, strlen("Benchmark"));
	*text = rest;
	return true;
}

/* "-60.18%" and "1.02x" of tools that compare: units may have digits ("99%ile-ns"). */
static bool is_difference(struct ll_str unit)
{
	double value;

	if (unit.size > 1 && memchr("%x", unit.data[unit.size - 1], 2))
		unit.size--;
	(void)ll_str_skip(&unit, "+");
	return ll_str_to_f64(unit, &value);
}

size_t ll_bench_numbers(struct ll_str text, int64_t *ret_iterations,
                        struct ll_bench_pair pairs[LL_BENCH_PAIRS_MAX])
{
	size_t count = 0;

	if (!ll_str_to_i64(take_field(&text), ret_iterations) || *ret_iterations < 0)
		return 0;
	while (count < LL_BENCH_PAIRS_MAX) {
		const struct ll_str value = take_field(&text);
		const struct ll_str unit = take_field(&text);

		if (unit.size == 0 || is_difference(unit) ||
		    !ll_str_to_f64(value, &pairs[count].value))
			break;
		pairs[count++].unit = unit;
	}
	return count;
}

bool ll_bench_is_result(struct ll_str line)
{
	struct ll_bench_pair pairs[LL_BENCH_PAIRS_MAX];
	struct ll_str name;
	int64_t iterations;

	return ll_bench_name(&line, &name) && ll_bench_numbers(line, &iterations, pairs) > 0;
}

bool ll_bench_config(struct ll_str line, struct ll_str *ret_key, struct ll_str *ret_value)
{
	const size_t colon = ll_str_index(line, ':');

	if (colon == SIZE_MAX || colon == 0 || line.data[0] < 'a' || line.data[0] > 'z')
		return false;
	for (size_t i = 0; i < colon; i++) {
		if (line.data[i] <= ' ' || (line.data[i] >= 'A' && line.data[i] <= 'Z'))
			return false;
	}
	*ret_key = ll_str_first(line, colon);
	*ret_value = ll_str_from(line, colon + 1);
	if (ret_value->size > 0 && ret_value->data[0] != ' ' && ret_value->data[0] != '\t')
		return false;
	*ret_value = ll_str_trim(*ret_value);
	return true;
}

bool ll_bench_cut_time(struct ll_str *line, int64_t *ret_time_ns)
{
	struct ll_str rest = *line;
	struct ll_str word;
	bool has_zone;

	if (line->size < 20 || line->data[0] < '0' || line->data[0] > '9')
		return false;
	word = take_field(&rest);
	if (word.size < 20 || !ll_parse_time(word, ret_time_ns, &has_zone))
		return false;
	*line = ll_str_from(rest, 1);
	return true;
}
