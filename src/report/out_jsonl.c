/* SPDX-License-Identifier: Apache-2.0 */
/* out_jsonl.c - findings for programs: one object a line, with every key. */
#include "outputs.h"

static int write_jsonl(const struct ll_findings_of *of, const struct ll_output *out,
                       struct ll_error *err)
{
	return ll_found_rows(of, LL_ROWS_JSONL, out, err);
}

const struct ll_output_format ll_out_jsonl = {
	.id = "jsonl",
	.title = "one object a line, with every key",
	.suffix = "jsonl",
	.write = write_jsonl,
};
