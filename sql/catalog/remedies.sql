-- remedy: what to do about a finding of a class, and for goroutines of a wait reason. The row with the wait
-- reason goes before the one without (''). Of a whole process the title of its course (process_series) stands
-- in place of the wait reason.

CREATE VIEW remedy AS
SELECT 'goroutine' AS class, '' AS wait_reason,
    'Find who starts these goroutines (the creator is in the evidence) and give each a way to end: a '
    || 'context that is cancelled, a channel that is closed, a deadline.' AS text
UNION ALL SELECT 'goroutine', 'chan receive',
    'Close the channel when its last sender is done, or let the receiver also select on a context that '
    || 'is cancelled with the request.'
UNION ALL SELECT 'goroutine', 'select',
    'Add a case that ends the loop (ctx.Done() of a context that is really cancelled) and make sure '
    || 'whoever started the goroutine calls cancel or Close on every path.'
UNION ALL SELECT 'goroutine', 'select (no cases)',
    'An empty select never ends: replace it by a wait for something that ends with the goroutine''s task.'
UNION ALL SELECT 'goroutine', 'sync.WaitGroup.Wait',
    'Some path returns without Done: put defer wg.Done() first in each task, and Add before go.'
UNION ALL SELECT 'goroutine', 'sync.Mutex.Lock',
    'Some path keeps the mutex: unlock with defer, and do not call out (network, callbacks, channels) '
    || 'while holding it.'
UNION ALL SELECT 'goroutine', 'sync.RWMutex.Lock',
    'Some reader or writer keeps the lock: unlock with defer, and do not lock it again while it is held.'
UNION ALL SELECT 'goroutine', 'sync.RWMutex.RLock',
    'A writer keeps the lock, or waits for it while a reader locks it a second time: unlock with defer '
    || 'and never nest RLock.'
UNION ALL SELECT 'goroutine', 'sync.Cond.Wait',
    'Signal or Broadcast is missing on some path, or comes before Wait: change the condition and signal '
    || 'under the same lock.'
UNION ALL SELECT 'goroutine', 'semacquire',
    'A lock is not released or a WaitGroup never comes to zero: look at the frames to see which, and '
    || 'release with defer.'
UNION ALL SELECT 'goroutine', 'IO wait',
    'Set deadlines: http.Server timeouts, http.Client.Timeout, SetDeadline on connections; close bodies '
    || 'and connections on every path.'
UNION ALL SELECT 'goroutine', 'sleep',
    'Let the loop select on a context or a stop channel beside the timer, and stop it with its owner.'
UNION ALL SELECT 'goroutine', 'syscall',
    'A call into the system or into C does not return, and each holds a thread: give it a timeout where it has '
    || 'one, bound how many run at once, and see what it waits for (strace -p, or the C library''s own means).'
UNION ALL SELECT 'goroutine', 'channel',
    'Close the channel when its last sender is done, and let both sides also select on a context that is '
    || 'cancelled with the request. This form of dump does not tell a send from a receive; goroutine?debug=2 does.'
UNION ALL SELECT 'goroutine', 'coroutine',
    'Call the stop function of iter.Pull on every path, with defer.'
UNION ALL SELECT 'channel', '',
    'Find who should take from it: a receiver that has ended, was never started, or is slower than the senders. A '
    || 'channel made for each subscriber or request must be dropped from wherever it is kept when its user goes '
    || '(unsubscribe with defer, on errors too). A larger buffer only puts it off: let a full channel cost the '
    || 'sender something, by waiting with a context, dropping the oldest, or refusing. len(ch) as a metric shows a '
    || 'backlog long before memory does.'
UNION ALL SELECT 'channel', 'chan send',
    'Give the channel room for every send (make(chan T, n)) or let the sender also select on a context, '
    || 'so that it ends when the receiver has gone.'
UNION ALL SELECT 'channel', 'chan receive (nil chan)',
    'Make the channel before it is used: it is nil, because it was never made or was set to nil.'
UNION ALL SELECT 'channel', 'chan send (nil chan)',
    'Make the channel before it is used: it is nil, because it was never made or was set to nil.'
UNION ALL SELECT 'map', '',
    'Delete keys when their owner goes, or bound the map: a size with eviction, a time to live. Beware of keys '
    || 'that never repeat (request ids, raw URLs, user agents, pointers, NaN); setting a value to nil removes '
    || 'nothing. Deleting frees what an entry refers to, but the map''s own tables stay as large as they once were: '
    || 'make a new map and copy what is still needed. In a map of large structs store pointers, so that the tables '
    || 'stay small.'
