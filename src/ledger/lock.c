/* SPDX-License-Identifier: Apache-2.0 */
/* lock.c - see lock.h. */
#define _GNU_SOURCE /* statfs's magic numbers, flock */
#include "lock.h"

#include "ledger_files.h"

#include <leakledger/file.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

static bool is_network_file_system(const char *directory)
{
	/* From linux/magic.h and the file systems' own sources. */
	static const unsigned long magics[] = {
		0x6969 /* nfs */,       0xff534d42 /* cifs */, 0xfe534d42 /* smb2 */,
		0x517b /* smb */,       0x01021997 /* 9p */,   0x0bd00bd0 /* lustre */,
		0x47504653 /* gpfs */,  0x00c36400 /* ceph */, 0x5346414f /* afs */,
		0x013111a8 /* ibrix */,
	};
	struct statfs info;

	if (statfs(directory, &info) != 0)
		return false;
	for (size_t i = 0; i < LL_COUNT(magics); i++) {
		if (((unsigned long)info.f_type & 0xffffffff) == magics[i])
			return true;
	}
	return false;
}

/* The lock file holds its owner's process number, for the message to those who come second. */
static void sign_lock(int lock)
{
	char text[32];
	const int size = snprintf(text, sizeof text, "%ld\n", (long)getpid());

	/* A disk that is full is noticed soon enough by others. */
	if (ftruncate(lock, 0) == 0)
		(void)!pwrite(lock, text, (size_t)size, 0);
}

/* "process 4711", or "another process" when the file does not tell. */
static void read_signature(int lock, char text[32])
{
	char bytes[32];
	const ssize_t size = pread(lock, bytes, sizeof bytes, 0);
	uint64_t number;

	if (size > 0 && ll_str_lead_u64(ll_str_n(bytes, (size_t)size), &number) > 0)
		(void)snprintf(text, 32, "process %llu", (unsigned long long)number);
	else
		(void)snprintf(text, 32, "another process");
}

int ll_lock_take(const char *file, const char *path, struct ll_lock *ret_lock, struct ll_error *err)
{
	char holder[32];

	LL_CLEANUP(ll_freep) char *directory = ll_ledger_directory(file);
	LL_CLEANUP(ll_freep) char *name = ll_ledger_beside(file, ".lock");

	if (is_network_file_system(directory))
		return ll_fail(
			err, LL_E_USAGE,
			"'%s' is on a network file system, where SQLite's write-ahead log is not "
			"safe: keep the ledger on a local disk",
			path);
	ret_lock->descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (ret_lock->descriptor < 0)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot create '%s'", name);
	if (flock(ret_lock->descriptor, LOCK_EX | LOCK_NB) == 0) {
		ret_lock->is_writer = true;
		sign_lock(ret_lock->descriptor);
		return LL_OK;
	}
	if (errno != EWOULDBLOCK)
		return ll_fail_errno(err, LL_E_IO, errno, "cannot lock '%s'", name);
	read_signature(ret_lock->descriptor, holder);
	return ll_fail(err, LL_E_BUSY, "%s holds the lock of '%s'", holder, path);
}

bool ll_lock_share(const char *file, struct ll_lock *ret_lock)
{
	LL_CLEANUP(ll_freep) char *name = ll_ledger_beside(file, ".lock");

	ret_lock->descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (ret_lock->descriptor < 0 || flock(ret_lock->descriptor, LOCK_SH | LOCK_NB) == 0)
		return true;
	ll_file_closep(&ret_lock->descriptor);
	return false;
}

void ll_lock_drop(struct ll_lock *lock)
{
	/* The number of a process that is gone would mislead who finds a reader hold the lock. */
	if (lock->is_writer)
		(void)!ftruncate(lock->descriptor, 0);
	lock->is_writer = false;
	ll_file_closep(&lock->descriptor);
}
