/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mail_lint.c - see mail_lint.h.
 *
 * Tags and attributes are looked at, not texts: a function may well be called "display:flex". Our
 * writer escapes "<" in texts and quotes attributes with ", so a tag goes from "<" to the ">" that
 * is outside of quotes.
 */
#include "mail_lint.h"

static struct ll_str next_tag(struct ll_str *rest)
{
	const size_t from = ll_str_index(*rest, '<');
	struct ll_str tag;
	size_t to;
	bool is_quoted = false;

	if (from == SIZE_MAX)
		return ll_str_n(NULL, 0);
	tag = ll_str_from(*rest, from);
	for (to = 1; to < tag.size && (is_quoted || tag.data[to] != '>'); to++)
		is_quoted ^= tag.data[to] == '"';
	*rest = ll_str_from(tag, to < tag.size ? to + 1 : to);
	return ll_str_first(tag, to);
}

static const char *problem_of(struct ll_str tag)
{
	static const struct {
		const char *start;
		const char *problem;
	} tags[] = {
		{"<svg", "SVG"},
		{"<script", "a script"},
		{"<style", "a style sheet"},
		{"<link", "a link to a style sheet"},
		{"<form", "a form"},
		{"<picture", "<picture>"},
		{"<iframe", "a frame"},
		{"<object", "an object"},
	};
	static const char *const words[] = {"data:", "display:flex", "display:grid", "var(--",
	                                    "javascript:"};

	for (size_t i = 0; i < LL_COUNT(tags); i++) {
		if (ll_str_starts(tag, tags[i].start))
			return tags[i].problem;
	}
	if (ll_str_starts(tag, "<img")) {
		if (ll_str_find(tag, " alt=\"") == SIZE_MAX ||
		    ll_str_find(tag, " alt=\"\"") != SIZE_MAX)
			return "a picture without alt";
		if (ll_str_find(tag, " src=\"cid:") == SIZE_MAX)
			return "a picture that is not attached";
		return NULL;
	}
	for (size_t i = 0; i < LL_COUNT(words); i++) {
		const size_t at = ll_str_find(tag, words[i]);

		if (at != SIZE_MAX &&
		    (ll_str_find(tag, " style=\"") < at || ll_str_find(tag, " href=\"") < at))
			return words[i];
	}
	return NULL;
}

int ll_mail_lint(struct ll_str html, struct ll_error *err)
{
	if (html.size > LL_MAIL_HTML_MAX)
		return ll_fail(err, LL_E_LIMIT, "the HTML part is longer than %d bytes",
		               LL_MAIL_HTML_MAX);
	while (html.size > 0) {
		const struct ll_str tag = next_tag(&html);
		const char *problem;

		if (tag.size == 0)
			break;
		problem = problem_of(tag);
		if (problem)
			return ll_fail(err, LL_E_INTERNAL, "the HTML part has %s", problem);
	}
	return LL_OK;
}
