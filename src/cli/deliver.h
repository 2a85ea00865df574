/* SPDX-License-Identifier: Apache-2.0 */
/* deliver.h - what a run writes and sends beside its site, as the configuration says. */
#ifndef LL_CLI_DELIVER_H
#define LL_CLI_DELIVER_H

#include "cli.h"

/** For the table of options: "prom=FILE"; "nightly", "weekly", "weekly:friday". */
int ll_delivery_check_write(const char *value, struct ll_error *err);
int ll_delivery_check_mail(const char *value, struct ll_error *err);

/** Can what the settings want be delivered at all? Asked before a run begins. */
int ll_cli_deliver_check(const struct ll_cli *cli, struct ll_error *err);
/**
 * Delivers everything. What fails is told in a line of its own and keeps nothing else; the exit
 * code of the first failure, or LL_EXIT_DONE.
 */
enum ll_exit ll_cli_deliver(struct ll_cli *cli, const struct ll_ledger *shown);

#endif
