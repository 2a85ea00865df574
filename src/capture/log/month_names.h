/* SPDX-License-Identifier: Apache-2.0 */
/* month_names.h - months as loggers of many languages write them. */
#ifndef LL_CAPTURE_MONTH_NAMES_H
#define LL_CAPTURE_MONTH_NAMES_H

#include <leakledger/str.h>

/** "Nov", "nov.", "ноя", "11月": 1 to 12, or 0 for another word. */
int ll_month_of(struct ll_str name);

#endif
