/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gate_bench.c - does a change make benchmarks allocate more?
 *
 * B/op and allocs/op count, for they hardly depend on the machine; ns/op and others are shown, and
 * count when asked for. Comparisons are those of bench.h.
 */
#include "model.h"
#include "outputs.h"

#include <leakledger/bench.h>

#include <inttypes.h>

enum {
	COLUMNS = 7,
	NAME_WIDTH = 60,
	MD_WIDTH = 120,
};

struct gate {
	const struct ll_gate_options *options;
	const struct ll_bench_row *rows;
	size_t count, failing, judged, too_few;
	size_t sets[2]; /* of the older file and the newer one */
};

static bool counts(const struct ll_gate_options *options, struct ll_str unit)
{
	if (ll_str_equal(unit, ll_str("B/op")) || ll_str_equal(unit, ll_str("allocs/op")))
		return true;
	for (size_t i = 0; i < options->unit_count; i++) {
		if (ll_str_equal(unit, ll_str(options->units[i])))
			return true;
	}
	return false;
}

static bool fails(const struct gate *gate, const struct ll_bench_row *row)
{
	return row->verdict == LL_BENCH_WORSE && counts(gate->options, row->unit);
}

static void tally(struct gate *gate)
{
	for (size_t i = 0; i < gate->count; i++) {
		const struct ll_bench_row *const row = &gate->rows[i];

		if (!counts(gate->options, row->unit))
			continue;
		gate->failing += fails(gate, row);
		gate->too_few += row->verdict == LL_BENCH_TOO_FEW;
		gate->judged += row->verdict <= LL_BENCH_SAME;
	}
}

/* ----------------------------------------------------------------------- words */

static void put_sample(struct ll_buf *to, const struct ll_bench_sample *sample)
{
	char text[LL_UNIT_TEXT];

	if (sample->count == 0)
		return;
	ll_buf_puts(to, ll_format_real(sample->median, sample->median < 100 ? 2 : 0, text));
	if (sample->has_interval && sample->median > 0)
		ll_buf_printf(to, " \xc2\xb1 %.0f %%",
		              (sample->high - sample->low) / 2 / sample->median * 100);
}

static void put_change(struct ll_buf *to, const struct ll_bench_row *row)
{
	if (row->verdict == LL_BENCH_SAME)
		ll_buf_putc(to, '~');
	else if (row->has_change)
		ll_buf_printf(to, "%+.1f %%", row->change * 100);
}

static void put_name(struct ll_buf *to, const struct ll_bench_row *row)
{
	if (row->package.size > 0)
		ll_buf_printf(to, "%.*s ", LL_STR_ARG(row->package));
	ll_buf_put_str(to, row->name);
	if (row->procs > 1)
		ll_buf_printf(to, "-%" PRId64, row->procs);
}

/* verdict, benchmark, unit, older, newer, change, p and n */
static void put_cell(const struct gate *gate, const struct ll_bench_row *row, int column,
                     struct ll_buf *to)
{
	switch (column) {
	case 0:
		ll_buf_puts(to, fails(gate, row) ? "FAILED" : ll_bench_verdict_name(row->verdict));
		break;
	case 1: put_name(to, row); break;
	case 2: ll_buf_put_str(to, row->unit); break;
	case 3: put_sample(to, &row->older); break;
	case 4: put_sample(to, &row->newer); break;
	case 5: put_change(to, row); break;
	default:
		if (row->has_p)
			ll_buf_printf(to, "p=%.3f n=%zu+%zu", row->p, row->older.count,
			              row->newer.count);
		break;
	}
}

static void put_verdict(const struct gate *gate, struct ll_buf *to)
{
	if (gate->judged == 0)
		ll_buf_puts(to, "has nothing to compare");
	else if (gate->failing > 0)
		ll_buf_printf(to, "FAILED: %zu of %zu comparisons got worse", gate->failing,
		              gate->judged);
	else
		ll_buf_printf(to, "passed: none of %zu comparisons got worse", gate->judged);
	if (gate->too_few > 0)
		ll_buf_printf(
			to, "; %zu had too few results, 4 of each side are the fewest (-count=10)",
			gate->too_few);
	for (size_t i = 0; i < LL_COUNT(gate->sets); i++) {
		if (gate->sets[i] > 1)
			ll_buf_printf(to, "; the %zu sets of results in the %s file count as one",
			              gate->sets[i], i == LL_BENCH_OLDER ? "older" : "newer");
	}
}

static const char *const heads[COLUMNS] = {"verdict", "benchmark", "unit", "older",
                                           "newer",   "change",    "test"};

/* ------------------------------------------------------------------------ text */

static size_t put_plain_cell(const struct gate *gate, const struct ll_bench_row *row, int column,
                             struct ll_buf *to)
{
	struct ll_buf cell;
	size_t width;

	if (!row)
		return ll_plain_put(to, ll_str(heads[column]), NAME_WIDTH);
	ll_buf_init(&cell, LL_BUF_PAGE);
	put_cell(gate, row, column, &cell);
	width = ll_plain_put(to, ll_buf_str(&cell), NAME_WIDTH);
	ll_buf_done(&cell);
	return width;
}

static void put_line(const struct gate *gate, const struct ll_bench_row *row, const size_t *widths,
                     struct ll_buf *to)
{
	for (int column = 0; column < COLUMNS; column++) {
		const size_t width = put_plain_cell(gate, row, column, to);

		if (column + 1 < COLUMNS)
			ll_buf_printf(to, "%*s", (int)(widths[column] - width + 2), "");
	}
	ll_buf_putc(to, '\n');
}

