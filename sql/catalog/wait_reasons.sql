-- wait_reason: what a goroutine's state says about a leak (formats.md 3.2).
--
--   reason      as a dump prints it
--   class       class of the leak when such goroutines pile up
--   is_waiting  1: blocked until somebody else acts; 0: running, or will run by itself
--   stuck_minutes  a single wait of so many minutes is no work any more; NULL: workers wait like that by
--               design, and for as long as there is nothing to do
--   meaning     in words
--   effect      what goroutines that are stuck in it do to the service; NULL: what the class says

CREATE VIEW wait_reason AS
SELECT 'chan receive' AS reason, 'goroutine' AS class, 1 AS is_waiting,
    NULL AS stuck_minutes,
    'waits for a value that nobody sends, or ranges over a channel that nobody closes' AS meaning, NULL AS effect
UNION ALL SELECT 'chan send', 'channel', 1, 5, 'sends a value that nobody receives', NULL
UNION ALL SELECT 'chan receive (nil chan)', 'channel', 1, 0, 'receives from a nil channel: for ever',
    'Nothing can ever wake a goroutine that waits on a nil channel.'
UNION ALL SELECT 'chan send (nil chan)', 'channel', 1, 0, 'sends on a nil channel: for ever',
    'Nothing can ever wake a goroutine that waits on a nil channel.'
UNION ALL SELECT 'select', 'goroutine', 1, NULL, 'waits in a select of which no case comes true', NULL
UNION ALL SELECT 'select (no cases)', 'goroutine', 1, 0, 'waits in an empty select: for ever', NULL
UNION ALL SELECT 'channel', 'goroutine', 1, NULL, 'waits on a channel', NULL
UNION ALL SELECT 'semacquire', 'goroutine', 1, NULL, 'waits for a lock or a WaitGroup', NULL
UNION ALL SELECT 'sync.Mutex.Lock', 'goroutine', 1, 1, 'waits for a mutex that is not released',
    'While the lock is kept, every request that needs it stops here.'
UNION ALL SELECT 'sync.RWMutex.Lock', 'goroutine', 1, 1, 'waits to write-lock a mutex',
    'While the lock is kept, every request that needs it stops here.'
UNION ALL SELECT 'sync.RWMutex.RLock', 'goroutine', 1, 1, 'waits to read-lock a mutex',
    'While the lock is kept, every request that needs it stops here.'
UNION ALL SELECT 'sync.WaitGroup.Wait', 'goroutine', 1, NULL, 'waits for a WaitGroup whose Done is missing', NULL
UNION ALL SELECT 'sync.Cond.Wait', 'goroutine', 1, NULL, 'waits for a condition that nobody signals', NULL
UNION ALL SELECT 'IO wait', 'goroutine', 1, NULL, 'waits for the network without a deadline', NULL
UNION ALL SELECT 'sleep', 'goroutine', 1, NULL, 'sleeps in a loop that does not end', NULL
UNION ALL SELECT 'syscall', 'goroutine', 1, NULL, 'is in a system call that does not return', NULL
UNION ALL SELECT 'coroutine', 'goroutine', 1, NULL, 'stands in an iterator that nobody stops', NULL
UNION ALL SELECT 'running', 'goroutine', 0, NULL, 'runs', NULL
UNION ALL SELECT 'runnable', 'goroutine', 0, NULL, 'is about to run', NULL
UNION ALL SELECT 'unknown', 'goroutine', 1, NULL, 'is parked; the capture does not say why', NULL;
