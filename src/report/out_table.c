/* SPDX-License-Identifier: Apache-2.0 */
/* out_table.c - findings as a list for a screen. */
#include "outputs.h"

static int write_table(const struct ll_findings_of *of, const struct ll_output *out,
                       struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	size_t rows = 0;
	int rc = ll_found_list(of, "sql/reports/findings/table.sql", &stmt, err);

	if (rc == LL_OK)
		rc = ll_rows_write(stmt, LL_ROWS_TABLE, out, &rows, err);
	return rc < 0 || rows > 0 ? rc : out->put(out->self, ll_str("no findings\n"), err);
}

const struct ll_output_format ll_out_table = {
	.id = "table",
	.title = "a list for a screen",
	.suffix = "txt",
	.is_for_people = true,
	.write = write_table,
};
