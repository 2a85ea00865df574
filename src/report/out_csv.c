/* SPDX-License-Identifier: Apache-2.0 */
/* out_csv.c - findings for programs: RFC 4180 with a header and every key. */
#include "outputs.h"

static int write_csv(const struct ll_findings_of *of, const struct ll_output *out,
                     struct ll_error *err)
{
	return ll_found_rows(of, LL_ROWS_CSV, out, err);
}

const struct ll_output_format ll_out_csv = {
	.id = "csv",
	.title = "RFC 4180 with a header and every key",
	.suffix = "csv",
	.write = write_csv,
};
