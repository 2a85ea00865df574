/* SPDX-License-Identifier: Apache-2.0 */
/* inline.h - pages that need no file beside them: style and script in themselves. */
#ifndef LL_REPORT_INLINE_H
#define LL_REPORT_INLINE_H

#include "model.h"

/**
 * Gives a finished model the style of pages, that of flame graphs and their script when it has one,
 * and a policy that names their hashes and allows nothing else.
 */
int ll_inline_put(struct ll_model *model, const struct ll_resources *resources,
                  struct ll_error *err);

#endif
