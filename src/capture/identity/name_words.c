/* SPDX-License-Identifier: Apache-2.0 */
/*
 * name_words.c - what the words in names mean: kinds of capture, versions, machines, pods, numbers
 * in a sequence, and those that mean nothing.
 *
 * Kubernetes makes the random parts of names from letters and digits that cannot spell a word; that
 * is what tells "fluentd-x2x4z" from "order-queue".
 */
#include "name_words.h"

#include "name_time.h"

static char lower(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static bool equals_ignoring_case(struct ll_str text, const char *word)
{
	if (text.size != strlen(word))
		return false;
	for (size_t i = 0; i < text.size; i++) {
		if (lower(text.data[i]) != word[i])
			return false;
	}
	return true;
}

static bool is_one_of(struct ll_str text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (equals_ignoring_case(text, words[i]))
			return true;
	}
	return false;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* ----------------------------------------------------------------------- kinds */

static const struct {
	const char *word;
	const char *kind;
	bool is_place; /* a directory of that name is no service */
} kind_words[] = {
	{"heap", "heap", true},
	{"mem", "heap", true},
	{"memory", "heap", false},
	{"memprof", "heap", true},
	{"memprofile", "heap", true},
	{"inuse", "heap", true},
	{"allocs", "heap", true},
	{"alloc", "heap", true},
	{"gcheap", "heap", true},
	{"goroutine", "goroutine", true},
	{"goroutines", "goroutine", true},
	{"goroutineswait", "goroutine", false},
	{"stacks", "goroutine", true},
	{"gr", "goroutine", false},
	{"goroutineleak", "goroutineleak", true},
	{"threadcreate", "threadcreate", true},
	{"threadcreation", "threadcreate", true},
	{"thread", "threadcreate", true},
	{"block", "block", true},
	{"mutex", "mutex", true},
	{"cpu", "cpu", true},
	{"cpuprofile", "cpu", true},
	{"profile", "cpu", true},
	{"clock", "cpu", false},
	{"gctrace", "gctrace", true},
	{"memstats", "memstats", true},
	{"vars", "memstats", true},
	{"expvar", "memstats", true},
	{"metrics", "memstats", true},
	{"smaps", "process", true},
	{"status", "process", false},
	{"oom", "kill", true},
	{"dmesg", "kill", true},
	{"journal", "kill", false},
	{"escape", "escape", true},
	{"bench", "benchmark", false},
};

static size_t kind_row(struct ll_str word)
{
	size_t i = 0;

	while (i < LL_COUNT(kind_words) && !equals_ignoring_case(word, kind_words[i].word))
		i++;
	return i;
}

const char *ll_name_kind(struct ll_str word)
{
	const size_t i = kind_row(word);

	return i < LL_COUNT(kind_words) ? kind_words[i].kind : NULL;
}

static bool is_kind_directory(struct ll_str name)
{
	const size_t i = kind_row(name);

	return i < LL_COUNT(kind_words) && kind_words[i].is_place;
}

struct ll_str ll_name_next_word(struct ll_str *rest)
{
	struct ll_str word;
	size_t size = 0;

	while (rest->size > 0 && strchr("/._- ?=&", rest->data[0]))
		*rest = ll_str_from(*rest, 1);
	while (size < rest->size && !strchr("/._- ?=&", rest->data[size]))
		size++;
	word = ll_str_first(*rest, size);
	*rest = ll_str_from(*rest, size);
	return word;
}

/* ------------------------------------------------------------------ extensions */

static const char *const archive_extensions[] = {".tar", ".tgz", ".tbz2", ".txz", ".tzst", ".zip"};

static const char *const extensions[] = {
	".gz",   ".zst",   ".xz",      ".bz2",  ".pb",   ".pprof", ".prof", ".profile", ".out",
	".txt",  ".text",  ".log",     ".json", ".html", ".htm",   ".bin",  ".dump",    ".trace",
	".prom", ".jsonl", ".metrics", ".yaml", ".yml",  ".csv",   ".svg",  ".dat",
};

static bool cut_one(struct ll_str *name, const char *const *all, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (name->size > strlen(all[i]) && ll_str_ends(*name, all[i])) {
			name->size -= strlen(all[i]);
			return true;
		}
	}
	return false;
}

struct ll_str ll_name_stem(struct ll_str name)
{
	while (cut_one(&name, extensions, LL_COUNT(extensions)) ||
	       cut_one(&name, archive_extensions, LL_COUNT(archive_extensions)))
		;
	return name;
}

