/* SPDX-License-Identifier: Apache-2.0 */
/*
 * blank.c - build-time tool: a ledger that holds nothing, as a C file with its bytes.
 *
 *     blank OUTPUT.c
 *
 * It is what all schema files and the views of the file leave, and every new ledger begins as a
 * copy of it (src/ledger/blank.h). This program is linked with the ledger's own code, so that the
 * two cannot differ, and with a blank ledger of no bytes.
 */
#include "blank.h"

#include "internal.h"

#include <stdio.h>

const unsigned char ll_blank_bytes[1] = {0};
const size_t ll_blank_size = 0;

static int fail(const char *text)
{
	(void)fprintf(stderr, "blank: %s\n", text);
	return 1;
}

static int put_array(const char *path, const unsigned char *bytes, sqlite3_int64 size)
{
	FILE *const out = fopen(path, "wb");

	if (!out)
		return fail(path);
	(void)fprintf(out, "/* Made by src/tools/blank.c; do not edit. */\n"
	                   "#include <stddef.h>\n\n"
	                   "extern const unsigned char ll_blank_bytes[];\n"
	                   "extern const size_t ll_blank_size;\n"
	                   "const unsigned char ll_blank_bytes[] = {");
	for (sqlite3_int64 i = 0; i < size; i++)
		(void)fprintf(out, "%s%d,", i % 24 == 0 ? "\n" : "", bytes[i]);
	(void)fprintf(out, "};\nconst size_t ll_blank_size = %lld;\n", (long long)size);
	return fclose(out) == 0 ? 0 : fail(path);
}

int main(int argc, char **argv)
{
	LL_CLEANUP(ll_resources_closep) struct ll_resources *resources = NULL;
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	struct ll_error err = LL_ERROR_INIT;
	unsigned char *bytes;
	sqlite3_int64 size;
	int status;

	if (argc != 2)
		return 2;
	if (ll_resources_open(NULL, &resources, &err) < 0 ||
	    ll_ledger_open_memory(resources, &ledger, &err) < 0)
		return fail(err.text);
	bytes = sqlite3_serialize(ll_ledger_handle(ledger), "main", &size, 0);
	status = bytes ? put_array(argv[1], bytes, size) : fail("out of memory");
	sqlite3_free(bytes);
	return status;
}
