/* SPDX-License-Identifier: Apache-2.0 */
/* out_table.c - findings as a list for a screen. */
#include "outputs.h"

/* A table without rows says why it has none. */
static int write_reason(const struct ll_findings_of *of, const struct ll_output *out,
                        struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(of->ledger, "sql/reports/findings/none.sql", &stmt, err);

	if (rc == LL_OK)
		rc = ll_stmt_step(stmt, err);
	if (rc > 0)
		rc = out->put(out->self, ll_stmt_text(stmt, 0), err);
	return rc < 0 ? rc : out->put(out->self, ll_str("\n"), err);
}

static int write_table(const struct ll_findings_of *of, const struct ll_output *out,
                       struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	size_t rows = 0;
	int rc = ll_found_list(of, "sql/reports/findings/table.sql", &stmt, err);

	if (rc == LL_OK)
		rc = ll_rows_write(stmt, LL_ROWS_TABLE, out, &rows, err);
	return rc < 0 || rows > 0 ? rc : write_reason(of, out, err);
}

const struct ll_output_format ll_out_table = {
	.id = "table",
	.title = "a list for a screen",
	.suffix = "txt",
	.is_for_people = true,
	.write = write_table,
};
