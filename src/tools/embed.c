/* SPDX-License-Identifier: Apache-2.0 */
/*
 * embed.c - build-time tool: files -> one C file with a sorted table of {name, bytes, size}.
 *
 *     embed OUTPUT.c ROOT FILE...
 *
 * FILEs lie below ROOT; their names in the table are relative to it. Nothing is minified, so what a
 * user exports is what we wrote.
 */
#include <leakledger/base.h>

static int by_text(const void *a, const void *b)
{
	const char *const *const left = a;
	const char *const *const right = b;

	return strcmp(*left, *right);
}

static const char *name_below(const char *root, const char *path)
{
	const size_t size = strlen(root);

	return strncmp(path, root, size) == 0 && path[size] == '/' ? path + size + 1 : path;
}

/* Writes the bytes of `path` as array number `index`. Returns their count, or -1. */
static long put_bytes(FILE *out, const char *path, int index)
{
	FILE *const in = fopen(path, "rb");
	long size = 0;

	if (!in)
		return -1;
	(void)fprintf(out, "static const unsigned char file_%d[] = {", index);
	for (int byte = fgetc(in); byte != EOF; byte = fgetc(in)) {
		(void)fprintf(out, "%s%d,", size % 24 == 0 ? "\n" : "", byte);
		size++;
	}
	/* A terminator that the size does not count: some parsers like to peek. */
	(void)fprintf(out, "0};\n");
	(void)fclose(in);
	return size;
}

int main(int argc, char **argv)
{
	FILE *out;
	long *sizes;

	if (argc < 3)
		return 2;
	qsort(argv + 3, (size_t)argc - 3, sizeof *argv, by_text);
	out = fopen(argv[1], "wb");
	if (!out)
		return 1;
	sizes = calloc((size_t)argc, sizeof *sizes);
	if (!sizes)
		return 1;
	(void)fprintf(out, "/* Made by src/tools/embed.c; do not edit. */\n"
	                   "#include <leakledger/resource.h>\n\n");
	for (int i = 3; i < argc; i++) {
		sizes[i] = put_bytes(out, argv[i], i);
		if (sizes[i] < 0) {
			(void)fprintf(stderr, "embed: cannot read '%s'\n", argv[i]);
			free(sizes);
			return 1;
		}
	}
	(void)fprintf(out, "extern const struct ll_embedded ll_embedded_table[];\n"
	                   "extern const size_t ll_embedded_count;\n"
	                   "const struct ll_embedded ll_embedded_table[] = {\n");
	for (int i = 3; i < argc; i++)
		(void)fprintf(out, "\t{\"%s\", file_%d, %ld},\n", name_below(argv[2], argv[i]), i,
		              sizes[i]);
	(void)fprintf(out, "\t{NULL, NULL, 0},\n};\nconst size_t ll_embedded_count = %d;\n",
	              argc - 3);
	free(sizes);
	return fclose(out) == 0 ? 0 : 1;
}
