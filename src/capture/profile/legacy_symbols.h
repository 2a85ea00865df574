/* SPDX-License-Identifier: Apache-2.0 */
/*
 * legacy_symbols.h - names of addresses, as old forms of profiles carry them in lines of text.
 *
 *      0x00000003 GC                                             Java's profiler, after the samples
 *      0x0000006 com.example.function06 (source.java:06)
 *       0x7f794a32414e: start_thread                             listings of threads
 */
#ifndef LL_CAPTURE_LEGACY_SYMBOLS_H
#define LL_CAPTURE_LEGACY_SYMBOLS_H

#include <leakledger/capture.h>
#include <leakledger/vec.h>

struct ll_legacy_symbols {
	struct ll_map map;    /* address -> index */
	struct ll_vec frames; /* struct ll_frame, views into the text */
};

/** Learns every line of the text that names an address. The text must outlive the symbols. */
void ll_legacy_symbols_read(struct ll_legacy_symbols *symbols, struct ll_str text);
void ll_legacy_symbols_done(struct ll_legacy_symbols *symbols);
/** The name of an address, or NULL; valid until the next read. */
const struct ll_frame *ll_legacy_symbols_find(const struct ll_legacy_symbols *symbols,
                                              uint64_t address);

/** The next "0x1f" in *text, which moves behind it. False when there is none. */
bool ll_legacy_address(struct ll_str *text, uint64_t *ret_address);

#endif
