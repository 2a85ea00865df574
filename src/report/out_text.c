/* SPDX-License-Identifier: Apache-2.0 */
/* out_text.c - findings as paragraphs, to be read in a terminal, a ticket or a mail. */
#include "outputs.h"

#include <inttypes.h>

enum {
	WIDTH = 78,
	INDENT = 3,
};

static void put_paragraph(struct ll_buf *to, struct ll_str text)
{
	if (text.size == 0)
		return;
	ll_buf_printf(to, "%*s", INDENT, "");
	ll_plain_wrap(to, text, INDENT, WIDTH);
}

static void put_paragraphs(struct ll_buf *to, struct ll_str text)
{
	while (text.size > 0)
		put_paragraph(to, ll_str_split(&text, '\n'));
}

static void put_suppression(struct ll_buf *to, const struct ll_found *found)
{
	struct ll_buf line;

	if (!found->is_suppressed)
		return;
	ll_buf_init(&line, LL_BUF_PAGE);
	ll_buf_printf(&line, "Suppressed by '%.*s' of %.*s: %.*s", LL_STR_ARG(found->suppressed_by),
	              LL_STR_ARG(found->suppressed_owner), LL_STR_ARG(found->suppressed_reason));
	put_paragraph(to, ll_buf_str(&line));
	ll_buf_done(&line);
}

static void put_found(struct ll_buf *to, size_t number, const struct ll_found *found)
{
	struct ll_buf line;

	ll_buf_init(&line, LL_BUF_PAGE);
	ll_buf_printf(to, "\n%zu. ", number);
	ll_buf_put_str(&line, found->summary);
	ll_plain_wrap(to, ll_buf_str(&line), INDENT, WIDTH);
	ll_buf_clear(&line);
	ll_buf_printf(&line, "%.*s, score %" PRId64 ", %.*s; class %.*s; id %.*s",
	              LL_STR_ARG(found->severity), found->score, LL_STR_ARG(found->state),
	              LL_STR_ARG(found->class_name), LL_STR_ARG(found->id));
	put_paragraph(to, ll_buf_str(&line));
	if (found->file.size > 0) {
		ll_buf_clear(&line);
		ll_buf_printf(&line, "%.*s at %.*s:%" PRId64, LL_STR_ARG(found->function),
		              LL_STR_ARG(found->file), found->line);
		put_paragraph(to, ll_buf_str(&line));
	}
	ll_found_source(found, "   ", to);
	put_paragraphs(to, found->explanation);
	if (found->remedy.size > 0) {
		ll_buf_clear(&line);
		ll_buf_printf(&line, "What to do: %.*s", LL_STR_ARG(found->remedy));
		put_paragraph(to, ll_buf_str(&line));
	}
	put_suppression(to, found);
	ll_buf_done(&line);
}

static int write_text(const struct ll_findings_of *of, const struct ll_output *out,
                      struct ll_error *err)
{
	LL_CLEANUP(ll_found_done) struct ll_found_set set = {.open = 0};
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	struct ll_buf basis;
	const struct ll_found *found;
	int rc;

	ll_buf_init(&text, LL_BUF_DOCUMENT);
	rc = ll_found_load(&set, of, err);
	if (rc < 0)
		return rc;
	found = ll_found_all(&set);
	ll_buf_puts(&text, "leakledger: ");
	ll_found_headline(&set, &text);
	ll_buf_putc(&text, '\n');
	ll_buf_init(&basis, LL_BUF_PAGE);
	ll_found_basis(&set, &basis);
	ll_plain_wrap(&text, ll_buf_str(&basis), 0, WIDTH);
	ll_buf_done(&basis);
	for (size_t i = 0; i < set.found.count; i++)
		put_found(&text, i + 1, &found[i]);
	return ll_output_put(out, &text, "the text", err);
}

const struct ll_output_format ll_out_text = {
	.id = "text",
	.title = "paragraphs to read, or to paste into a ticket",
	.suffix = "txt",
	.is_for_people = true,
	.write = write_text,
};