UNION ALL SELECT 'slice', '',
    'Bound it: keep the last n in a ring, or write out what is full and begin anew. s = s[k:] keeps the whole '
    || 'array and all that its first k elements refer to: copy what stays (slices.Clone, or append to an empty '
    || 'slice), or set what was cut to nil (slices.Delete does so from Go 1.22 on). If a small part of a large '
    || 'buffer is kept, copy that part (bytes.Clone, strings.Clone) so that the buffer can go.'
UNION ALL SELECT 'closure', '',
    'Find where the function is registered (listeners, hooks, cleanups, callbacks) and take it back when its '
    || 'owner goes: let registering return a function that removes it again, and defer that. Functions cannot be '
    || 'compared, so keep them under a key, a map[int]func() in place of a []func(). Let it capture only what it '
    || 'needs: copy the one field that is used into a variable before the literal. A method value (x.Handle) keeps '
    || 'all of x.'
UNION ALL SELECT 'object', '',
    'Find what keeps them, and remove them there when they are done, on every path, errors too: a field of '
    || 'something that lives as long as the process, a list, a registry, a parent with a pointer to each child, a '
    || 'next or previous version. Follow the pointer from this line on to where it is stored. Where no evidence '
    || 'names the keeper, it was too small to be sampled: more captures, the compiler''s log (go build -gcflags=-m) '
    || 'beside them, or --source DIR can show it, and viewcore or goref follow references in a core dump.'
UNION ALL SELECT 'timer', '',
    'Stop what you start: t := time.NewTicker(d); defer t.Stop(). In a loop that selects, make one timer '
    || 'before it and Reset it, instead of calling time.After in each turn. Keep the *time.Timer that '
    || 'AfterFunc returns and Stop it when its owner goes, for until it fires it keeps all that its '
    || 'function refers to. From Go 1.23 on (with go 1.23 in go.mod) timers that nothing refers to are '
    || 'collected without Stop: what still piles up there is held by something, such as a map of timers.'
UNION ALL SELECT 'context', '',
    'Call the cancel function on every path: ctx, cancel := context.WithTimeout(parent, d); defer cancel(). '
    || 'go vet (lostcancel) finds the ones that are thrown away. Derive from the context of the request, not '
    || 'from one that lives as long as the program; work that must outlive its request takes '
    || 'context.WithoutCancel and a deadline of its own. Do not store a context and derive the next one from '
    || 'it: WithValue in a loop makes a chain that only grows.'
UNION ALL SELECT 'pool', '',
    'Put back what Get returned, once, on every path (defer pool.Put(x) right after Get), and keep no '
    || 'reference to it afterwards. Before Put cut it down: Reset it, set pointers to nil, and drop it instead '
    || 'when it has grown far beyond the usual (if cap(b) > 64<<10 { return }). A pool is emptied over two '
    || 'collections, so it bounds nothing by itself; it is for saving allocations, not for holding things. '
    || 'One pool for all goroutines is right: it is safe for concurrent use.'
UNION ALL SELECT 'finalizer', '',
    'Let no finalizer wait: no lock that others hold, no channel, no network. They all run on one goroutine, '
    || 'and one that is stuck keeps every object with a finalizer for ever. Free the resource in Close, call '
    || 'that with defer, and let the finalizer at most report that Close was forgotten, or start a goroutine '
    || 'for what takes long. Mind that what a finalizer refers to lives one collection longer, and that an '
    || 'object in a ring of references with a finalizer is never freed. runtime.AddCleanup '
    || '(Go 1.24) has neither of these two faults; its functions must not wait either.'
UNION ALL SELECT 'offheap', '',
    'Go through what takes memory behind the runtime''s back: C.malloc and C.CString without C.free, handles of C '
    || 'libraries without their close, mmap without munmap, threads that are held in system calls or by '
    || 'LockOSThread without its Unlock. No heap profile shows this memory. /proc/PID/smaps_rollup tells '
    || 'anonymous memory from files; for the C side take jemalloc''s or tcmalloc''s heap profile, or bcc''s '
    || 'memleak. If it is malloc''s arenas (steps of 64 MiB, then a plateau), MALLOC_ARENA_MAX=2 bounds them. '
    || 'GOMEMLIMIT does not count any of this: leave room for it under the limit of the container.'
UNION ALL SELECT 'stack', '',
    'Look for recursion whose depth follows the data (trees, JSON, chains of middleware that wrap themselves '
    || 'again with each request) and for large arrays that are local variables of goroutines that live long. '
    || 'Take goroutine?debug=2 and look at the longest stacks. A stack is halved at a collection only when '
    || 'less than a quarter of it is in use, so one that went deep once keeps up to four times what it needs: '
    || 'let rare deep work run in a goroutine of its own that ends.'
