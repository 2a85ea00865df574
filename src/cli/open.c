/* SPDX-License-Identifier: Apache-2.0 */
/* open.c - the way from a command to its ledger. */
#include "cli.h"

#include <leakledger/redact.h>

#include <unistd.h>

int ll_cli_open(struct ll_cli *cli, enum ll_ledger_mode mode, struct ll_ledger **ret_ledger,
                struct ll_error *err)
{
	const bool is_redacted =
		mode == LL_LEDGER_READ && ll_redact_level(cli->settings.redact) != LL_REDACT_NONE;
	const int rc = is_redacted ? ll_cli_open_redacted(cli, ret_ledger, err)
	                           : ll_ledger_open(ll_cli_ledger(cli), mode, cli->resources,
	                                            ret_ledger, err);

	if (rc == LL_E_NOTFOUND)
		return ll_fail(
			err, LL_E_NOTFOUND,
			"no ledger at '%s'; 'leakledger run CAPTURES' makes one, -d names another",
			ll_cli_ledger(cli));
	return rc;
}

int ll_cli_open_existing(struct ll_cli *cli, struct ll_ledger **ret_ledger, struct ll_error *err)
{
	if (access(ll_cli_ledger(cli), F_OK) != 0)
		return ll_cli_open(cli, LL_LEDGER_READ, ret_ledger,
		                   err); /* says that there is none */
	return ll_cli_open(cli, LL_LEDGER_WRITE, ret_ledger, err);
}
