/* SPDX-License-Identifier: Apache-2.0 */
/*
 * goroutine_state.c - what a goroutine waits for, from the frames that parked it.
 *
 * A goroutine profile prints no state, but (as protobuf) keeps the runtime's frames at the leaf.
 * Rules, from formats.md 3.5:
 *
 *   1. Leading frames of package runtime, and the few non-runtime frames that only lead there
 *      (sync.runtime_*, internal/poll.runtime_*, time.Sleep), say how it was parked.
 *   2. The first of them that is in the table below names the state; a table row with a second name
 *      needs that one later among the leading frames or right behind them.
 *   3. What remains starts with the frame that a debug=2 dump of the same goroutine would print
 *      first.
 */
#include <leakledger/capture.h>

enum {
	PROFILER_FRAMES = 4, /* innermost ones, of which one is the profiler's */
	NIL_CHAN_LINES = 60, /* rule 3 */
};

struct park_rule {
	const char *function;
	const char *state;
};

/* Order matters only where one function's frame stands above another's. */
static const struct park_rule park_rules[] = {
	{"runtime.chanrecv", "chan receive"},
	{"runtime.chanrecv1", "chan receive"},
	{"runtime.chanrecv2", "chan receive"},
	{"runtime.chansend", "chan send"},
	{"runtime.chansend1", "chan send"},
	{"runtime.selectgo", "select"},
	{"runtime.block", "select (no cases)"},
	{"runtime.netpollblock", "IO wait"},
	{"internal/poll.runtime_pollWait", "IO wait"},
	{"net.runtime_pollWait", "IO wait"}, /* up to Go 1.8 */
	{"time.Sleep", "sleep"},
	{"runtime.timeSleep", "sleep"},
	{"sync.runtime_SemacquireRWMutexR", "sync.RWMutex.RLock"},
	{"sync.runtime_SemacquireRWMutex", "sync.RWMutex.Lock"},
	{"sync.runtime_SemacquireWaitGroup", "sync.WaitGroup.Wait"},
	{"sync.runtime_SemacquireMutex", "sync.Mutex.Lock"},
	{"internal/sync.runtime_SemacquireMutex", "sync.Mutex.Lock"},
	{"sync.runtime_notifyListWait", "sync.Cond.Wait"},
	{"sync.runtime_Syncsemacquire", "sync.Cond.Wait"}, /* up to Go 1.6 */
	{"sync.runtime_Semacquire", "semacquire"},
	{"internal/poll.runtime_Semacquire", "semacquire"},
	{"runtime.coroswitch", "coroutine"},
	{"runtime.coroswitch_m", "coroutine"},
	{"runtime.cgocall", "syscall"},
	{"runtime.notetsleepg", "syscall"},
	{"os/signal.signal_recv", "syscall"},
	{"syscall.Syscall", "syscall"},
	{"syscall.Syscall6", "syscall"},
	{"syscall.RawSyscall", "syscall"},
	{"syscall.RawSyscall6", "syscall"},
	{"internal/runtime/syscall.Syscall6", "syscall"},
	{"runtime/internal/syscall.Syscall6", "syscall"},
	{"internal/runtime/syscall/linux.Syscall6", "syscall"},
};

static const char *state_of(struct ll_str function)
{
	for (size_t i = 0; i < LL_COUNT(park_rules); i++) {
		if (ll_str_equal(function, ll_str(park_rules[i].function)))
			return park_rules[i].state;
	}
	return NULL;
}

static bool is_runtime(struct ll_str function)
{
	return ll_str_starts(function, "runtime.") ||
	       ll_str_starts(function, "internal/runtime/") ||
	       ll_str_starts(function, "runtime/internal/");
}

/* time.Sleep and the sync hooks are the runtime's in all but name; a dump prints none of them. */
static bool is_hidden_in_dumps(struct ll_str function)
{
	return is_runtime(function) && !ll_str_equal(function, ll_str("runtime.main"));
}

/*
 * Go 1.19 and older have one word for every semaphore, and park readers and writers of an RWMutex
 * as they park those of a Mutex; the callers' names tell them apart.
 */
static const char *refine_wait(const struct ll_frame *frames, size_t count, size_t from,
                               const char *state)
{
	static const struct {
		const char *function, *state;
	} callers[] = {
		{"sync.(*WaitGroup).Wait", "sync.WaitGroup.Wait"},
		{"sync.(*Mutex).Lock", "sync.Mutex.Lock"},
		{"sync.(*Mutex).lockSlow", "sync.Mutex.Lock"},
		{"sync.(*RWMutex).RLock", "sync.RWMutex.RLock"},
		{"sync.(*RWMutex).Lock", "sync.RWMutex.Lock"},
	};

	for (size_t i = from; i < count && i < from + 4; i++) {
		for (size_t k = 0; k < LL_COUNT(callers); k++) {
			if (ll_str_equal(frames[i].function, ll_str(callers[k].function)))
				return callers[k].state;
		}
	}
	return state;
}

