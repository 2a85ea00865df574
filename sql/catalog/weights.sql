-- weights: how much each kind of evidence counts. A finding's score is 100 x (1 - product(1 - weight x
-- strength)) over its evidence; of several rows with one term the strongest counts.
--
--   term      what analyzers name in their header
--   weight    0 to 1
--   meaning   shown on the finding's page

CREATE VIEW weights AS
SELECT 'growth' AS term, 0.60 AS weight, 'grows steadily' AS meaning
UNION ALL SELECT 'effect', 0.40, 'large against the whole'
UNION ALL SELECT 'retention', 0.35, 'more objects come than go'
UNION ALL SELECT 'streak', 0.35, 'still growing at the end'
UNION ALL SELECT 'age', 0.25, 'waits as long as it was watched'
UNION ALL SELECT 'replicas', 0.25, 'grows on every instance'
UNION ALL SELECT 'live-heap', 0.20, 'the live heap grows with it'
UNION ALL SELECT 'joined', 0.20, 'memory and goroutines grow together'
UNION ALL SELECT 'seen', 0.60, 'seen to go wrong'
UNION ALL SELECT 'gc-proof', 0.98, 'proved by the garbage collector'
UNION ALL SELECT 'deadlock', 0.98, 'proved by the runtime: all were asleep'
UNION ALL SELECT 'stuck', 0.70, 'waits longer than such a wait takes'
UNION ALL SELECT 'level', 0.40, 'very many of them, in few captures'
UNION ALL SELECT 'unanswered', 0.40, 'nobody is left to answer'
UNION ALL SELECT 'focus', 0.35, 'one line makes most of it'
UNION ALL SELECT 'class', 0.10, 'its kind is known'
UNION ALL SELECT 'keeper', 0.10, 'what keeps it is known'
UNION ALL SELECT 'pattern', 0.00, 'looks like a known fault'
UNION ALL SELECT 'caller', 0.00, 'who called the line'
UNION ALL SELECT 'later', 0.00, 'did not begin with the process'
UNION ALL SELECT 'near', 0.00, 'the limit is near'
UNION ALL SELECT 'young', 0.00, 'none has waited for long'
UNION ALL SELECT 'container', 0.00, 'keeps what grows'
UNION ALL SELECT 'behind', 0.00, 'waits for a lock that another place holds'
UNION ALL SELECT 'far-end', 0.00, 'the other end of the same connections'
UNION ALL SELECT 'look', 0.00, 'where to look first'
UNION ALL SELECT 'notice', 0.00, 'grows, and need not be a leak'
UNION ALL SELECT 'context', 0.00, 'context';
