/* SPDX-License-Identifier: Apache-2.0 */
/* profiles.h - captures by name, for the commands that look into them: files, or the ledger's. */
#ifndef LL_CLI_PROFILES_H
#define LL_CLI_PROFILES_H

#include "cli.h"

#include <leakledger/profile.h>

/** Where captures come from; the ledger is opened when the first name is no file. */
struct ll_cli_captures {
	struct ll_cli *cli;
	struct ll_ledger *ledger;
};

void ll_cli_captures_done(struct ll_cli_captures *captures);

/** Adds the capture that a file, or a path or hash in the ledger, names. */
int ll_cli_add_named(struct ll_cli_captures *captures, const char *name, struct ll_profile *profile,
                     struct ll_error *err);
/**
 * Adds captures of the ledger as the options say: service, instance, kind, times. `at_ns` stands
 * for all times when it is not LL_TIME_NONE.
 */
int ll_cli_add_chosen(struct ll_cli_captures *captures, int64_t at_ns, struct ll_profile *profile,
                      struct ll_error *err);
/** What the options say of stacks and values. */
struct ll_tree_options ll_cli_tree_options(const struct ll_cli *cli);
/** Tells on stderr what of the captures was skipped, unless --quiet. */
void ll_cli_say_notes(const struct ll_cli *cli, const struct ll_profile *profile);
/** ll_cli_fail for captures: one that holds no profile is nothing usable. */
enum ll_exit ll_cli_fail_captures(const struct ll_cli *cli, const struct ll_error *err);
/** Writes a result to the file of -o, or to stdout. */
int ll_cli_put_result(struct ll_cli *cli, struct ll_str bytes, struct ll_error *err);

#endif
