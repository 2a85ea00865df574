/* SPDX-License-Identifier: Apache-2.0 */
/* log_text.c - see log_text.h. */
#include "log_text.h"

#include "log_export.h"

enum {
	TASTE = 1024,  /* bytes that are enough to tell text from others */
	CONTROLS = 32, /* one control character among so many others is no reason to doubt */
};

struct ll_str ll_log_text_behind_zeros(struct ll_str text)
{
	size_t zeros = 0;

	while (zeros < text.size && text.data[zeros] == '\0')
		zeros++;
	return ll_str_from(text, zeros);
}

static const char link_middle[] = "](http";

bool ll_log_text_has_links(struct ll_str head)
{
	return ll_str_find(head, link_middle) != SIZE_MAX;
}

bool ll_log_text_unlink(struct ll_str line, struct ll_buf *out)
{
	bool has_any = false;
	size_t middle;

	ll_buf_clear(out);
	while ((middle = ll_str_find(line, link_middle)) != SIZE_MAX) {
		const struct ll_str label = ll_str_first(line, middle);
		const struct ll_str target = ll_str_from(line, middle);
		const size_t open = ll_str_rindex(label, '[');
		const size_t end = ll_str_index(target, ')');

		if (end == SIZE_MAX)
			break;
		if (open != SIZE_MAX && ll_str_is_digits(ll_str_from(label, open + 1))) {
			ll_buf_put_str(out, ll_str_first(label, open));
			ll_buf_put_str(out, ll_str_from(label, open + 1));
			has_any = true;
		} else {
			ll_buf_put_str(out, ll_str_first(line, middle + end + 1));
		}
		line = ll_str_from(target, end + 1);
	}
	ll_buf_put_str(out, line);
	return has_any;
}

bool ll_log_text_is_text(struct ll_str head)
{
	size_t controls = 0, others, at;

	if (ll_journal_is_export(head))
		return true;
	head = ll_str_first(ll_log_text_behind_zeros(head), TASTE);
	others = head.size;
	while ((at = ll_str_control(head)) != SIZE_MAX) {
		const char byte = head.data[at];

		head = ll_str_from(head, at + 1);
		if (memchr("\t\n\r\x1b\f\b", byte, 6))
			continue;
		controls += byte != '\0';
		others--;
	}
	return others > controls * CONTROLS;
}

#define OWN_FORM                                                                                     \
	"numbers of runtime.MemStats in a form of their own, which may be rounded: write it whole, " \
	"as JSON"
#define CUT_MEMSTATS  "runtime.MemStats as JSON, cut or damaged: save all of it"
#define NO_GOROUTINES "a Go crash without its goroutines: nothing in it to count"
#define NO_HEADER     "lines of a stack without the header of their goroutine: nothing in it to count"
#define NO_LINE_ENDS                                                                               \
	"a stack whose line ends are lost, so that nothing tells an offset from the name behind it"
#define OF_A_DEBUGGER                                                                              \
	"stacks of threads as a debugger or a core dump shows them, and no goroutines: save "      \
	"/debug/pprof/goroutine?debug=2, or send SIGQUIT"
#define OF_A_BUILD "a build or test log: no goroutine dump, GC trace or kill in it"
#define OF_A_LIMIT                                                                                   \
	"somebody says that a limit of memory was met, and not how large the process was: take the " \
	"log of the kernel, or a heap profile"

#define OF_SIGKILL "a process that somebody killed, and not why: take the log of the kernel"
#define OF_A_GUARD                                                                                 \
	"what systemd-oomd, earlyoom or nohang say, and no kill that is understood: take the log " \
	"of the kernel"
#define NO_VICTIM                                                                                  \
	"what the kernel says when memory is short; the lines that say what was killed are missing"
#define OF_NO_KILL "what kubectl tells of pods, and of no kill for want of memory"
#define OF_NODE    "a trace of the collector of Node.js: nothing of Go in it"
#define OF_BENCHMARKS                                                                              \
	"numbers of benchmarks in a form of their own: give the output of go test -bench"
#define OF_VMSTAT "/proc/vmstat: pages of the machine, nothing of a process; save /proc/meminfo"
#define OF_STATUS                                                                                  \
	"a part of /proc/PID/status, without the name and number of the process: save all of it"
#define OF_A_CLOUD                                                                                 \
	"what a cloud measured of a program, rounded: save /metrics or /debug/vars of the "        \
	"program itself"
#define NO_LINES                                                                                   \
	"remarks of the compiler that are not one in a line: save what go build -gcflags=-m prints"
#define NO_REMARKS                                                                                 \
	"explanations of the compiler without its remarks: save all that go build -gcflags=-m=2 prints"