struct ll_str ll_name_of_archive(struct ll_str name)
{
	static const char *const compressions[] = {".gz", ".zst", ".xz", ".bz2"};
	struct ll_str stem = name;

	(void)cut_one(&stem, compressions, LL_COUNT(compressions));
	return cut_one(&stem, archive_extensions, LL_COUNT(archive_extensions)) ? stem : name;
}

/* -------------------------------------------------------------------- versions */

/* The size of "1.4.2" at the start; *ret_parts is 3. */
static size_t version_size(struct ll_str text, size_t *ret_parts)
{
	size_t at = 0;

	*ret_parts = 0;
	for (;;) {
		const size_t from = at;

		while (at < text.size && is_digit(text.data[at]))
			at++;
		if (at == from)
			return at > 0 ? at - 1 : 0;
		(*ret_parts)++;
		if (at == text.size || text.data[at] != '.')
			return at;
		at++;
	}
}

bool ll_name_is_version(struct ll_str word)
{
	const bool has_v = word.size > 1 && lower(word.data[0]) == 'v';
	const struct ll_str numbers = ll_str_from(word, has_v ? 1 : 0);
	size_t parts;
	const size_t size = version_size(numbers, &parts);

	if (size == 0 || (size < numbers.size && !strchr("-+", numbers.data[size])))
		return false;
	return has_v ? parts <= 4 : parts == 3;
}

struct ll_str ll_name_version(struct ll_str name)
{
	for (size_t at = 0; at + 1 < name.size; at++) {
		const bool is_start = at == 0 || strchr("._-/", name.data[at - 1]);
		size_t parts;

		if (is_start && name.data[at] == 'v' && is_digit(name.data[at + 1]))
			return ll_str_first(ll_str_from(name, at),
			                    1 + version_size(ll_str_from(name, at + 1), &parts));
	}
	return ll_str_n(NULL, 0);
}

struct ll_str ll_program_version(struct ll_str program)
{
	struct ll_str found = {NULL, 0};
	size_t start = 0;

	for (size_t at = 0; at < program.size; at++) {
		const struct ll_str part = ll_str_n(program.data + start, at - start);

		if (program.data[at] != '/')
			continue;
		if (ll_name_is_version(part) && memchr(part.data, '.', part.size))
			found = part;
		start = at + 1;
	}
	return found;
}

/* ----------------------------------------------------------------------- hosts */

static size_t digits_at(struct ll_str text, size_t at)
{
	size_t count = 0;

	while (at + count < text.size && is_digit(text.data[at + count]))
		count++;
	return count;
}

/* The size of an IPv4 address at the start, its numbers parted by `separator`; else 0. */
static size_t ipv4_size(struct ll_str text, char separator)
{
	size_t at = 0;

	for (int part = 0; part < 4; part++) {
		const size_t count = digits_at(text, at);

		if (count == 0 || count > 3)
			return 0;
		at += count;
		if (part < 3 && (at == text.size || text.data[at++] != separator))
			return 0;
	}
	return at;
}

bool ll_name_is_address(struct ll_str name)
{
	const size_t address = ipv4_size(name, '.');
	const size_t colon = ll_str_rindex(name, ':');
	const size_t at = address > 0 ? address : colon;
	const char *const between = address > 0 ? ":_-" : ":";

	if (address > 0 && address == name.size)
		return true;
	return at != SIZE_MAX && at > 0 && at < name.size && strchr(between, name.data[at]) &&
	       digits_at(name, at + 1) >= 2 && digits_at(name, at + 1) <= 5 &&
	       at + 1 + digits_at(name, at + 1) == name.size;
}

/* "node-3", "host-a", "pod_12": a word for machines and one more. */
static bool is_numbered_machine(struct ll_str name)
{
	static const char *const words[] = {"node", "host", "pod", "instance", "replica", "vm"};
	struct ll_str rest = name;
	const struct ll_str word = ll_name_next_word(&rest);
	const struct ll_str number = ll_name_next_word(&rest);

	return word.size > 0 && word.data == name.data && rest.size == 0 && number.size > 0 &&
	       is_one_of(word, words, LL_COUNT(words)) &&
	       (ll_str_is_digits(number) || number.size == 1);
}

bool ll_name_is_host(struct ll_str name)
{
	struct ll_str rest = name;

	if (ll_name_is_address(name) || is_numbered_machine(name))
		return true;
	return ll_str_skip(&rest, "ip-") && ipv4_size(rest, '-') > 0;
}

