/* SPDX-License-Identifier: Apache-2.0 */
/* analyze.h - judging, shared by run and analyze. */
#ifndef LL_CLI_ANALYZE_H
#define LL_CLI_ANALYZE_H

#include "cli.h"

#include <leakledger/analyze.h>

/** Judges what has new facts, as the settings say, and tells the outcome on stderr. */
int ll_cli_analyze(struct ll_cli *cli, struct ll_ledger *ledger,
                   struct ll_analyze_result *ret_result, struct ll_error *err);

/** Memory limits of services, from the configuration: settings.services.count of them. */
const struct ll_service_limit *ll_cli_limits(struct ll_cli *cli);

#endif
