/* SPDX-License-Identifier: Apache-2.0 */
/* log_export.h - entries of `journalctl -o export`. */
#ifndef LL_CAPTURE_LOG_EXPORT_H
#define LL_CAPTURE_LOG_EXPORT_H

#include "prefix.h"

/** The entry that was read last. */
struct ll_journal_entry {
	struct ll_record record; /* views into the buffers below */
	struct ll_buf message, host, program, process, unit;
};

void ll_journal_entry_init(struct ll_journal_entry *entry);
void ll_journal_entry_done(struct ll_journal_entry *entry);
/** Does a journal in export form begin like this? */
bool ll_journal_is_export(struct ll_str head);
/** Reads the next entry. Returns 1, 0 at the end, or why the source ended early. */
int ll_journal_entry_next(struct ll_journal_entry *entry, struct ll_stream *in,
                          struct ll_error *err);

#endif