/* ------------------------------------------------------------------------ pods */

static bool is_made_of(struct ll_str text, const char *bytes)
{
	for (size_t i = 0; i < text.size; i++) {
		if (!strchr(bytes, text.data[i]))
			return false;
	}
	return true;
}

static bool has_digit(struct ll_str text)
{
	for (size_t i = 0; i < text.size; i++) {
		if (is_digit(text.data[i]))
			return true;
	}
	return false;
}

static bool is_plain(struct ll_str text, size_t min, size_t max)
{
	return text.size >= min && text.size <= max &&
	       is_made_of(text, "abcdefghijklmnopqrstuvwxyz0123456789");
}

/* Five of the bytes that Kubernetes makes names of, and a letter among them. */
static bool is_random_suffix(struct ll_str text)
{
	return text.size == 5 && is_made_of(text, "bcdfghjklmnpqrstvwxz2456789") &&
	       !ll_str_is_digits(text);
}

enum ll_name_pod ll_name_pod(struct ll_str name, struct ll_str *ret_service)
{
	const size_t last = ll_str_rindex(name, '-');
	struct ll_str head, tail, hash;
	size_t middle;

	if (last == SIZE_MAX || last == 0)
		return LL_NAME_NO_POD;
	head = ll_str_first(name, last);
	tail = ll_str_from(name, last + 1);
	middle = ll_str_rindex(head, '-');
	hash = ll_str_from(head, middle == SIZE_MAX ? 0 : middle + 1);
	if (middle != SIZE_MAX && middle > 0 && is_plain(tail, 5, 5) && is_plain(hash, 8, 10) &&
	    has_digit(hash) && !ll_str_is_digits(hash)) {
		*ret_service = ll_str_first(head, middle);
		return LL_NAME_POD;
	}
	if (is_random_suffix(tail)) {
		*ret_service = head;
		return LL_NAME_POD;
	}
	if (!ll_str_is_digits(tail) || tail.size > 3)
		return LL_NAME_NO_POD;
	*ret_service = head;
	return LL_NAME_MAYBE_POD;
}

/* The part of a run of "a-b-c" that is a deployment's pod, without kinds and times before it. */
static struct ll_str pod_of_run(struct ll_str run)
{
	struct ll_str service, rest = run;

	while (rest.size > 0) {
		struct ll_str ahead = rest;
		const struct ll_str word = ll_str_split(&ahead, '-');

		if (!ll_name_kind(word) && !ll_str_is_digits(word))
			break;
		rest = ahead;
	}
	for (size_t size = rest.size; size > 0; size--) {
		const struct ll_str text = ll_str_first(rest, size);

		if (size < rest.size && rest.data[size] != '-')
			continue;
		/* Two hyphens: a daemon set's suffix alone proves too little in here. */
		if (ll_name_pod(text, &service) == LL_NAME_POD &&
		    service.size + 1 + 8 + 1 + 5 <= text.size)
			return text;
	}
	return ll_str_n(NULL, 0);
}

struct ll_str ll_name_pod_within(struct ll_str name)
{
	for (size_t at = 0; at < name.size;) {
		size_t end = at;
		struct ll_str pod;

		while (end < name.size && !strchr("._ ?=&", name.data[end]))
			end++;
		pod = pod_of_run(ll_str_first(ll_str_from(name, at), end - at));
		if (pod.size > 0)
			return pod;
		at = end + 1;
	}
	return ll_str_n(NULL, 0);
}

struct ll_str ll_name_replica_within(struct ll_str name, struct ll_str service)
{
	struct ll_name_time found;

	if (service.size == 0 || !ll_name_time_find(name, &found) || found.is_date_only)
		return ll_str_n(NULL, 0);
	for (size_t at = 0; at + service.size + 2 <= name.size; at++) {
		const struct ll_str here = ll_str_from(name, at);
		const size_t digits = digits_at(here, service.size + 1);
		const size_t size = service.size + 1 + digits;

		if (!ll_str_equal(ll_str_first(here, service.size), service) ||
		    here.data[service.size] != '-' || digits == 0 || digits > 3 ||
		    (at > 0 && !strchr("._-", name.data[at - 1])))
			continue;
		/* A hyphen before more digits: a date. */
		if (size == here.size || strchr("._", here.data[size]) ||
		    (here.data[size] == '-' && digits_at(here, size + 1) == 0))
			return ll_str_first(here, size);
	}
	return ll_str_n(NULL, 0);
}