/* Words that start a line, or stand anywhere in one, and what the whole is then. */
static const struct {
	const char *words;
	bool is_start;
	const char *nature;
} natures[] = {
	{"WARNING: DATA RACE", false,
         "a report of the race detector: no goroutine dump, GC trace or kill in it"},
	{"fatal error: ", true, NO_GOROUTINES},
	{"panic: ", true, NO_GOROUTINES},
	{"Exception 0x", true, NO_GOROUTINES},
	{"Observed a panic: ", false, NO_GOROUTINES},
	{"runtime stack:", true, NO_GOROUTINES},
	{"signal arrived during cgo execution", true, NO_GOROUTINES},
	{"Stack trace of thread ", false, OF_A_DEBUGGER},
	{"#1  0x0", false, OF_A_DEBUGGER},
	{"ms: gomaxprocs=", false, "lines of the scheduler's trace only: no collection in them"},
	{"init runtime @", true,
         "lines of the trace of initialization only: no collection in them"},
	{"TotalAlloc = ", false, OWN_FORM},
	{"TotalAlloc=", false, OWN_FORM},
	{"TotalAlloc: ", false, OWN_FORM},
	{"HeapInuse: ", false, OWN_FORM},
	{"Mallocs=", false, OWN_FORM},
	{"Total allocated bytes", true, OWN_FORM},
	{"HeapSys=", false, OWN_FORM},
	{"heapSys=", false, OWN_FORM},
	{"HeapSys (", false, OWN_FORM},
	{"\"heapAlloc\":", false, OWN_FORM},
	{"\"heap_alloc\":", false, OWN_FORM},
	{"HeapInUse", false, "what InfluxDB tells of its runtime: save all of /debug/vars"},
	{"\"HeapAlloc\":", false, CUT_MEMSTATS},
	{"\"memstats\": {", false, CUT_MEMSTATS},
	{"\"Mallocs\": ", false,
         "a part of runtime.MemStats, its sizes of objects only: write it whole, as JSON"},
	{" goroutines (stacks: ", false,
         "sizes that CockroachDB rounds for its log: give its memstats and heap files"},
	{" GO alloc/idle/total, ", false,
         "sizes that CockroachDB rounds for its log: give its memstats and heap files"},
	{"][G] '", false,
         "what go-metrics prints at a signal: save /v1/agent/metrics, or /v1/sys/metrics of Vault"},
	{"gc # @#s ", false, "the explanation of a GC trace: no collection in it"},
	{" ms: Scavenge ", false, OF_NODE},
	{" ms: Mark-", false, OF_NODE},
	{"\"workingSetBytes\"", false,
         "what the kubelet sums up of a node: save /metrics/cadvisor, or the files of the cgroup"},
	{"MemoryCurrent=", true,
         "what systemctl shows of a unit: save the memory files of its cgroup"},
	{"some avg10=", false,
         "pressure stall information, but of what? call the file memory.pressure (a cgroup's) or "
         "memory (the machine's)"},
	{"Kernel panic - not syncing", false, "a crash of the kernel: no OOM kill in it"},
	{"Tasks state (memory values in pages)", false,
         "a table of the tasks of a machine; the lines of the kernel that say what was killed are "
         "missing"},
	{"  tgid total_vm ", false,
         "a table of the tasks of a machine; the lines of the kernel that say what was killed are "
         "missing"},
	{"peak heap memory consumption: ", true,
         "what heaptrack counts of malloc: no profile of a Go heap"},
	{"System OOM encountered", false,
         "a node was out of memory; the event does not say what was killed: take the log of its "
         "kernel"},
	{"Memory Pressure Limit: ", false,
         "what systemd-oomd weighed: the lines that say what it killed are missing"},
	{" vm_rss ", false, "what earlyoom weighed: the lines that say what it killed are missing"},
	{"VmRSS:", true, OF_STATUS},
	{"voluntary_ctxt_switches:", true, OF_STATUS},
	{"nr_free_pages ", true, OF_VMSTAT},
	{"nr_anon_pages ", true, OF_VMSTAT},
	{"workingset_nodes ", true, OF_VMSTAT},
	{"workingset_refault", false,
         "a part of memory.stat without its first lines: save all of it"},
	{"   [ anon ]", false,
         "what pmap prints of a process: save /proc/PID/smaps, or smaps_rollup"},
	{"\"PodMetricsList\"", false,
         "what the metrics server knows of pods, rounded: save /metrics/cadvisor, or the files of "
         "the cgroup"},
	{"memory.kmem.tcp.usage_in_bytes: ", false,
         "a cgroup as cgget prints it: save the files of its directory"},
	{", failcnt ", false,
         "a cgroup that met its limit of memory; the lines of the kernel that say what was killed "
         "are missing"},
	{"page allocation failure: ", false, NO_VICTIM},
	{"Mem-Info:", false, NO_VICTIM},
	{" isolated_anon:", false, NO_VICTIM},
	{"kB min:", false, NO_VICTIM},
	{" container oom ", false, OF_A_LIMIT},
	{"Created an OOM event", false, OF_A_LIMIT},
	{"TaskOOM event", false, OF_A_LIMIT},
	{" /tasks/oom {", false, OF_A_LIMIT},
	{"OOM Killed", false, OF_A_LIMIT},
	{"Error R14 (Memory", false, OF_A_LIMIT},
	{"Error R15 (Memory", false, OF_A_LIMIT},
	{"Memory limit of ", false, OF_A_LIMIT},
	{"sample#memory_", false, OF_A_CLOUD},
	{"Max Memory Used: ", false, OF_A_CLOUD},
	{"memorystatus: killing", false, OF_A_LIMIT},
	{"\"largestProcess\"", false, OF_A_LIMIT},
	{"systemd-oomd[", false, OF_A_GUARD},
	{"earlyoom", false, OF_A_GUARD},
	{"nohang", false, OF_A_GUARD},
	{"killed by the OOM killer", false,
         "systemd says that something below a slice was killed, and not what: take the log of the "
         "kernel"},
	{"signal: killed", false, OF_SIGKILL},
	{"status=9/KILL", false, OF_SIGKILL},
	{"exit code 137", false, OF_SIGKILL},
	{"Exit Code: 137", false, OF_SIGKILL},
	{"low on resource: memory", false,
         "a pod that was evicted, as its node was short of memory: save what kubectl get pod -o "
         "json prints"},
	{" OOMKilled", false,
         "somebody tells of a container that was killed for want of memory (OOMKilled): save what "
         "kubectl get pod -o json prints"},
	{"Restart Count:", false, OF_NO_KILL},
	{"Last Termination State:", false, OF_NO_KILL},
	{"Last State:", false, OF_NO_KILL},
	{"\"Time\",\"", true, "what a chart shows, as a table: query the metric itself"},
	{"Saved profile in ", false,
         "what go tool pprof says while it fetches a profile: give the profile that it saved"},
	{" +0x", false, NO_HEADER},
	{":   flow: ", false, NO_REMARKS},
	{":  flow: ", false, NO_REMARKS},
	{" moved to heap: ", false, NO_LINES},
	{" escapes to heap", false, NO_LINES},
	{" ns/op", false, OF_BENCHMARKS},
	{"\"ns/op", false, OF_BENCHMARKS},
	{" allocs/op", false, OF_BENCHMARKS},
	{"go_memstats_", false,
         "names of a Go program's metrics, and not as a page of them has them: save /metrics "
         "itself"},
	{"--- FAIL: ", true, OF_A_BUILD},
	{"FAIL\t", true, OF_A_BUILD},
	{"ok  \t", true, OF_A_BUILD},
	{"Building Go ", true, OF_A_BUILD},
	{"go: downloading ", true, OF_A_BUILD},
	{"exit status ", true, OF_A_BUILD},
	{"FATAL ERROR: ", false, "a crash report without a goroutine dump: nothing in it to count"},
	{"FATAL: ", false, "a crash report without a goroutine dump: nothing in it to count"},
};