static void put_text(const struct gate *gate, struct ll_buf *to)
{
	size_t widths[COLUMNS];
	struct ll_buf scratch;

	ll_buf_puts(to, "gate ");
	put_verdict(gate, to);
	ll_buf_puts(to, "\n\n");
	ll_buf_init(&scratch, LL_BUF_PAGE);
	for (int column = 0; column < COLUMNS; column++) {
		widths[column] = strlen(heads[column]);
		for (size_t i = 0; i < gate->count; i++) {
			size_t width;

			ll_buf_clear(&scratch);
			width = put_plain_cell(gate, &gate->rows[i], column, &scratch);
			widths[column] = width > widths[column] ? width : widths[column];
		}
	}
	ll_buf_done(&scratch);
	put_line(gate, NULL, widths, to);
	for (size_t i = 0; i < gate->count; i++)
		put_line(gate, &gate->rows[i], widths, to);
}

static void put_md(const struct gate *gate, struct ll_buf *to)
{
	struct ll_buf cell;

	ll_buf_init(&cell, LL_BUF_PAGE);
	ll_buf_puts(to, "## leakledger gate ");
	put_verdict(gate, to);
	ll_buf_puts(to, "\n\n| verdict | benchmark | unit | older | newer | change | test |\n"
	                "| --- | --- | --- | ---: | ---: | ---: | --- |\n");
	for (size_t i = 0; i < gate->count; i++) {
		ll_buf_putc(to, '|');
		for (int column = 0; column < COLUMNS; column++) {
			ll_buf_clear(&cell);
			put_cell(gate, &gate->rows[i], column, &cell);
			ll_buf_putc(to, ' ');
			ll_markdown_put(to, ll_buf_str(&cell), MD_WIDTH);
			ll_buf_puts(to, " |");
		}
		ll_buf_putc(to, '\n');
	}
	ll_buf_done(&cell);
}

/* ----------------------------------------------------------------------- JUnit */

static void put_failure(const struct ll_bench_row *row, xmlNodePtr node)
{
	struct ll_buf text;
	xmlNodePtr failure;

	ll_buf_init(&text, LL_BUF_PAGE);
	put_sample(&text, &row->older);
	ll_buf_puts(&text, " -> ");
	put_sample(&text, &row->newer);
	ll_buf_printf(&text, " %.*s ", LL_STR_ARG(row->unit));
	put_change(&text, row);
	ll_buf_printf(&text, " (p=%.3f n=%zu+%zu)", row->p, row->older.count, row->newer.count);
	failure = ll_model_element(node, "failure");
	ll_model_text(failure, "message", ll_buf_str(&text));
	ll_model_text(failure, "type", ll_str("worse"));
	ll_buf_done(&text);
}

static int write_junit(const struct gate *gate, const struct ll_output *out, struct ll_error *err)
{
	struct ll_model model = {.doc = NULL};
	xmlNodePtr suite;
	struct ll_buf name;
	int rc = ll_model_open(&model, "testsuite", err);

	if (rc < 0)
		return rc;
	ll_buf_init(&name, LL_BUF_PAGE);
	suite = model.page;
	ll_model_text(suite, "name", ll_str("leakledger benchmarks"));
	ll_model_i64(suite, "tests", (int64_t)gate->count);
	ll_model_i64(suite, "failures", (int64_t)gate->failing);
	for (size_t i = 0; i < gate->count; i++) {
		const struct ll_bench_row *const row = &gate->rows[i];
		const xmlNodePtr node = ll_model_element(suite, "testcase");

		ll_buf_clear(&name);
		put_name(&name, row);
		ll_buf_printf(&name, " %.*s", LL_STR_ARG(row->unit));
		ll_model_text(node, "classname", row->package);
		ll_model_text(node, "name", ll_buf_str(&name));
		if (fails(gate, row))
			put_failure(row, node);
		else if (row->verdict > LL_BENCH_SAME)
			ll_model_text(ll_model_element(node, "skipped"), "message",
			              ll_str(ll_bench_verdict_name(row->verdict)));
	}
	ll_buf_done(&name);
	rc = ll_model_write(&model, out, err);
	ll_model_done(&model);
	return rc;
}

/* ------------------------------------------------------------------------ gate */

static int write(const struct gate *gate, const struct ll_output *out, struct ll_error *err)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	const char *const format = gate->options->format;

	ll_buf_init(&text, LL_BUF_DOCUMENT);
	if (strcmp(format, "junit") == 0)
		return write_junit(gate, out, err);
	if (strcmp(format, "md") == 0)
		put_md(gate, &text);
	else
		put_text(gate, &text);
	return ll_output_put(out, &text, "the text", err);
}

int ll_gate_bench(const char *older, const char *newer, const struct ll_gate_options *options,
                  const struct ll_output *out, struct ll_gate_result *ret_result,
                  struct ll_error *err)
{
	LL_CLEANUP(ll_bench_freep) struct ll_bench *bench = ll_bench_new();
	const struct ll_bench_options compare = {.least_effect = options->least_effect};
	struct gate gate = {.options = options};
	int rc;

	if (strcmp(options->format, "sarif") == 0)
		return ll_fail(err, LL_E_USAGE,
		               "benchmarks have no place in the source: text, md or junit");
	rc = ll_bench_add_file(bench, LL_BENCH_OLDER, older, err);
	if (rc == LL_OK)
		rc = ll_bench_add_file(bench, LL_BENCH_NEWER, newer, err);
	if (rc < 0)
		return rc;
	gate.rows = ll_bench_compare(bench, &compare, &gate.count);
	gate.sets[LL_BENCH_OLDER] = ll_bench_sets(bench, LL_BENCH_OLDER);
	gate.sets[LL_BENCH_NEWER] = ll_bench_sets(bench, LL_BENCH_NEWER);
	tally(&gate);
	*ret_result = (struct ll_gate_result){.failing = gate.failing, .judged = gate.judged};
	return write(&gate, out, err);
}
