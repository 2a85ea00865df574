/* SPDX-License-Identifier: Apache-2.0 */
/* evidence.h - what of a text of JSON formats are asked about. */
#ifndef LL_CAPTURE_EVIDENCE_H
#define LL_CAPTURE_EVIDENCE_H

#include <leakledger/str.h>

/** Room for what is left of a text. */
struct ll_evidence {
	char bytes[4096];
};

/**
 * The text without the lists of runtime.MemStats as Go writes them, its rings and its sizes, which
 * are nine tenths of it: 512 times and pauses tell nobody what a text is, and each format would
 * look for its words among them. A view into the text, which is then all of it, or into `room`.
 */
struct ll_str ll_evidence_of(struct ll_str text, struct ll_evidence *room);

#endif
