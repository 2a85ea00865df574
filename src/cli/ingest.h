/* SPDX-License-Identifier: Apache-2.0 */
/* ingest.h - the reading of captures that `run` and `ingest` share. */
#ifndef LL_CLI_INGEST_H
#define LL_CLI_INGEST_H

#include "cli.h"

/**
 * Checks arguments and reads the list of files: before there is a ledger, so that mistakes leave
 * none.
 */
int ll_cli_ingest_check(struct ll_cli *cli, struct ll_error *err);
/** Reads the command's arguments into the ledger, with a progress bar, and says what came of it. */
int ll_cli_ingest(struct ll_cli *cli, struct ll_ledger *ledger, struct ll_ingest_result *ret_result,
                  struct ll_error *err);
/** The same with other roots than the command's arguments. */
int ll_cli_ingest_roots(struct ll_cli *cli, struct ll_ledger *ledger, const char *const *roots,
                        size_t count, struct ll_ingest_result *ret_result, struct ll_error *err);
/** 4 when nothing of what was given is usable, 3 when some was rejected, else 0. */
enum ll_exit ll_cli_ingest_exit(const struct ll_ingest_result *result);

#endif
