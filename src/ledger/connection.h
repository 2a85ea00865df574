/* SPDX-License-Identifier: Apache-2.0 */
/* connection.h - what an open ledger is made of: for connection.c and ledger.c alone. */
#ifndef LL_LEDGER_CONNECTION_H
#define LL_LEDGER_CONNECTION_H

#include "internal.h"
#include "lock.h"

struct ll_ledger {
	sqlite3 *db;
	char *path; /* as it was given, for messages */
	char *file; /* ll_ledger_resolve of it */
	const struct ll_resources *resources;
	struct ll_lock lock; /* none when reading beside a writer */
	bool is_open;        /* known to be a ledger */
	bool in_transaction;
	struct ll_vec idle;                 /* see ll_ledger_idle */
	const struct ll_redactor *redactor; /* of a redacted copy, or NULL */
	char *directory;                    /* of that copy, when it is this ledger's to remove */
};

#endif
