/* SPDX-License-Identifier: Apache-2.0 */
/*
 * out_md.c - findings for the summary of a CI job or a comment on a change.
 *
 * Such places refuse what is too large, as a whole and silently: 64 KiB for a comment. So a budget
 * is kept. Rows of the table go first, then the paragraphs of the findings that hurt most; what has
 * no room is counted.
 */
#include "outputs.h"

#include <inttypes.h>

enum {
	BUDGET = 60 * 1000, /* bytes */
	TABLE_BUDGET = 40 * 1000,
	CELL = 160, /* characters of one cell */
	PARAGRAPH = 600,
};

static void put_cell(struct ll_buf *to, struct ll_str text)
{
	ll_buf_putc(to, ' ');
	ll_markdown_put(to, text, CELL);
	ll_buf_puts(to, " |");
}

static void put_limit(struct ll_buf *to, const struct ll_found *found)
{
	char text[LL_UNIT_TEXT];

	if (found->has_time_to_limit)
		put_cell(to,
		         ll_str(ll_format_duration(found->time_to_limit_s * LL_NS_PER_S, text)));
	else
		put_cell(to, ll_str(""));
}

static void put_row(struct ll_buf *to, const struct ll_found *found)
{
	struct ll_buf cell;

	ll_buf_init(&cell, LL_BUF_PAGE);
	ll_buf_putc(to, '|');
	put_cell(to, found->severity);
	ll_buf_printf(to, " %" PRId64 " |", found->score);
	put_cell(to, found->is_suppressed ? ll_str("suppressed") : found->state);
	put_cell(to, found->service);
	put_cell(to, found->class_name);
	ll_found_place(found, &cell);
	put_cell(to, ll_buf_str(&cell));
	ll_buf_clear(&cell);
	ll_found_growth(found, &cell);
	put_cell(to, ll_buf_str(&cell));
	put_limit(to, found);
	put_cell(to, found->id);
	ll_buf_putc(to, '\n');
	ll_buf_done(&cell);
}

/* Returns how many rows had room. */
static size_t put_table(struct ll_buf *to, const struct ll_found_set *set)
{
	const struct ll_found *const found = ll_found_all(set);
	struct ll_buf row;
	size_t shown = 0;

	ll_buf_init(&row, LL_BUF_PAGE);
	ll_buf_puts(to, "\n| severity | score | state | service | class | place | growth a day | "
	                "time to limit | id |\n"
	                "| --- | ---: | --- | --- | --- | --- | ---: | ---: | --- |\n");
	for (; shown < set->found.count; shown++) {
		ll_buf_clear(&row);
		put_row(&row, &found[shown]);
		if (to->size + row.size > TABLE_BUDGET)
			break;
		ll_buf_put_str(to, ll_buf_str(&row));
	}
	ll_buf_done(&row);
	return shown;
}

static void put_detail(struct ll_buf *to, const struct ll_found *found)
{
	struct ll_str rest = found->explanation;
	const struct ll_str first = ll_str_split(&rest, '\n');

	ll_buf_puts(to, "\n### ");
	ll_markdown_put(to, found->summary, PARAGRAPH);
	ll_buf_puts(to, "\n\n");
	if (found->source.size > 0) {
		/* By indent: no text can end such a block. */
		ll_found_source(found, "    ", to);
		ll_buf_putc(to, '\n');
	}
	ll_buf_puts(to, "* ");
	ll_markdown_put(to, first, PARAGRAPH);
	if (found->remedy.size > 0) {
		ll_buf_puts(to, "\n* What to do: ");
		ll_markdown_put(to, found->remedy, PARAGRAPH);
	}
	ll_buf_putc(to, '\n');
}

static void put_details(struct ll_buf *to, const struct ll_found_set *set, size_t most)
{
	const struct ll_found *const found = ll_found_all(set);
	struct ll_buf detail;

	ll_buf_init(&detail, LL_BUF_PAGE);
	for (size_t i = 0; i < most; i++) {
		if (!found[i].is_open || found[i].is_suppressed)
			continue;
		ll_buf_clear(&detail);
		put_detail(&detail, &found[i]);
		if (to->size + detail.size > BUDGET)
			break;
		ll_buf_put_str(to, ll_buf_str(&detail));
	}
	ll_buf_done(&detail);
}

static void put_document(struct ll_buf *to, const struct ll_found_set *set)
{
	size_t shown;

	ll_buf_puts(to, "## leakledger: ");
	ll_found_headline(set, to);
	ll_buf_puts(to, "\n\n");
	ll_found_basis(set, to);
	ll_buf_putc(to, '\n');
	if (set->found.count == 0)
		return;
	shown = put_table(to, set);
	if (shown < set->found.count)
		ll_buf_printf(to, "\n%zu more: `leakledger findings` lists them all.\n",
		              set->found.count - shown);
	put_details(to, set, shown);
}

static int write_md(const struct ll_findings_of *of, const struct ll_output *out,
                    struct ll_error *err)
{
	LL_CLEANUP(ll_found_done) struct ll_found_set set = {.open = 0};
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	int rc;

	ll_buf_init(&text, LL_BUF_PAGE);
	rc = ll_found_load(&set, of, err);
	if (rc < 0)
		return rc;
	put_document(&text, &set);
	return ll_output_put(out, &text, "the summary", err);
}

const struct ll_output_format ll_out_md = {
	.id = "md",
	.title = "Markdown for the summary of a CI job, at most 60 KB",
	.suffix = "md",
	.is_for_people = true,
	.write = write_md,
};