/* Is it at the start of a line, also of one that is indented or that journald wrote? */
static bool is_at_start(struct ll_str before)
{
	while (before.size > 0 && memchr(" \t", before.data[before.size - 1], 2))
		before.size--;
	return before.size == 0 || before.data[before.size - 1] == '\n' ||
	       ll_str_ends(before, "]:");
}

static bool has_words(struct ll_str text, const char *words, bool is_start)
{
	size_t from = 0, at;

	while ((at = ll_str_find(ll_str_from(text, from), words)) != SIZE_MAX) {
		if (!is_start || is_at_start(ll_str_first(text, from + at)))
			return true;
		from += at + 1;
	}
	return false;
}

const char *ll_log_text_nature(struct ll_str head, const struct ll_prefix *prefix)
{
	for (size_t i = 0; i < LL_COUNT(natures); i++) {
		if (!has_words(head, natures[i].words, natures[i].is_start))
			continue;
		if (strcmp(natures[i].nature, NO_HEADER) == 0 &&
		    ll_str_find(head, " [running]:") != SIZE_MAX)
			return NO_LINE_ENDS;
		return natures[i].nature;
	}
	if (prefix && prefix->layer_count > 0)
		return "a log: no goroutine dump, GC trace or kill in it";
	return NULL;
}

/* A document of JSON that does not end in its first line is nobody's log. */
static bool is_one_document(struct ll_str head)
{
	const struct ll_str line = ll_str_trim(ll_str_first(head, ll_str_index(head, '\n')));

	return ll_str_starts(line, "{") && !ll_str_ends(line, "}");
}

bool ll_log_text_is_worth_reading(struct ll_str head, bool is_whole)
{
	if (!is_whole)
		return !is_one_document(head);
	/* MemStats are known, of which some see less than the whole (evidence.h). */
	return ll_str_find(head, "\"PauseNs\":[") == SIZE_MAX &&
	       ll_log_text_nature(head, NULL) != NULL;
}
