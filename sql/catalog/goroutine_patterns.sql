-- goroutine_pattern: faults that leave goroutines behind, by what their stacks show. The first row that fits
-- decides. The names are those of Uber's study of leaks and of the families of GoBench's kernels.
--
--   place         order in which rows are tried
--   reason        GLOB over the wait reason
--   has_literal   1: only goroutines that run a function literal; 0: only others; NULL: either
--   is_ring       1: only where goroutines pile up at another lock in step; NULL: either
--   has_lock      1: only where goroutines that wait for a lock pile up in step; NULL: either
--   is_shared     1: only where readers of an RWMutex pile up beside its writers; NULL: either
--   repeats       1: only where the stack enters one own function twice; NULL: either
--   is_nested     1: only where another method of the same type called the one that waits; NULL: either
--   has_holder    1: only where one goroutine is seen to be past the lock; NULL: either
--   name          the pattern
--   meaning       what to look for, a part of a sentence

CREATE VIEW goroutine_pattern AS
SELECT 1 AS place, 'sync.*Mutex.*Lock' AS reason, NULL AS has_literal, NULL AS is_ring, NULL AS has_lock,
    NULL AS is_shared, 1 AS repeats, NULL AS is_nested,
    NULL AS has_holder, 'double lock' AS name,
    'a function that holds the lock calls itself again and waits for its own lock' AS meaning
UNION ALL SELECT 2, 'sync.*Mutex.*Lock', NULL, NULL, NULL, NULL, NULL, NULL, 1, 'lock held over a wait',
    'one goroutine is past the lock and waits for something else; all others wait for it'
UNION ALL SELECT 3, 'sync.RWMutex.RLock', NULL, NULL, NULL, 1, NULL, 1, NULL, 'RWR',
    'a reader locks again what it already holds while a writer waits in between: the writer waits for the '
    || 'first RLock, the second for the writer'
UNION ALL SELECT 4, 'sync.*Mutex.*Lock', NULL, 0, NULL, 0, NULL, 1, NULL, 'double lock',
    'another method of the same type calls this one: if it holds the lock, it waits here for itself, and '
    || 'all others behind it'
UNION ALL SELECT 5, 'chan *', NULL, NULL, 1, NULL, NULL, NULL, NULL, 'channel with lock',
    'whoever should answer on the channel waits for a lock that this goroutine holds'
UNION ALL SELECT 6, 'sync.WaitGroup.Wait', NULL, NULL, 1, NULL, NULL, NULL, NULL, 'WaitGroup with lock',
    'it waits under a lock that those need who should call Done'
UNION ALL SELECT 7, 'sync.*Mutex.*Lock', NULL, NULL, NULL, 1, NULL, NULL, NULL, 'readers behind a writer',
    'readers and writers of an RWMutex wait for whoever holds it: a path without RUnlock or Unlock, a reader '
    || 'that waits for something else, or one that reads again while a writer waits, for that shuts out new readers'
UNION ALL SELECT 8, 'sync.*Mutex.*Lock', NULL, 1, NULL, NULL, NULL, NULL, NULL, 'AB-BA',
    'goroutines stand at two locks: two paths may take them in opposite order, or one holds one while it '
    || 'waits for the other'
UNION ALL SELECT 9, 'sync.*Mutex.*Lock', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'missing unlock or double lock',
    'a path leaves with the lock held or takes it a second time, or two that stand here took two locks in '
    || 'opposite order'
UNION ALL SELECT 10, 'sync.WaitGroup.Wait', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'WaitGroup',
    'fewer calls of Done than were added: a path returns without it, or what should call it waits itself'
UNION ALL SELECT 11, 'sync.Cond.Wait', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'condition',
    'the signal is missing on some path, or was given before anybody waited'
UNION ALL SELECT 12, '* (nil chan)', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'nil channel',
    'the channel was never made on this path, or was set to nil'
UNION ALL SELECT 13, 'chan send*', 1, NULL, NULL, NULL, NULL, NULL, NULL, 'premature return, timeout or N-cast',
    'the one who started it took one result, or none, and left: the channel has no room for the others'
UNION ALL SELECT 14, 'chan send*', 0, NULL, NULL, NULL, NULL, NULL, NULL, 'premature return, double send or N-cast',
    'more is sent than is received: the receiver took the first answer and left, or a path sends twice'
UNION ALL SELECT 15, 'chan receive*', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'channel iteration without close',
    'it takes values until the channel is closed, and nobody closes it; or what it waits for (a result, a '
    || 'context that is done) never comes'
UNION ALL SELECT 16, 'select', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'method contract violation',
    'a worker runs until its Stop, Close or cancel is called, and somebody who started it does not'
UNION ALL SELECT 17, 'IO wait', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'no deadline',
    'the other side stays silent, and nothing ends the wait'
UNION ALL SELECT 18, 'sleep', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'loop without an end',
    'a loop sleeps and goes on, and has no way out'
UNION ALL SELECT 19, 'channel', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'channel without its other side',
    'it sends what nobody receives, or takes from a channel that nobody sends to or closes; which of the two, this '
    || 'form of a profile does not tell, and debug=2 does';
