-- remedy: what to do about a finding of a class, and for goroutines of a wait reason. The row with the wait
-- reason goes before the one without ('').

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
UNION ALL SELECT 'goroutine', 'coroutine',
    'Call the stop function of iter.Pull on every path, with defer.'
UNION ALL SELECT 'channel', '',
    'Bound what the channel holds and take it out: a receiver that lives as long as the senders, or drop '
    || 'the channel from wherever it is kept when its user is gone.'
UNION ALL SELECT 'channel', 'chan send',
    'Give the channel room for every send (make(chan T, n)) or let the sender also select on a context, '
    || 'so that it ends when the receiver has gone.'
UNION ALL SELECT 'channel', 'chan receive (nil chan)',
    'The channel is nil: it was never made, or set to nil. Make it before it is used.'
UNION ALL SELECT 'channel', 'chan send (nil chan)',
    'The channel is nil: it was never made, or set to nil. Make it before it is used.'
UNION ALL SELECT 'map', '',
    'Delete keys when their owner goes, or bound the map: a size with eviction, a time to live. Beware of '
    || 'keys that never repeat (request ids, raw URLs, user agents). A map that was once large stays '
    || 'large: make a new one and copy what is still needed.'
UNION ALL SELECT 'slice', '',
    'Bound it: a ring buffer, or cut off what was handed on. If a small part of a large buffer is kept, '
    || 'copy that part (bytes.Clone, strings.Clone, slices.Clone) so that the buffer can go.'
UNION ALL SELECT 'closure', '',
    'Unregister the function when its owner goes, and let it capture only what it needs: copy the one '
    || 'field that is used instead of capturing the whole value.'
UNION ALL SELECT 'object', '',
    'Find what keeps them: a list, a registry, a parent with a pointer to each. Remove them there when '
    || 'they are done.'
UNION ALL SELECT 'timer', '',
    'Stop tickers and timers with defer; in loops use one timer and Reset instead of time.After.'
UNION ALL SELECT 'context', '',
    'Call the cancel function on every path (defer cancel()), and derive from the request''s context '
    || 'instead of one that lives as long as the program.'
UNION ALL SELECT 'pool', '',
    'Put what Get returned, once, on every path, after cutting it down; do not put back buffers that '
    || 'have grown very large.'
UNION ALL SELECT 'finalizer', '',
    'Free the resource with Close instead of a finalizer, and let no finalizer block: they all run on '
    || 'one goroutine.'
UNION ALL SELECT 'offheap', '',
    'Free what cgo allocated (C.free, Close), unmap what was mapped, and compare RSS with Sys over time.'
UNION ALL SELECT 'stack', '',
    'Look for deep recursion or large local arrays in goroutines that live long.'
UNION ALL SELECT 'gogc-drift', '', 'Find who calls debug.SetGCPercent or SetMemoryLimit, or changed GOGC.'
UNION ALL SELECT 'gc-pressure', '',
    'Allocate less on the hottest paths (alloc_space of the heap profile names them), or raise GOGC if '
    || 'the limit has room.'
UNION ALL SELECT 'forced-gc', '', 'Remove calls of runtime.GC and debug.FreeOSMemory from the running program.'
UNION ALL SELECT 'limit', '', 'Raise the limit, set GOMEMLIMIT below it, or lower GOGC.'
UNION ALL SELECT 'contention', '',
    'Hold the lock for less: move work out of it, split it, or use an atomic value.';