/* Rule 3: `state`, or the same on a nil channel. */
static const char *refine_channel(const struct ll_frame *frames, size_t count, const char *state)
{
	static const struct {
		const char *function, *caller, *state;
	} parks[] = {
		{"runtime.chansend", "runtime.chansend1", "chan send (nil chan)"},
		{"runtime.chanrecv", "runtime.chanrecv1", "chan receive (nil chan)"},
		{"runtime.chanrecv", "runtime.chanrecv2", "chan receive (nil chan)"},
	};

	for (size_t i = 0; i + 1 < count && is_runtime(frames[i].function); i++) {
		const int64_t lower = frames[i].line, upper = frames[i + 1].line;

		if (upper <= 0 || lower <= upper || lower - upper >= NIL_CHAN_LINES)
			continue;
		for (size_t k = 0; k < LL_COUNT(parks); k++) {
			if (ll_str_equal(frames[i].function, ll_str(parks[k].function)) &&
			    ll_str_equal(frames[i + 1].function, ll_str(parks[k].caller)))
				return parks[k].state;
		}
	}
	return state;
}

const char *ll_goroutine_state(const struct ll_frame *frames, size_t count, size_t *ret_skip)
{
	const char *state = NULL;
	size_t skip = 0;

	while (skip < count && is_hidden_in_dumps(frames[skip].function)) {
		if (!state)
			state = state_of(frames[skip].function);
		skip++;
	}
	/*
	 * The frames right behind may know better: pollWait behind netpollblock, Sleep behind
	 * gopark.
	 */
	if (!state && skip < count)
		state = state_of(frames[skip].function);
	if (state && (strcmp(state, "semacquire") == 0 || strcmp(state, "sync.Mutex.Lock") == 0))
		state = refine_wait(frames, count, skip, state);
	else if (state && ll_str_starts(ll_str(state), "chan "))
		state = refine_channel(frames, skip, state);
	/* An all-runtime stack is kept as it is: there is nothing else to tell it by. */
	*ret_skip = skip < count ? skip : 0;
	if (state)
		return state;
	return "running";
}

/* Up to Go 1.4 nothing of the runtime stands above the lock. */
const char *ll_goroutine_semaphore(const struct ll_frame *frames, size_t count)
{
	return refine_wait(frames, count, 0, "semacquire");
}

static bool is_one_of(struct ll_str text, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (ll_str_equal(text, ll_str(names[i])))
			return true;
	}
	return false;
}

/*
 * The goroutine that wrote the dump is in it, running the profiler; it is nobody's leak. Asked of
 * every goroutine, so that the answer must come from one look at each of its innermost frames.
 */
static bool is_profiler(const struct ll_frame *frames, size_t count)
{
	static const char *const writers[] = {
		"writeGoroutine",
		"writeRuntimeProfile",
		"runtime_goroutineProfile",
	};

	for (size_t i = 0; i < count && i < PROFILER_FRAMES; i++) {
		struct ll_str rest = frames[i].function;

		if (!ll_str_skip(&rest, "runtime/pprof."))
			continue;
		for (size_t k = 0; k < LL_COUNT(writers); k++) {
			if (ll_str_starts(rest, writers[k]))
				return true;
		}
	}
	return false;
}

bool ll_goroutine_is_system(struct ll_str state, const struct ll_frame *frames, size_t count,
                            struct ll_str creator)
{
	static const char *const states[] = {
		"force gc (idle)",        "GC sweep wait",
		"GC scavenge wait",       "GC worker (idle)",
		"GC worker (active)",     "finalizer wait",
		"cleanup wait",           "GOMAXPROCS updater (idle)",
		"timer goroutine (idle)", "trace reader (blocked)",
	};
	static const char *const roots[] = {
		"runtime.forcegchelper",
		"runtime.bgsweep",
		"runtime.bgscavenge",
		"runtime.runfinq",
		"runtime.runFinalizers",
		"runtime.runCleanups",
		"runtime.gcBgMarkWorker",
		"runtime.timerproc",
		"runtime.updateMaxProcsGoroutine",
	};
	static const char *const creators[] = {
		"runtime.gcenable",
		"runtime.createfing",
		"runtime.gcBgMarkStartWorkers",
		"runtime.addtimerLocked",
	};
	struct ll_str root;

	if (is_one_of(state, states, LL_COUNT(states)) ||
	    is_one_of(creator, creators, LL_COUNT(creators)) ||
	    ll_str_starts(creator, "runtime.init."))
		return true;
	if (count == 0)
		return false;
	root = frames[count - 1].function;
	if (ll_str_equal(root, ll_str("runtime.goexit")) && count > 1)
		root = frames[count - 2].function;
	return is_one_of(root, roots, LL_COUNT(roots)) || is_profiler(frames, count);
}
