-- library_call: functions of libraries whose callers wait in them for something that the function's name tells better
-- than the runtime's word for the wait.
--
--   place     of several on one stack the first counts
--   function  the library's function, called from the program's own line
--   reason    GLOB over the wait reason
--   is_firm   1: whoever waits so needs somebody else, as one who sends or stands at a lock does; 0: it may be idle
--   name      of the fault when it lasts
--   meaning   what to look for, a part of a sentence

CREATE VIEW library_call AS
SELECT 1 AS place, 'io.(*pipe).write' AS function, 'select' AS reason, 1 AS is_firm,
    'pipe without its reader' AS name,
    'whoever read from the pipe left without closing it (CloseWithError), or reads no more' AS meaning
UNION ALL SELECT 2, 'net.(*pipe).write', 'select', 1, 'pipe without its reader',
    'whoever read from the other end left without closing it, and no deadline ends the wait'
UNION ALL SELECT 3, 'io.(*pipe).read', 'select', 0, 'pipe without its writer',
    'whoever wrote into the pipe left without closing it, or has nothing to write'
UNION ALL SELECT 4, 'net.(*pipe).read', 'select', 0, 'pipe without its writer',
    'whoever wrote into the other end left without closing it, and no deadline ends the wait'
UNION ALL SELECT 5, 'internal/poll.(*FD).Write', 'IO wait', 1, 'peer that does not read',
    'the other side takes no more of what is written, and no write deadline ends the wait'
UNION ALL SELECT 6, 'database/sql.(*DB).conn', 'select', 1, 'pool without a free connection',
    'all connections of the pool are in use: rows or a transaction were left open (Close, Rollback), or who asks here '
    || 'holds one itself'
UNION ALL SELECT 7, 'net/http.(*Transport).getConn', 'select', 1, 'no connection to the host',
    'as many connections as MaxConnsPerHost allows are in use, by answers whose body is open, or dialing hangs'
UNION ALL SELECT 8, 'os/exec.(*Cmd).Wait', '*', 0, 'process that does not end',
    'the child runs on, or has left a process behind that keeps its output open (WaitDelay ends that wait)'
UNION ALL SELECT 9, 'golang.org/x/sync/semaphore.(*Weighted).Acquire', '*', 1, 'semaphore',
    'some path keeps its weight (Release), who asks holds some itself, or asks for more than there is'
UNION ALL SELECT 10, 'golang.org/x/sync/errgroup.(*Group).Go', 'chan send', 1, 'group at its limit',
    'all slots of SetLimit are taken by tasks that do not end, as those do that start others from within'
UNION ALL SELECT 11, 'net/http.(*persistConn).roundTrip', 'select', 0, 'answer that does not come',
    'the server has the request and does not answer; http.Client.Timeout or a context would end the wait'
UNION ALL SELECT 12, 'net/http.(*Server).Shutdown', 'select', 0, 'shutdown that waits',
    'requests are under way that do not end; a context with a deadline would end the wait'
UNION ALL SELECT 13, 'google.golang.org/grpc/internal/transport.(*writeQuota).get', 'select', 1, 'stream whose peer does not read',
    'the other side receives no more, and nothing ends the context of the stream'
UNION ALL SELECT 14, 'net/http.(*http2serverConn).writeDataFromHandler', 'select', 1, 'stream whose peer does not read',
    'the client takes no more of the answer, and no write deadline ends the wait'
UNION ALL SELECT 15, 'golang.org/x/net/http2.(*serverConn).writeDataFromHandler', 'select', 1, 'stream whose peer does not read',
    'the client takes no more of the answer, and no write deadline ends the wait'
UNION ALL SELECT 16, 'github.com/redis/go-redis/v9/internal/pool.(*ConnPool).waitTurn', 'select', 1,
    'pool without a free connection',
    'all connections of the pool are in use: a pipeline, a subscription or a connection of its own was not closed'
UNION ALL SELECT 17, 'github.com/go-redis/redis/v8/internal/pool.(*ConnPool).waitTurn', 'select', 1,
    'pool without a free connection',
    'all connections of the pool are in use: a pipeline, a subscription or a connection of its own was not closed'
UNION ALL SELECT 18, 'google.golang.org/grpc.(*clientStream).RecvMsg', 'select', 0, 'stream that is not ended',
    'the server sends nothing more and does not return, and nobody cancels the context of the stream';
