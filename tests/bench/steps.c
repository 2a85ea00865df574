/* SPDX-License-Identifier: Apache-2.0 */
/*
 * steps.c - the table of measured commands.
 *
 * A round runs limit, ours and peers in turn, and rounds follow each other: never all of one and
 * then all of the other, because the machine is not the same from minute to minute.
 */
#include "steps.h"

#include <leakledger/file.h>

#include <errno.h>
#include <unistd.h>

enum {
	PARSE_FILES = 250, /* of a full corpus the Go peers read so many */
	PPROF_FILES = 12,  /* one process each */
	COLD_FILES = 25,   /* the captures of the first process */
	DUMP_FILES = 1,    /* panicparse takes a second for each */
	LIST_MAX = 64 * 1024 * 1024,
	PATH_BYTES = 4096,
};

enum needs {
	NEEDS_NOTHING,
	NEEDS_PEER,
	NEEDS_PANICPARSE,
	NEEDS_REAL,
	NEEDS_REPORT,
	NEEDS_FLAMEGRAPH,
};

struct step {
	const char *name;
	const char *command; /* {...} stand for the places */
	const char *fresh;   /* ledger to be removed before */
	const char *site;    /* directory in the scratch to be removed before */
	const char *list;    /* what it reads: a list in the corpus, or "=NAME" in the scratch */
	enum needs needs;
	bool is_each; /* once for every path of the list, appended to the command */
};

/* The last capture of each process of the first service. */
#define NIGHT_FILES BENCH_NIGHT_SERVICE "/*/heap-1767268800.pb.gz"

/* The last capture of one process, of all that it ever allocated: some thousand stacks. */
#define FLAME                                                                                      \
	"{leakledger} flame {corpus}/heap/" BENCH_NIGHT_SERVICE                                    \
	"/pod-0/heap-1767268800.pb.gz --sample-type alloc_space --boxes 50000"

