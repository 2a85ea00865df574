/* SPDX-License-Identifier: Apache-2.0 */
/* mail_lint.h - what mail programs do not show must not be in a mail. */
#ifndef LL_REPORT_MAIL_LINT_H
#define LL_REPORT_MAIL_LINT_H

#include <leakledger/error.h>
#include <leakledger/str.h>

enum {
	LL_MAIL_HTML_MAX = 80 * 1000, /* bytes, encoded: Gmail cuts near 102 kB */
};

/**
 * LL_E_INTERNAL when the HTML part has what some large mail program drops or blocks: SVG, scripts,
 * forms, style sheets, data: addresses, flex and grid, CSS variables, pictures that are not
 * attached or have no alt. LL_E_LIMIT when it is too long.
 */
int ll_mail_lint(struct ll_str html, struct ll_error *err);

#endif
