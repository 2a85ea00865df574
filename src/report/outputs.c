/* SPDX-License-Identifier: Apache-2.0 */
/* outputs.c - THE TABLE of ways to write findings down. */
#include "outputs.h"

/* clang-format off */
#define LL_OUTPUTS(X) \
	X(csv) \
	X(json) \
	X(jsonl) \
	X(junit) \
	X(md) \
	X(prom) \
	X(sarif) \
	X(table) \
	X(text) \
	X(xml)
/* clang-format on */

#define LL_OUTPUT_DECLARE(name) extern const struct ll_output_format ll_out_##name;
LL_OUTPUTS(LL_OUTPUT_DECLARE)
#undef LL_OUTPUT_DECLARE

static const struct ll_output_format *const formats[] = {
#define LL_OUTPUT_ROW(name) &ll_out_##name,
	LL_OUTPUTS(LL_OUTPUT_ROW)
#undef LL_OUTPUT_ROW
};

#define LL_OUTPUT_ID(name) #name,
const char *const ll_output_ids[] = {LL_OUTPUTS(LL_OUTPUT_ID) NULL};
const char *const ll_report_ids[] = {"html", LL_OUTPUTS(LL_OUTPUT_ID) NULL};
#undef LL_OUTPUT_ID

const struct ll_output_format *const *ll_output_formats(size_t *ret_count)
{
	*ret_count = LL_COUNT(formats);
	return formats;
}

const struct ll_output_format *ll_output_format_find(const char *id)
{
	for (size_t i = 0; i < LL_COUNT(formats); i++) {
		if (strcmp(formats[i]->id, id) == 0)
			return formats[i];
	}
	return NULL;
}