/* clang-format off */
static const struct step steps[STEP_COUNT] = {
	[STEP_LIMIT_HEAP] = {
		.name = "read + inflate",
		.command = "{bin}/bench_limit_inflate {corpus}/heap.list",
		.list = "heap",
	},
	[STEP_INGEST] = {
		.name = "ingest",
		.command = "{leakledger} ingest {corpus}/heap -d {work}/heap.db -j 1 -q",
		.fresh = "heap.db",
		.list = "heap",
	},
	[STEP_AGAIN] = {
		.name = "ingest again",
		.command = "{leakledger} ingest {corpus}/heap -d {work}/heap.db -j 1 -q",
		.list = "heap",
	},
	[STEP_REREAD] = {
		.name = "ingest again, all read again",
		.command = "{leakledger} ingest {corpus}/heap -d {work}/heap.db -j 1 -q --reread",
		.list = "heap",
	},
	[STEP_GUNZIP] = {
		.name = "Go gunzip",
		.command = "{peers}/gunzip {work}/parse.list",
		.list = "=parse",
		.needs = NEEDS_PEER,
	},
	[STEP_PARSE] = {
		.name = "Go profile.Parse",
		.command = "env -u GOGC {peers}/parse {work}/parse.list",
		.list = "=parse",
		.needs = NEEDS_PEER,
	},
	[STEP_PARSE_GOGC] = {
		.name = "Go profile.Parse, GOGC=400",
		.command = "env GOGC=400 {peers}/parse {work}/parse.list",
		.list = "=parse",
		.needs = NEEDS_PEER,
	},
	[STEP_PPROF] = {
		.name = "go tool pprof -top, one by one",
		.command = "go tool pprof -top",
		.list = "=pprof",
		.needs = NEEDS_PEER,
		.is_each = true,
	},
	[STEP_INGEST_TWO] = {
		.name = "ingest, two threads",
		.command = "{leakledger} ingest {corpus}/heap -d {work}/two.db -j 2 -q",
		.fresh = "two.db",
		.list = "heap",
	},
	[STEP_COLD_LIMIT] = {
		.name = "read + inflate, one process",
		.command = "{bin}/bench_limit_inflate {work}/cold.list",
		.list = "=cold",
	},
	[STEP_COLD] = {
		.name = "ingest, one process",
		.command = "{leakledger} ingest {corpus}/heap/cart-00/pod-0 -d {work}/cold.db -j 1 -q",
		.fresh = "cold.db",
		.list = "=cold",
	},
	[STEP_REAL_LIMIT] = {
		.name = "read + inflate, real",
		.command = "{bin}/bench_limit_inflate {corpus}/real.list",
		.list = "real",
		.needs = NEEDS_REAL,
	},
	[STEP_REAL] = {
		.name = "ingest, real",
		.command = "{leakledger} ingest {corpus}/real -d {work}/real.db -j 1 -q",
		.fresh = "real.db",
		.list = "real",
		.needs = NEEDS_REAL,
	},
	[STEP_LINES] = {
		.name = "read + find line ends",
		.command = "{bin}/bench_limit_lines {corpus}/goroutine.list",
		.list = "goroutine",
	},
	[STEP_TEXT] = {
		.name = "goroutine text",
		.command = "{bin}/bench_read_captures {corpus}/goroutine.list",
		.list = "goroutine",
	},
	[STEP_PANICPARSE] = {
		.name = "panicparse",
		.command = "{peers}/panicparse {work}/dump.list",
		.list = "=dump",
		.needs = NEEDS_PANICPARSE,
	},
	[STEP_GO_MEMSTATS] = {
		.name = "Go encoding/json",
		.command = "{peers}/memstats {corpus}/memstats.list",
		.list = "memstats",
		.needs = NEEDS_PEER,
	},
	[STEP_MEMSTATS] = {
		.name = "MemStats JSON",
		.command = "{bin}/bench_read_captures {corpus}/memstats.list",
		.list = "memstats",
	},
	[STEP_PREPARED_ROWS] = {
		.name = "rows by a prepared statement",
		.command = "{bin}/bench_insert_rows prepared {work}/rows.db 400000",
		.fresh = "rows.db",
	},
	[STEP_TABLE_ROWS] = {
		.name = "rows from a table in memory",
		.command = "{bin}/bench_insert_rows table {work}/rows.db 400000",
		.fresh = "rows.db",
	},
	[STEP_PLAIN] = {
		.name = "samples as plain rows",
		.command = "{bin}/bench_ask plain {work}/heap.db {work}/plain.db",
		.fresh = "plain.db",
	},
	[STEP_SCAN] = {
		.name = "count and sum plain rows, 20 times",
		.command = "{bin}/bench_ask scan {work}/plain.db 20",
	},
	[STEP_SLOPE] = {
		.name = "slopes of all live series, 20 times",
		.command = "{bin}/bench_ask slope {work}/heap.db 20",
	},
	[STEP_EVENING] = {
		.name = "ingest, without one service's last",
		.command = "{leakledger} ingest {corpus}/heap -d {work}/night.db -j 1 -q --exclude "
			   NIGHT_FILES,
		.fresh = "night.db",
	},
	[STEP_ANALYZE_HEAP] = {
		.name = "analyze, all services",
		.command = "{leakledger} analyze -d {work}/night.db -q",
	},
	[STEP_NIGHT] = {
		.name = "ingest, one service's last",
		.command = "{leakledger} ingest {corpus}/heap -d {work}/night.db -j 1 -q",
	},
	[STEP_ANALYZE_NIGHT] = {
		.name = "analyze, one service",
		.command = "{leakledger} analyze -d {work}/night.db -q",
	},
	[STEP_ALL] = {
		.name = "ingest, all three kinds",
		.command = "{leakledger} ingest {corpus}/heap {corpus}/goroutine {corpus}/memstats "
			   "-d {work}/all.db -j 1 -q",
		.fresh = "all.db",
	},
	[STEP_ALL_AGAIN] = {
		.name = "ingest again, all three kinds",
		.command = "{leakledger} ingest {corpus}/heap {corpus}/goroutine {corpus}/memstats "
			   "-d {work}/all.db -j 1 -q",
	},
	[STEP_ANALYZE] = {
		.name = "analyze",
		.command = "{leakledger} analyze -d {work}/all.db -q",
	},
	[STEP_JUDGE_PARTS] = {
		.name = "each analyzer and its tables",
		.command = "{bin}/bench_judge_parts {work}/all.db",
	},
	[STEP_REPORT] = {
		.name = "report",
		.command = "{leakledger} report -d {work}/all.db -o {work}/report -q",
		.needs = NEEDS_REPORT,
	},
	[STEP_FOLD] = {
		.name = "stacks for flamegraph.pl",
		.command = FLAME " -o {work}/flame.folded",
	},
	[STEP_FLAMEGRAPH] = {
		.name = "flamegraph.pl",
		.command = "{flamegraph} {work}/flame.folded",
		.needs = NEEDS_FLAMEGRAPH,
	},
	[STEP_FLAME] = {
		.name = "flame graph, from the profile",
		.command = FLAME " -o {work}/flame.svg",
	},
	[STEP_FEW] = {
		.name = "ingest, few small services",
		.command = "{leakledger} ingest {corpus}/few -d {work}/few.db -j 1 -q",
		.fresh = "few.db",
		.list = "few",
	},
	[STEP_ANALYZE_FEW] = {
		.name = "analyze, few small services",
		.command = "{leakledger} analyze -d {work}/few.db -q",
		.list = "few",
	},
	[STEP_REPORT_FEW] = {
		.name = "report, few small services",
		.command = "{leakledger} report -d {work}/few.db -o {work}/site-few -j 1 -q",
		.site = "site-few",
		.list = "few",
		.needs = NEEDS_REPORT,
	},
	[STEP_MANY] = {
		.name = "ingest, many small services",
		.command = "{leakledger} ingest {corpus}/many -d {work}/many.db -j 1 -q",
		.fresh = "many.db",
		.list = "many",
	},
	[STEP_ANALYZE_MANY] = {
		.name = "analyze, many small services",
		.command = "{leakledger} analyze -d {work}/many.db -q",
		.list = "many",
	},
	[STEP_REPORT_MANY] = {
		.name = "report, many small services",
		.command = "{leakledger} report -d {work}/many.db -o {work}/site-many -j 1 -q",
		.site = "site-many",
		.list = "many",
		.needs = NEEDS_REPORT,
	},
};
/* clang-format on */

