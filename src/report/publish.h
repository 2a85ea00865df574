/* SPDX-License-Identifier: Apache-2.0 */
/*
 * publish.h - the site's directory, replaced as a whole.
 *
 * A publication is: open, one put or keep for every page of the new site, commit, close. A page
 * that is neither put nor kept is gone from the new site.
 *
 * What is promised:
 *   1. One whole site. Killed at any moment, or failing for any reason, the directory holds the old
 *      site or the new one, every page of it; the next publication clears away what is left over.
 *   2. Nothing changes without need. A page with the bytes it had keeps its file (inode and times).
 *      When all pages are like that and none is gone, nothing in the directory is touched.
 *   3. Other people's files are safe. A directory that is not empty and has no manifest of ours is
 *      refused; files that somebody added to a site (robots.txt, .htaccess) stay in it, and a page
 *      that would replace one is an error. No symbolic link inside the directory is followed.
 *   4. One writer. A second publication to the same directory is refused with LL_E_BUSY.
 *   5. After commit the new site survives a loss of power.
 *
 * How: pages are written to ".<name>.new-<pid>" beside the directory, what stays is hard-linked to
 * it, and one renameat2(RENAME_EXCHANGE) swaps the two. The directory is then another inode under
 * the same name. That does not reach those who hold the directory itself and not its name, such as
 * a shell inside it or a container's bind mount.
 *
 * So there is a second way, file by file: each page is renamed into its place, index.html last, and
 * pages that are gone are deleted. It is taken when the directory is a mount point or contains one,
 * when its parent cannot be written, when the system refuses to exchange, when the working
 * directory is in the site, when somebody's file can neither be linked nor copied, and when
 * ll_site_in_place asks for it. Promise 1 then holds for each page and not for the site: stopped in
 * between, pages of two generations stand beside each other until the next publication, which
 * completes them.
 *
 * The directory's manifest, ".leakledger-site", begins with a line that names the format and has
 * one line per page, sorted by path: key, hash, size, path, between tabs. A damaged one costs
 * rendering the pages again. Only pages that it names are ever deleted.
 */
#ifndef LL_REPORT_PUBLISH_H
#define LL_REPORT_PUBLISH_H

#include <leakledger/buf.h>
#include <leakledger/error.h>
#include <leakledger/hash.h>
#include <leakledger/str.h>

struct ll_site;

/** What a commit did, in pages. */
struct ll_site_stats {
	size_t written;   /* new, or with other bytes than before */
	size_t unchanged; /* kept, or put with the bytes they had */
	size_t removed;   /* of the last publication, not of this one */
};

/**
 * Begins a publication to `directory`, which need not exist; a link to a directory stands for its
 * target. LL_E_BUSY when another process publishes there; LL_E_CREATE when the directory holds
 * other things than a site or cannot be written. Nothing is written into the site before commit.
 */
int ll_site_open(const char *directory, struct ll_site **ret_site, struct ll_error *err);
/** Asks for the way file by file; between open and the first put. */
void ll_site_in_place(struct ll_site *site);

/**
 * True when the last publication made this page under the same key (the caller's hash of all that
 * the page is made from) and its file still is there with its size: then it need not be rendered
 * again and ll_site_keep takes it over. A path that is not valid is never current.
 */
bool ll_site_is_current(struct ll_site *site, const char *path, struct ll_hash key);

/*
 * A path is relative and has at most 1000 bytes of A-Z a-z 0-9 . _ - and "/" in at most 16 parts;
 * no part is empty, longer than 255 bytes, or begins with a dot. Other paths, and a path that this
 * publication already has, are LL_E_INTERNAL: names of pages are made by us and not by captures.
 * ll_site_is_current, ll_site_keep and ll_site_put may be called by several threads at once.
 */

/** Reads a page of the last publication into `ret_bytes`; LL_E_NOTFOUND when there is none. */
int ll_site_read(struct ll_site *site, const char *path, struct ll_buf *ret_bytes,
                 struct ll_error *err);
/** Takes over a page of the last publication as it is; LL_E_NOTFOUND when there is none. */
int ll_site_keep(struct ll_site *site, const char *path, struct ll_hash key, struct ll_error *err);
/**
 * Adds a page. `bytes` are not needed afterwards. LL_E_CREATE when somebody else's file has the
 * page's place. After a put that failed, commit fails too.
 */
int ll_site_put(struct ll_site *site, const char *path, struct ll_hash key, struct ll_str bytes,
                struct ll_error *err);

/**
 * Makes the pages that were put and kept the site. After a failure the old site stands. At most
 * once; `ret_stats` may be NULL.
 */
int ll_site_commit(struct ll_site *site, struct ll_site_stats *ret_stats, struct ll_error *err);
/** Ends the publication; without a commit the old site stays and nothing of the new one is left. */
void ll_site_close(struct ll_site *site);
void ll_site_closep(struct ll_site **site);

#endif