UNION ALL SELECT 'gogc-drift', '',
    'Find who sets it: the environment (GOGC, GOMEMLIMIT), debug.SetGCPercent in the program or in a library '
    || 'that tunes the collector. SetGCPercent(-1) switches it off; it does not mean "automatic". With GOGC at '
    || 'N a heap grows to live x (1 + N / 100) before it is collected: 350 is four and a half times what is '
    || 'alive. If more memory for less work of the collector is what you want, set GOMEMLIMIT to about nine '
    || 'tenths of the container''s limit beside it, so that a peak is collected and not killed. A program that '
    || 'adjusts GOGC by itself needs a dead zone, or it will chase its own measurements.'
UNION ALL SELECT 'gc-pressure', '',
    'Allocate less where most is allocated '
    || '(go tool pprof -sample_index=alloc_space names the lines): give slices and maps their size when they '
    || 'are made, reuse buffers, avoid conversions between string and []byte and values stored in interfaces '
    || 'in loops. Or let the heap grow further before each collection: twice the GOGC is half the collections, '
    || 'for as much more memory as is alive. Check first that the limit has room for that. This is no leak: '
    || 'memory is freed, at a price in processor time.'
UNION ALL SELECT 'forced-gc', '',
    'Remove the calls of runtime.GC and debug.FreeOSMemory from the running program: search it and its '
    || 'libraries for both. If the aim is to keep memory low, GOMEMLIMIT does that without stopping anything; '
    || 'if it is to return memory to the system, the runtime does so in the background. If a scraper asks for '
    || 'heap?gc=1, let it ask more rarely: each such request is a full collection.'
UNION ALL SELECT 'limit', '',
    'Raise the limit to what the process needs, or set GOMEMLIMIT to about nine tenths of the limit so that the '
    || 'collector works harder near it, or lower GOGC. It needs live x (1 + GOGC / 100), and beside it stacks, the '
    || 'runtime''s tables and what lies outside Go. If the live heap itself takes most of GOMEMLIMIT, '
    || 'none of the settings helps: the collector then runs without end and the program crawls for hours '
    || 'instead of being killed. There only more memory or fewer live objects do, and until then a higher '
    || 'GOMEMLIMIT is the smaller evil.'
UNION ALL SELECT 'object', 'live heap',
    'Capture heap profiles of the running process, some hours apart, and run this again: they name the line '
    || '(curl -o heap-1.pb.gz http://HOST:PORT/debug/pprof/heap). Where profiles were taken already, begin '
    || 'with the lines that gained most, and take more of them: each adds samples. A rise with the load or a '
    || 'cache that is filling is no leak; then more captures will show where it ends.'
UNION ALL SELECT 'object', 'resident memory',
    'Find out what grows: take MemStats (/debug/vars) or /metrics of the program, which tell the heap from what lies '
    || 'outside Go, and heap profiles some hours apart, which name the line (curl -o heap-1.pb.gz '
    || 'http://HOST:PORT/debug/pprof/heap), and run this again. Is it no Go program, its own tools do that. A rise with '
    || 'the load, or a cache of the program''s own that is filling, is no leak: then more captures show where it ends.'
UNION ALL SELECT 'goroutine', 'number of goroutines',
    'Capture a goroutine dump of the running process and run this again: it names the line where they wait, for '
    || 'what, and who started them (curl -o goroutines.txt "http://HOST:PORT/debug/pprof/goroutine?debug=2").'
UNION ALL SELECT 'object', 'heap in use',
    'Find the few that stay of each batch: what is kept for longer (an index, a header, one row of a page) is '
    || 'allocated between what is not. Copy what stays into memory of its own when the batch is done, in one '
    || 'piece or into a slice that was made for it, or keep a value in place of a pointer into the batch. Objects of '
    || 'one size share pages, so kept ones of rare sizes cost most. After a single peak a restart is the remedy: the '
    || 'collector moves nothing, and such pages come back only when their last object dies.'
UNION ALL SELECT 'object', 'number of open file descriptors',
    'Close what is opened, on every path: response bodies, rows, files, connections and listeners (defer '
    || 'right after the error is checked). lsof -p PID tells of which kind they are.'
UNION ALL SELECT 'contention', '',
    'Hold the lock for less: move calls, allocation, logging and input or output out of it. Split it: one for '
    || 'each shard, by hash of the key. Where most only read, publish an immutable value through '
    || 'atomic.Pointer; an RWMutex helps only where reads are long, for its counter is contended as well. '
    || 'The line is where the lock was released by the one who kept the others waiting; who waited is in the '
    || 'block profile.';