const char *bench_step_name(enum bench_step step)
{
	return steps[step].name;
}

void bench_path(char path[1024], const char *directory, const char *name)
{
	(void)snprintf(path, 1024, "%s/%s", directory, name);
}

/* ------------------------------------------------------------------------ lists */

static int read_list(const char *directory, const char *name, struct ll_buf *ret_list,
                     struct ll_error *err)
{
	char path[1024], file[64];

	(void)snprintf(file, sizeof file, "%s.list", name);
	bench_path(path, directory, file);
	ll_buf_init(ret_list, LIST_MAX);
	return ll_file_read(path, ret_list, err);
}

static size_t count_lines(struct ll_str text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.size; i++)
		count += text.data[i] == '\n';
	return count;
}

/* Writes <work>/NAME.list: every `stride`-th path of the heap set, at most `most` of them. */
static int write_sample(const struct bench *bench, const char *name, struct ll_str list,
                        size_t stride, size_t most, struct ll_error *err)
{
	struct ll_buf chosen;
	char path[1024], file[64];
	size_t taken = 0;
	int rc;

	ll_buf_init(&chosen, LIST_MAX);
	for (size_t i = 0; list.size > 0 && taken < most; i++) {
		const struct ll_str line = ll_str_split(&list, '\n');

		if (i % stride != stride / 2)
			continue;
		ll_buf_put_str(&chosen, line);
		ll_buf_putc(&chosen, '\n');
		taken++;
	}
	(void)snprintf(file, sizeof file, "%s.list", name);
	bench_path(path, bench->places.work, file);
	rc = ll_file_write(path, ll_buf_str(&chosen), NULL, err);
	ll_buf_done(&chosen);
	return rc;
}

