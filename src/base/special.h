/* SPDX-License-Identifier: Apache-2.0 */
/* special.h - what is no regular file, in words. */
#ifndef LL_BASE_SPECIAL_H
#define LL_BASE_SPECIAL_H

#include <sys/stat.h>

/** Why a file of that mode is never opened. */
const char *ll_special_reason(mode_t mode);

#endif
