/* SPDX-License-Identifier: Apache-2.0 */
/*
 * known_files.h - what the ledger has of the files below a root, in the order of their paths.
 *
 * To ask about each file costs four times as much as one pass over all of them.
 */
#ifndef LL_LEDGER_KNOWN_FILES_H
#define LL_LEDGER_KNOWN_FILES_H

#include "internal.h"

struct ll_known_file {
	int64_t file_id;
	struct ll_str path; /* until the next one */
	int64_t size, modified_ns, changed_ns;
	bool is_stored;   /* its bytes are known */
	bool is_usable;   /* something in it is */
	bool is_rejected; /* something in it is, or the file itself */
	bool is_stale;    /* that was another version of the program: it is to be tried again */
};

struct ll_known_files;

/** `version` is that of the program; it and the ledger must outlive what is made. */
int ll_known_files_new(struct ll_ledger *ledger, const char *version,
                       struct ll_known_files **ret_known, struct ll_error *err);
void ll_known_files_free(struct ll_known_files *known);
void ll_known_files_freep(struct ll_known_files **known);

/** Begins with the files below a root; when `path` is not NULL, with that one only. */
int ll_known_files_ask(struct ll_known_files *known, struct ll_str root, const struct ll_str *path,
                       struct ll_error *err);
/** The next one: 1, or 0 when there is none. */
int ll_known_files_next(struct ll_known_files *known, struct ll_known_file *ret_file,
                        struct ll_error *err);

#endif