static int write_samples(const struct bench *bench, struct ll_error *err)
{
	struct ll_buf list;
	int rc = read_list(bench->places.corpus, "heap", &list, err);
	const size_t files = count_lines(ll_buf_str(&list));
	const size_t parse_stride = (files + PARSE_FILES - 1) / PARSE_FILES;

	if (rc == LL_OK)
		rc = write_sample(bench, "parse", ll_buf_str(&list),
		                  parse_stride > 0 ? parse_stride : 1, PARSE_FILES, err);
	if (rc == LL_OK)
		rc = write_sample(bench, "pprof", ll_buf_str(&list), files / PPROF_FILES + 1,
		                  PPROF_FILES, err);
	if (rc == LL_OK)
		rc = write_sample(bench, "cold", ll_buf_str(&list), 1, COLD_FILES, err);
	ll_buf_done(&list);
	if (rc < 0)
		return rc;
	rc = read_list(bench->places.corpus, "goroutine", &list, err);
	if (rc == LL_OK)
		rc = write_sample(bench, "dump", ll_buf_str(&list), 1, DUMP_FILES, err);
	ll_buf_done(&list);
	return rc;
}

/* The next line of a list, as a path. */
static void take_line(struct ll_str *rest, char path[PATH_BYTES])
{
	const struct ll_str line = ll_str_split(rest, '\n');

	(void)snprintf(path, PATH_BYTES, "%.*s", LL_STR_ARG(line));
}

/* Reads a file in small pieces: what the driver holds counts as a child's peak memory too. */
static int read_through(const char *path, int64_t *bytes, struct ll_error *err)
{
	char piece[64 * 1024];
	int64_t size;
	ssize_t got;
	LL_CLEANUP(ll_file_closep) int descriptor = ll_file_open(path, &size, err);

	if (descriptor < 0)
		return descriptor;
	while ((got = read(descriptor, piece, sizeof piece)) > 0)
		*bytes += got;
	return got < 0 ? ll_fail_errno(err, LL_E_IO, errno, "'%s'", path) : LL_OK;
}

/*
 * Reads every file of a step's list: into the page cache, which the machine may have given to
 * somebody else since the last round, and to know how many and how large they are.
 */
static int warm_up(const struct bench *bench, const char *list, struct bench_record *record,
                   struct ll_error *err)
{
	const char *const directory = list[0] == '=' ? bench->places.work : bench->places.corpus;
	struct ll_buf paths;
	struct ll_str rest;
	int rc = read_list(directory, list[0] == '=' ? list + 1 : list, &paths, err);

	record->files = 0;
	record->work_bytes = 0;
	rest = ll_buf_str(&paths);
	while (rc == LL_OK && rest.size > 0) {
		char path[PATH_BYTES];

		take_line(&rest, path);
		rc = read_through(path, &record->work_bytes, err);
		record->files++;
	}
	ll_buf_done(&paths);
	return rc < 0 ? ll_within(err, "list '%s'", list) : LL_OK;
}

int bench_prepare(struct bench *bench, struct ll_error *err)
{
	for (size_t i = 0; i < STEP_COUNT; i++) {
		struct bench_record *const record = &bench->records[i];

		if (steps[i].needs == NEEDS_PEER && !bench->places.peers)
			record->skipped = "no Go peers";
		else if (steps[i].needs == NEEDS_PANICPARSE && !bench->places.has_panicparse)
			record->skipped = "no panicparse";
		else if (steps[i].needs == NEEDS_REAL && !bench->places.has_real)
			record->skipped = "no real captures";
		else if (steps[i].needs == NEEDS_REPORT && !bench->places.has_report)
			record->skipped = "no report command";
		else if (steps[i].needs == NEEDS_FLAMEGRAPH && !bench->places.flamegraph)
			record->skipped = "no flamegraph.pl";
	}
	return write_samples(bench, err);
}

/* --------------------------------------------------------------------- running */

static const char *place(const struct bench_places *places, struct ll_str name)
{
	const struct {
		const char *name, *value;
	} all[] = {
		{"bin", places->bin},
		{"peers", places->peers},
		{"flamegraph", places->flamegraph},
		{"leakledger", places->leakledger},
		{"corpus", places->corpus},
		{"work", places->work},
	};

	for (size_t i = 0; i < LL_COUNT(all); i++) {
		if (ll_str_equal(name, ll_str(all[i].name)) && all[i].value)
			return all[i].value;
	}
	return "";
}

