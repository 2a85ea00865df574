/* SPDX-License-Identifier: Apache-2.0 */
/* ledger_files.c - see ledger_files.h. */
#define _GNU_SOURCE /* AT_EACCESS */
#include "ledger_files.h"

#include <leakledger/ledger.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int ll_ledger_resolve(const char *path, char **ret_file, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) char *directory = NULL;
	LL_CLEANUP(ll_freep) char *above = NULL;
	const char *const slash = strrchr(path, '/');
	char *const file = realpath(path, NULL);
	struct stat info;
	size_t size;

	if (!path[0])
		return ll_fail(err, LL_E_USAGE, "the ledger has no name");
	if (!file && lstat(path, &info) == 0 && S_ISLNK(info.st_mode))
		return ll_fail(err, LL_E_NOTFOUND, "'%s' is a link that leads nowhere", path);
	*ret_file = file;
	if (file)
		return LL_OK;
	directory = ll_ledger_directory(path);
	above = realpath(directory, NULL);
	if (!above) {
		*ret_file = ll_strdup(path);
		return LL_OK;
	}
	size = strlen(above) + strlen(path) + 2;
	*ret_file = ll_malloc(size);
	(void)snprintf(*ret_file, size, "%s/%s", strcmp(above, "/") == 0 ? "" : above,
	               slash ? slash + 1 : path);
	return LL_OK;
}

char *ll_ledger_beside(const char *path, const char *suffix)
{
	const size_t size = strlen(path) + strlen(suffix) + 1;
	char *const name = ll_malloc(size);

	(void)snprintf(name, size, "%s%s", path, suffix);
	return name;
}

char *ll_ledger_directory(const char *path)
{
	const char *const slash = strrchr(path, '/');
	char *copy;

	if (!slash)
		return ll_strdup(".");
	copy = ll_strdup(path);
	copy[slash == path ? 1 : slash - path] = '\0';
	return copy;
}

bool ll_ledger_may_write(const char *path)
{
	LL_CLEANUP(ll_freep) char *directory = ll_ledger_directory(path);

	return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 &&
	       faccessat(AT_FDCWD, directory, W_OK, AT_EACCESS) == 0;
}

bool ll_ledger_has_log(const char *path)
{
	LL_CLEANUP(ll_freep) char *name = ll_ledger_beside(path, "-wal");
	struct stat info;

	return stat(name, &info) == 0 && info.st_size > 0;
}

void ll_ledger_remove(const char *directory)
{
	static const char *const names[] = {"/ledger.db", "/ledger.db-wal", "/ledger.db-shm",
	                                    "/ledger.db-journal", "/ledger.db.lock"};

	for (size_t i = 0; i < LL_COUNT(names); i++) {
		LL_CLEANUP(ll_freep) char *name = ll_ledger_beside(directory, names[i]);

		(void)unlink(name);
	}
	(void)rmdir(directory);
}
