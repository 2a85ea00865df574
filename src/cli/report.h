/* SPDX-License-Identifier: Apache-2.0 */
/* report.h - writing the site, shared by run and report. */
#ifndef LL_CLI_REPORT_H
#define LL_CLI_REPORT_H

#include "analyze.h"

/** The directory of the site: flag, configuration, or leakledger-report here. */
const char *ll_cli_site(const struct ll_cli *cli);
/** Writes the site and tells the outcome on stderr. */
int ll_cli_report(struct ll_cli *cli, struct ll_ledger *ledger, struct ll_error *err);
/** Writes findings in that format to a file, whole or not at all. */
int ll_cli_write_document(const struct ll_output_format *format, const struct ll_findings_of *of,
                          const char *path, struct ll_error *err);

#endif
