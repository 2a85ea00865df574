/* SPDX-License-Identifier: Apache-2.0 */
/* publish_site.h - a publication in progress, for the files publish*.c. */
#ifndef LL_REPORT_PUBLISH_SITE_H
#define LL_REPORT_PUBLISH_SITE_H

#include "publish.h"
#include "publish_manifest.h"

#include <leakledger/report.h>

#include <pthread.h>
#include <sys/stat.h>

/** The staging directory when it cannot be beside the site. */
#define LL_SITE_INSIDE ".leakledger-new"

/** Most bytes of a manifest: half a million pages. */
enum {
	LL_SITE_MANIFEST_MAX = 64 * 1024 * 1024,
};

struct ll_site {
	char *directory;  /* absolute, without links */
	const char *name; /* its last part */
	int parent;       /* the directory that it is in; -1 when that cannot be read */
	int old;          /* the directory itself; -1 when there is none yet */
	int base;         /* parent or old: where staging is */
	int lock;         /* the lock file beside the site, or -1 */
	int staging;      /* where new pages are written; -1 until there is one */
	char *lock_name, *staging_name;
	struct stat model; /* the permissions that staging was born with */
	bool is_in_place;  /* file by file */
	bool is_failed;    /* a put failed: this site must not be committed */
	bool is_over;      /* commit was called */
	struct ll_manifest before, now;
	struct ll_buf before_text;
	pthread_mutex_t mutex; /* guards now, staging, is_failed until commit */
};

/** Names the directory in the error, and returns the code. */
int ll_site_within(const char *directory, int code, struct ll_error *err);
/** Opens the staging directory, making it at the first call. The caller holds the mutex. */
int ll_site_stage(struct ll_site *site, struct ll_error *err);
/**
 * Deletes the tree `name` in `base`: a staging directory or a site that was replaced. Files in it
 * that are not ours go (back) to the site `current` unless it has them; `current` may be -1. What
 * cannot be deleted stays for the next publication.
 */
void ll_site_retire(int base, const char *name, int current, const struct ll_manifest *pages);
/** Retires what dead publications left behind. */
void ll_site_retire_stale(const struct ll_site *site);
/** True for the names of our own bookkeeping in a site. */
bool ll_site_is_own(const char *path);

#endif
