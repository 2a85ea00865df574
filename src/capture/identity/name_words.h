/* SPDX-License-Identifier: Apache-2.0 */
/* name_words.h - the words in file and directory names (formats.md 12.1). */
#ifndef LL_CAPTURE_NAME_WORDS_H
#define LL_CAPTURE_NAME_WORDS_H

#include <leakledger/capture.h>

/** The name of the kind that a word stands for ("mem" -> "heap"), whatever its case; or NULL. */
const char *ll_name_kind(struct ll_str word);
/** Takes the next word off a name: what lies between two of "/._- ?=&". Empty at the end. */
struct ll_str ll_name_next_word(struct ll_str *rest);
/** The name without the extensions of captures and archives: "heap.1.pb.gz" -> "heap.1". */
struct ll_str ll_name_stem(struct ll_str name);
/** Without the extension of an archive, because its members are below it: "a.tar.gz" -> "a". */
struct ll_str ll_name_of_archive(struct ll_str name);
/** A version: "v2", "v1.4.2", "1.4.2-rc1"; not an address. */
bool ll_name_is_version(struct ll_str word);
/** The version that somebody put into a name, with its "v"; or empty. */
struct ll_str ll_name_version(struct ll_str name);
/** Does a directory of that name say where captures lie, and not whose they are? */
bool ll_name_is_noise(struct ll_str directory);
/** Is it the name of a machine or replica that tells no service: an address, "node-3"? */
bool ll_name_is_host(struct ll_str name);
/** An IPv4 address, or anything with a port behind ':' ('_' too behind an address). */
bool ll_name_is_address(struct ll_str name);

enum ll_name_pod {
	LL_NAME_NO_POD,
	LL_NAME_MAYBE_POD, /* "db-0": a stateful set's, or any name with a number */
	LL_NAME_POD,       /* a deployment's or daemon set's: nobody else gives such names */
};

/** Is it a pod? *ret_service is then the name of what it belongs to. */
enum ll_name_pod ll_name_pod(struct ll_str name, struct ll_str *ret_service);
/** The pod's name somewhere inside a file's name: "heap-cart-7d9f6c5b8d-x2x4z.pb"; or empty. */
struct ll_str ll_name_pod_within(struct ll_str name);

/**
 * "cart-0" in "cart-0_heap_20261122T104920Z.pb": the service and a number of up to three digits, as
 * stateful sets and people name replicas. Empty where the name has none, or no time of day: then
 * the number may be that of the capture.
 */
struct ll_str ll_name_replica_within(struct ll_str name, struct ll_str service);

/** What number a name gives to the capture in a sequence: heap2, _0003, before, t1; else -1. */
int64_t ll_name_sequence(struct ll_str name);

#endif
