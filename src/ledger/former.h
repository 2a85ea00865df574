/* SPDX-License-Identifier: Apache-2.0 */
/*
 * former.h - files that hold other bytes now than when they were read.
 *
 * Collectors write every capture to one name, and logs are rotated: what was read before must stay
 * known by where it was found. The row of such a file is set aside: its root gets a mark, as merge
 * gives one to two files of one name, and the new bytes get a row of their own. Until the run ends
 * it tells files with the same bytes what is in them, as the next log of a rotation.
 */
#ifndef LL_LEDGER_FORMER_H
#define LL_LEDGER_FORMER_H

#include "internal.h"

struct ll_former;

int ll_former_open(struct ll_ledger *ledger, struct ll_former **ret_former, struct ll_error *err);
/** Accepts NULL. */
void ll_former_close(struct ll_former *former);
/** Sets the row of a file aside. In a transaction. */
int ll_former_set_aside(struct ll_former *former, int64_t file_id, struct ll_error *err);
/** A content that was known is found again: what an earlier run has set aside for it can go. */
int ll_former_note_content(struct ll_former *former, int64_t content_id, struct ll_error *err);
/**
 * At the end of a run: of what was set aside by it only captures stay that are found nowhere else.
 * In a transaction.
 */
int ll_former_finish(struct ll_former *former, struct ll_error *err);

#endif
