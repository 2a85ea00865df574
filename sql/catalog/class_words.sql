-- class_word: how findings of a class are spoken of.
--
--   class     as in a finding
--   subject   what grows, for "<subject> <function> (<file>:<line>) ..."
--   is_many   1: the subject is a plural
--   meaning   what such a leak is, one sentence
--
-- course_word: the same of findings about the course of a whole process (process_series), where that of the class would
-- say too much.
--
--   class, course
--   meaning

CREATE VIEW class_word AS
SELECT 'goroutine' AS class, 'goroutines in' AS subject, 1 AS is_many,
    'Goroutines are started and never end; each keeps its stack and all that it refers to.' AS meaning
UNION ALL SELECT 'channel', 'channels, or what waits in them, made in', 1,
    'A channel is at fault: nobody takes what is sent, or what its buffer holds is never taken out.'
UNION ALL SELECT 'map', 'the map that is filled in', 0,
    'A map takes new keys and never gives old ones up; Go maps do not shrink by themselves.'
UNION ALL SELECT 'slice', 'the slice that grows in', 0,
    'A slice is appended to and never cut, or a small part of it keeps the whole array alive.'
UNION ALL SELECT 'closure', 'variables captured by functions made in', 1,
    'Function values that stay registered somewhere keep the variables that they captured.'
UNION ALL SELECT 'object', 'objects made in', 1,
    'Objects are made and kept: something that lives on refers to each of them.'
UNION ALL SELECT 'pool', 'pooled objects made in', 1,
    'Objects taken from a pool do not come back to it, so that it makes new ones.'
UNION ALL SELECT 'timer', 'timers made in', 1,
    'Timers or tickers are made and never stopped; each stays known to the runtime.'
UNION ALL SELECT 'context', 'contexts made in', 1,
    'Contexts are derived from a parent that lives on and are never cancelled; the parent keeps them.'
UNION ALL SELECT 'finalizer', 'objects with finalizers made in', 1,
    'Objects wait for a finalizer that does not run.'
UNION ALL SELECT 'offheap', 'memory outside the Go heap of', 0,
    'Memory is taken that the Go runtime does not manage: cgo, mmap, threads.'
UNION ALL SELECT 'stack', 'stacks of goroutines in', 1,
    'Goroutine stacks have grown and are not given back.'
UNION ALL SELECT 'gogc-drift', 'the collector''s target of', 0,
    'The collector lets the heap grow further than before: GOGC or GOMEMLIMIT has changed.'
UNION ALL SELECT 'gc-pressure', 'garbage made by', 0,
    'So much short-lived memory is made that the collector takes a large share of the processor.'
UNION ALL SELECT 'forced-gc', 'forced collections of', 1,
    'Collections are forced by the program instead of being left to the runtime.'
UNION ALL SELECT 'limit', 'the memory limit of', 0,
    'The limit leaves no room for the live heap and the collector''s headroom.'
UNION ALL SELECT 'contention', 'lock contention in', 0,
    'Goroutines wait for each other at a lock.';

CREATE VIEW course_word AS
SELECT 'object' AS class, 'resident memory' AS course,
    'Whether the Go heap grows or something outside it, what it is and which line makes it is not known: resident '
    || 'memory tells none of that.' AS meaning;
