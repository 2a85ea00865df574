/* SPDX-License-Identifier: Apache-2.0 */
/* out_xml.c - the models that the pages of findings are made of; see templates/model.rng. */
#include "outputs.h"

static int write_xml(const struct ll_findings_of *of, const struct ll_output *out,
                     struct ll_error *err)
{
	const struct ll_report_options options = {
		.version = of->version,
		.limits = of->limits,
		.limit_count = of->limit_count,
		.since_ns = of->since_ns,
		.until_ns = of->until_ns,
	};

	return ll_report_models(of->ledger, &options, of->is_whole ? NULL : &of->choice, out, err);
}

const struct ll_output_format ll_out_xml = {
	.id = "xml",
	.title = "the models that pages are made of, as templates/model.rng describes them",
	.suffix = "xml",
	.write = write_xml,
};
