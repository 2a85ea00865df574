/* SPDX-License-Identifier: Apache-2.0 */
/*
 * list.h - what the small measured programs share: they all read a list of paths and print
 * "name number" lines.
 */
#ifndef LL_BENCH_LIST_H
#define LL_BENCH_LIST_H

#include <leakledger/buf.h>
#include <leakledger/error.h>

/**
 * Calls `file` for each path of the list named by the program's only argument. Prints what went
 * wrong and returns 1, or 0.
 */
int bench_each(int argc, char **argv, int (*file)(void *self, const char *path, struct ll_error *),
               void *self);

#endif
