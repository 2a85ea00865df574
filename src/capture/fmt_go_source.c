/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_go_source.c - source code in Go. Tests and comments show dumps, profiles and traces, some of
 * them with "(leaked)" in it, and whoever ingests a directory may have such files in it: nothing
 * in them was ever measured.
 *
 *     // Copyright ...                    comments, among them build constraints
 *     package cart                        the clause that each source file begins with
 *     import "fmt"                        a declaration
 *     ...
 *     }                                   the end of the last one
 *
 * People also paste a program and, behind it, what it printed: that ends otherwise, and is read.
 */
#include <leakledger/capture.h>

enum {
	COMMENT_MAX = 16384, /* bytes in front of the package clause */
	NAME_MAX_BYTES = 64, /* of a package */
};

/* Behind blank lines and comments. */
static struct ll_str behind_comments(struct ll_str text)
{
	const size_t size = text.size;

	while (text.size > 0 && size - text.size < COMMENT_MAX) {
		size_t end;

		if (memchr(" \t\r\n", text.data[0], 4)) {
			text = ll_str_from(text, 1);
			continue;
		}
		if (!ll_str_starts(text, "//") && !ll_str_starts(text, "/*"))
			return text;
		end = text.data[1] == '/' ? ll_str_index(text, '\n') : ll_str_find(text, "*/");
		if (end == SIZE_MAX)
			break;
		text = ll_str_from(text, end + (text.data[1] == '/' ? 1 : 2));
	}
	return ll_str_n(NULL, 0);
}

static bool is_identifier(struct ll_str word)
{
	for (size_t i = 0; i < word.size; i++) {
		const char byte = word.data[i];

		if ((byte < 'a' || byte > 'z') && (byte < 'A' || byte > 'Z') && byte != '_' &&
		    (i == 0 || byte < '0' || byte > '9'))
			return false;
	}
	return word.size > 0 && word.size <= NAME_MAX_BYTES;
}

static bool is_declaration(struct ll_str text)
{
	static const char *const words[] = {"import ", "func ", "type ", "var ", "const "};

	for (size_t i = 0; i < LL_COUNT(words); i++) {
		if (ll_str_starts(text, words[i]))
			return true;
	}
	return false;
}

/* The last line of a declaration, or of a comment. */
static bool is_end_of_source(struct ll_str text)
{
	struct ll_str line;

	text = ll_str_trim(text);
	line = ll_str_from(text, ll_str_rindex(text, '\n') + 1);
	return ll_str_equal(line, ll_str("}")) || ll_str_equal(line, ll_str(")")) ||
	       ll_str_starts(line, "//") || ll_str_ends(line, "*/") || is_declaration(line);
}

static enum ll_bid bid_go_source(const struct ll_peek *peek)
{
	struct ll_str text, clause;

	/* Of nearly everything the first byte is enough. */
	if (!peek->is_whole || peek->head.size == 0 || !memchr("p/ \t\r\n", peek->head.data[0], 6))
		return LL_BID_NO;
	text = behind_comments(peek->head);
	if (!ll_str_skip(&text, "package "))
		return LL_BID_NO;
	clause = ll_str_split(&text, '\n');
	clause = ll_str_trim(ll_str_first(clause, ll_str_find(clause, "//")));
	return is_identifier(clause) && is_declaration(behind_comments(text)) &&
	                       ll_str_find(text, "\n```") == SIZE_MAX && is_end_of_source(text)
	               ? LL_BID_MAGIC
	               : LL_BID_NO;
}

const struct ll_format ll_fmt_go_source = {
	.id = "go-source",
	.title = "source code in Go",
	.bid = bid_go_source,
	.is_plain = true,
	.is_alone = true,
	.refusal = "source code in Go: what its strings and comments show was not measured",
};
