/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sha256.h - SHA-256 (FIPS 180-4), for what a browser compares: the hashes by which a page's
 * content security policy names its own script and style. Identities are of hash.h, which is
 * twenty times as fast.
 */
#ifndef LEAKLEDGER_SHA256_H
#define LEAKLEDGER_SHA256_H

#include <leakledger/buf.h>

enum {
	LL_SHA256_SIZE = 32,
};

/** The 32 bytes of the hash. */
void ll_sha256(struct ll_str text, uint8_t out[LL_SHA256_SIZE]);
/** Appends "'sha256-...'", as a content security policy has it. */
void ll_sha256_put_source(struct ll_str text, struct ll_buf *out);

#endif
