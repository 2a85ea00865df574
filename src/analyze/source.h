/* SPDX-License-Identifier: Apache-2.0 */
/*
 * source.h - the text of a line, out of the directories that --source names.
 *
 * Captures carry the names of files as the build had them: absolute, below a module's path with
 * -trimpath, in the module cache with a version. Files below the directories are matched by the
 * elements that end both paths; one counts only when the function encloses the line in it.
 */
#ifndef LL_ANALYZE_SOURCE_H
#define LL_ANALYZE_SOURCE_H

#include "judge.h"

struct ll_sources;

/**
 * Lists the Go files below the directories. Reads nothing yet. Fails when a directory cannot be
 * read.
 */
int ll_sources_open(const char *const *directories, size_t count, struct ll_sources **ret_sources,
                    struct ll_error *err);
void ll_sources_close(struct ll_sources *sources);

/** What the lines of the sites that grew say, into the scope's table site_source. */
int ll_sources_fill(struct ll_sources *sources, struct ll_ledger *ledger, struct ll_error *err);
/** The lines around a finding's own place, or why they are not shown, into the ledger. */
int ll_sources_put(struct ll_sources *sources, struct ll_ledger *ledger,
                   const struct ll_place *place, struct ll_str id, struct ll_error *err);

#endif
