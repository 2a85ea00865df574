/* SPDX-License-Identifier: Apache-2.0 */
/*
 * report.h - findings into documents.
 *
 * Everything that leaves the program as text is made here and handed to an ll_output; nothing here
 * prints. Documents are functions of the ledger, the options and the present time that the caller
 * passes: the same three give the same bytes.
 */
#ifndef LEAKLEDGER_REPORT_H
#define LEAKLEDGER_REPORT_H

#include <leakledger/analyze.h>

/** The file by which a directory is known as a site. */
#define LL_SITE_MANIFEST ".leakledger-site"

/* ------------------------------------------------------------------------ rows */

/** Where text goes: a file, the terminal, a buffer. */
struct ll_output {
	void *self;
	int (*put)(void *self, struct ll_str text, struct ll_error *err);
};

/** An output that appends to a buffer. */
struct ll_output ll_output_to_buf(struct ll_buf *buf);

/**
 * Appends text from strangers to a line of a terminal: what could move the cursor or turn the line
 * around becomes U+FFFD, line ends become blanks.
 */
void ll_text_plain(struct ll_buf *out, struct ll_str text);

enum ll_rows_format {
	LL_ROWS_TABLE, /* aligned columns for people */
	LL_ROWS_JSONL, /* one object a line */
	LL_ROWS_CSV,   /* RFC 4180, with a header; cells that a spreadsheet would run are defused */
	LL_ROWS_MARKDOWN, /* a table for a CI summary */
};

/** The format with that name ("table", "jsonl", "csv", "md"); false when there is none. */
bool ll_rows_format_find(const char *name, enum ll_rows_format *ret_format);

/**
 * Writes all rows of a statement. A column named "time:time" is called "time" and is of type time;
 * types are text, count, bytes, time (nanoseconds since 1970), duration (nanoseconds), real, bool
 * and json (a text that is JSON already). Without a type the value's own decides. *ret_rows may be
 * NULL.
 */
int ll_rows_write(struct ll_stmt *stmt, enum ll_rows_format format, const struct ll_output *out,
                  size_t *ret_rows, struct ll_error *err);

/* ------------------------------------------------------------------------ site */

struct ll_report_options {
	const char *directory;
	const char *version; /* of this program */
	const struct ll_service_limit *limits;
	size_t limit_count;
	int64_t since_ns,
		until_ns; /* what pictures show; LL_TIME_NONE: from the first, to the last */
};

/** Pages of the site, the style among them. */
struct ll_report_result {
	size_t written;
	size_t unchanged;
	size_t removed;
	size_t largest_page; /* bytes, of those that were made anew */
};

/**
 * Writes the static site of a ledger's judgments into a directory: the old site stands until the
 * new one is whole (see src/report/publish.h). Only pages whose contents change are written. The
 * ledger may be open for reading only; it is read in one transaction.
 *
 * LL_E_BUSY: another run writes there. LL_E_CREATE: the directory cannot be made, or holds other
 * things than a site. LL_E_USAGE: templates of the override directory are wrong.
 */
int ll_report_site(struct ll_ledger *ledger, const struct ll_report_options *options,
                   struct ll_report_result *ret_result, struct ll_error *err);

#endif