/* ----------------------------------------------------------------------- noise */

/* Where captures lie, what state they are in, and which environment they are of. */
static const char *const noise[] = {
	"debug",        "pprof",
	"nodes",        "profiles",
	"profiling",    "captures",
	"capture",      "out",
	"output",       "data",
	"dumps",        "dump",
	"logs",         "log",
	"results",      "result",
	"tmp",          "temp",
	"test",         "tests",
	"testdata",     "fixtures",
	"files",        "file",
	"corpus",       "bundle",
	"bundles",      "artifacts",
	"artefacts",    "attachments",
	"collected",    "collection",
	"diagnostics",  "downloads",
	"uploads",      "input",
	"inputs",       "samples",
	"fleet",        "build",
	"builds",       "current",
	"archive",      "old",
	"new",          "base",
	"baseline",     "before",
	"after",        "heap_profiler",
	"heapprof",     "goroutine_dump",
	"spool",        "raw",
	"profiles_old", "pods",
	"containers",   "prod",
	"production",   "stage",
	"staging",      "dev",
	"development",  "qa",
	"default",      "kube-system",
	"kube_system",  "cgroup",
	"cgroups",      "proc",
	"snapshot",     "snapshots",
	"sys",          "fs",
};

/* Words that say what lies in a directory, and not whose it is ("cgroup", "heap dump"). */
static bool says_only_what(struct ll_str words)
{
	struct ll_str word;

	while ((word = ll_name_next_word(&words)).size > 0) {
		if (!ll_name_kind(word) && !is_one_of(word, noise, LL_COUNT(noise)))
			return false;
	}
	return true;
}

/* A version is no noise: it tells the build. */
bool ll_name_is_noise(struct ll_str directory)
{
	struct ll_name_time found;
	struct ll_str rest = directory;
	int64_t clock_ns;

	if (ll_str_is_digits(directory) || is_kind_directory(directory) ||
	    is_one_of(directory, noise, LL_COUNT(noise)))
		return true;
	/* pkg/profile makes its directories by MkdirTemp("", "profile"). */
	if (ll_str_skip(&rest, "profile") && ll_str_is_digits(rest))
		return true;
	if (directory.size >= 5 && ll_name_clock_find(directory, &clock_ns))
		return true;
	if (!ll_name_time_find(directory, &found))
		return false;
	/* cgroup-1795223187: a set of captures of that time. */
	return found.size + 2 >= directory.size ||
	       (says_only_what(ll_str_first(directory, found.from)) &&
	        says_only_what(ll_str_from(directory, found.from + found.size)));
}

/* -------------------------------------------------------------------- sequence */

/* -1 when the word gives no place. `debug2` is a form and `v2` a version. */
static int64_t place_of_word(struct ll_str word)
{
	static const char *const firsts[] = {"before", "base", "baseline", "start", "old"};
	static const char *const seconds[] = {"after", "result", "end", "new"};
	size_t letters = 0;
	struct ll_str name;
	uint64_t number;

	if (is_one_of(word, firsts, LL_COUNT(firsts)))
		return 0;
	if (is_one_of(word, seconds, LL_COUNT(seconds)))
		return 1;
	while (letters < word.size && !is_digit(word.data[letters]))
		letters++;
	name = ll_str_first(word, letters);
	if (word.size - letters > 5 || !ll_str_to_u64(ll_str_from(word, letters), &number))
		return -1;
	if (letters > 0 && !equals_ignoring_case(name, "t") && !ll_name_kind(name))
		return -1;
	return (int64_t)number;
}

int64_t ll_name_sequence(struct ll_str name)
{
	struct ll_name_time found;
	struct ll_str rest = name, before = {"", 0};
	int64_t sequence = -1;

	/* The digits of a time are no places. */
	if (ll_name_time_find(name, &found)) {
		const int64_t behind = ll_name_sequence(ll_str_from(name, found.from + found.size));

		return behind >= 0 ? behind : ll_name_sequence(ll_str_first(name, found.from));
	}
	while (rest.size > 0) {
		const struct ll_str word = ll_name_next_word(&rest);
		const int64_t place = place_of_word(word);

		if (place >= 0 && !equals_ignoring_case(before, "debug"))
			sequence = place;
		before = word;
	}
	return sequence;
}
