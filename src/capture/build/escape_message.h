/* SPDX-License-Identifier: Apache-2.0 */
/*
 * escape_message.h - what a message of the compiler's escape analysis says is allocated (formats.md
 * 7.2).
 *
 *   1. "EXPR escapes to heap" is told by how the expression begins; up to Go 1.15 literals were
 *      printed as "T literal", since then as "T{...}".
 *   2. Before Go 1.13 "&x escapes to heap" merely repeats "moved to heap: x": a '&' message counts
 *      only when a composite literal follows.
 *   3. What is none of the known expressions is put into an interface: boxing.
 */
#ifndef LL_CAPTURE_ESCAPE_MESSAGE_H
#define LL_CAPTURE_ESCAPE_MESSAGE_H

#include <leakledger/str.h>

/**
 * The kind of allocation ("map", "closure", "moved" ...), "stays" when the message says that
 * nothing is allocated, NULL when it is no fact.
 */
const char *ll_escape_what(struct ll_str message);

#endif
