/* SPDX-License-Identifier: Apache-2.0 */
/*
 * log_quote.h - a string with a dump inside that does not end in its line: journald and syslog cut
 * long messages, and what was cut off follows as a message of its own, in which other processes'
 * may stand between.
 */
#ifndef LL_CAPTURE_LOG_QUOTE_H
#define LL_CAPTURE_LOG_QUOTE_H

#include "prefix.h"

struct ll_log_quote {
	bool is_open;
	struct ll_buf text;      /* as it is written, so far */
	struct ll_buf names;     /* those of the record */
	struct ll_record record; /* of its first line, with views into `names` */
};

void ll_log_quote_init(struct ll_log_quote *quote, size_t text_max);
void ll_log_quote_done(struct ll_log_quote *quote);

/** A string begins; what the record says of its writer is kept. */
void ll_log_quote_open(struct ll_log_quote *quote, const struct ll_record *record,
                       struct ll_str text);
/** Is the record by the writer of the string? */
bool ll_log_quote_is_by(const struct ll_log_quote *quote, const struct ll_record *record);

#endif
