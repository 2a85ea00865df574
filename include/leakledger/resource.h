/* SPDX-License-Identifier: Apache-2.0 */
/*
 * resource.h - the SQL, templates and styles that live in the binary, and the directory that may
 * stand before them.
 *
 * Names are paths below the source tree ("sql/schema/0001_ledger.sql"). When an override directory
 * is set, DIR/name is used instead of the embedded text, name by name, and names that exist only
 * there are listed too. Embedded bytes live as long as the program; overrides as long as the set.
 */
#ifndef LEAKLEDGER_RESOURCE_H
#define LEAKLEDGER_RESOURCE_H

#include <leakledger/error.h>
#include <leakledger/str.h>

struct ll_resource {
	const char *name;
	struct ll_str bytes;
	bool is_override; /* read from the override directory */
	bool is_new;      /* only there */
};

/** A row of the table that src/tools/embed.c writes; sorted by name. */
struct ll_embedded {
	const char *name;
	const unsigned char *bytes;
	size_t size;
};

struct ll_resources;

/** `directory` may be NULL. Reads every override once, so that a run sees one state. */
int ll_resources_open(const char *directory, struct ll_resources **ret_set, struct ll_error *err);
void ll_resources_close(struct ll_resources *set);
void ll_resources_closep(struct ll_resources **set);

/** The resource of that name, or NULL. */
const struct ll_resource *ll_resource_find(const struct ll_resources *set, const char *name);
/** All of them sorted by name; *ret_count is their number. */
const struct ll_resource *ll_resource_all(const struct ll_resources *set, size_t *ret_count);

#endif
