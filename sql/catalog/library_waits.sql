-- library_wait: goroutines of a library that stand for something the program left open.
--
--   function     outermost function of the goroutine
--   wait_reason  what it waits in then; in another it is in order
--   what         each of them is ..., a part of a sentence
--   remedy       sentences

CREATE VIEW library_wait AS
SELECT
    'net/http.(*persistConn).readLoop' AS function,
    'select' AS wait_reason,
    'a response of HTTP whose body is neither read to its end nor closed' AS what,
    'Close the body of every response, also where only its status is looked at (defer resp.Body.Close() behind the '
    || 'check of err), and read it to its end before, so that the connection can be used again.' AS remedy
UNION ALL SELECT 'context.propagateCancel.func1', 'select',
    'a context that was derived from one of the program''s own kind and is not cancelled',
    'defer cancel() behind every WithCancel, WithTimeout and WithDeadline; a parent of a type of the program''s own costs a '
    || 'goroutine for each of its children until then.'
UNION ALL SELECT 'context.(*cancelCtx).propagateCancel.func2', 'select',
    'a context that was derived from one of the program''s own kind and is not cancelled',
    'defer cancel() behind every WithCancel, WithTimeout and WithDeadline; a parent of a type of the program''s own costs a '
    || 'goroutine for each of its children until then.'
UNION ALL SELECT 'database/sql.(*Rows).awaitDone', 'select',
    'a result of a query that is neither read to its end nor closed',
    'defer rows.Close() behind the check of err, on every path that gets rows; QueryRow().Scan() closes by itself.'
UNION ALL SELECT 'database/sql.(*Rows).awaitDone', 'chan receive',
    'a result of a query that is neither read to its end nor closed',
    'defer rows.Close() behind the check of err, on every path that gets rows; QueryRow().Scan() closes by itself.'
UNION ALL SELECT 'database/sql.(*Tx).awaitDone', 'chan receive',
    'a transaction that is neither committed nor rolled back',
    'defer tx.Rollback() behind the check of err: after a Commit it does nothing.';