/* "{work}/heap.db" with the place put in; at most one a word, at its start. */
static char *expand(const struct bench_places *places, struct ll_arena *arena, struct ll_str word)
{
	const size_t end = ll_str_index(word, '}');

	if (word.size == 0 || word.data[0] != '{' || end == SIZE_MAX)
		return ll_arena_printf(arena, "%.*s", LL_STR_ARG(word));
	return ll_arena_printf(arena, "%s%.*s", place(places, ll_str_n(word.data + 1, end - 1)),
	                       LL_STR_ARG(ll_str_from(word, end + 1)));
}

static void remove_ledger(const struct bench *bench, const char *name)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", ".lock"};

	for (size_t i = 0; i < LL_COUNT(suffixes); i++) {
		char path[1024];

		(void)snprintf(path, sizeof path, "%s/%s%s", bench->places.work, name, suffixes[i]);
		(void)unlink(path);
	}
}

/* Pages that stand are taken over, and would cost nothing. */
static int remove_site(const struct bench *bench, const char *name, struct ll_error *err)
{
	char path[1024];
	const char *const words[] = {"rm", "-rf", "--", path, NULL};
	struct bench_cost ignored;

	bench_path(path, bench->places.work, name);
	return bench_run(words, NULL, &ignored, err);
}

static int run_each(const struct bench *bench, const struct step *step, const char **words,
                    size_t count, struct bench_cost *ret_cost, struct ll_error *err)
{
	struct ll_buf paths;
	struct ll_str rest;
	int rc = read_list(bench->places.work, step->list + 1, &paths, err);

	memset(ret_cost, 0, sizeof *ret_cost);
	rest = ll_buf_str(&paths);
	while (rc == LL_OK && rest.size > 0) {
		struct bench_cost cost;
		char path[PATH_BYTES];

		take_line(&rest, path);
		words[count] = path;
		rc = bench_run(words, NULL, &cost, err);
		ret_cost->cpu_s += cost.cpu_s;
		ret_cost->wall_s += cost.wall_s;
		ret_cost->status |= cost.status;
	}
	ll_buf_done(&paths);
	return rc;
}

static int run_step(const struct bench *bench, enum bench_step number, struct bench_cost *ret_cost,
                    int64_t *ret_worst, struct ll_error *err)
{
	const struct step *const step = &steps[number];
	struct ll_arena arena = LL_ARENA_INIT;
	const char *words[BENCH_WORDS_MAX + 2] = {NULL};
	struct ll_str rest = ll_str(step->command);
	char output[1024], name[64];
	size_t count = 0;
	int rc = step->site ? remove_site(bench, step->site, err) : LL_OK;

	if (rc < 0)
		return rc;
	while (rest.size > 0 && count < BENCH_WORDS_MAX)
		words[count++] = expand(&bench->places, &arena, ll_str_split(&rest, ' '));
	if (step->fresh)
		remove_ledger(bench, step->fresh);
	(void)snprintf(name, sizeof name, "step-%d.out", (int)number);
	bench_path(output, bench->places.work, name);
	if (step->is_each)
		rc = run_each(bench, step, words, count, ret_cost, err);
	else
		rc = bench_run(words, output, ret_cost, err);
	*ret_worst = bench_number_in(output, "worst");
	ll_arena_done(&arena);
	if (rc == LL_OK && ret_cost->status != 0)
		rc = ll_fail(err, LL_E_INTERNAL, "'%s' ended with status %d", step->name,
		             ret_cost->status);
	return rc;
}

int bench_round(struct bench *bench, struct ll_error *err)
{
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < STEP_COUNT; i++) {
		struct bench_record *const record = &bench->records[i];

		if (record->skipped)
			continue;
		if (i == STEP_INGEST_TWO) {
			const double cores = bench_cores_delivered();

			bench->cores = cores < bench->cores ? cores : bench->cores;
		}
		if (steps[i].list)
			rc = warm_up(bench, steps[i].list, record, err);
		if (rc == LL_OK)
			rc = run_step(bench, (enum bench_step)i, &record->costs[record->rounds],
			              &record->worst[record->rounds], err);
		record->rounds++;
	}
	return rc;
}
