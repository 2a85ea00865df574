/* SPDX-License-Identifier: Apache-2.0 */
/* record.h - the ledger's table of runs: which command wrote when, with which settings. */
#ifndef LL_CLI_RECORD_H
#define LL_CLI_RECORD_H

#include "cli.h"

/**
 * Notes that the command begins: its name, this version, and as JSON every setting that came from
 * the configuration, the environment or the command line, limits and suppressions among them. Until
 * ll_cli_record_end it counts as interrupted.
 */
int ll_cli_record_begin(struct ll_cli *cli, struct ll_ledger *ledger, struct ll_error *err);
/** Notes that it ended by itself, whatever it found. */
int ll_cli_record_end(struct ll_cli *cli, struct ll_ledger *ledger, struct ll_error *err);

#endif
