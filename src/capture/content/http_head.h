/* SPDX-License-Identifier: Apache-2.0 */
/* http_head.h - the answer's headers that `curl -i` saves in front of a capture. */
#ifndef LL_CAPTURE_HTTP_HEAD_H
#define LL_CAPTURE_HTTP_HEAD_H

#include <leakledger/capture.h>

/**
 * The number of bytes of headers in front, 0 when there are none. *ret_time_ns is their Date, or
 * LL_TIME_NONE.
 */
size_t ll_http_head(struct ll_str content, int64_t *ret_time_ns);

#endif
