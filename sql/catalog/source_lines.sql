-- source_line: what a line of Go says about the memory that is allocated there. Of the rows that fit a line those of
-- the lowest place count for each class.
--
--   place      order
--   pattern    GLOB over the line without comments and contents of literals, one blank at each end
--   class      class of a leak at this line
--   strength   how sure that is
--   meaning    in words, behind "the line"

CREATE VIEW source_line AS
SELECT 1 AS place, '*[^a-zA-Z0-9_.]append(*' AS pattern, 'slice' AS class, 0.9 AS strength,
    'appends to a slice' AS meaning
UNION ALL SELECT 2, '*make(map[[]*', 'map', 0.9, 'makes a map'
UNION ALL SELECT 3, '*make(chan *', 'channel', 0.9, 'makes a channel'
UNION ALL SELECT 4, '*make(<-chan *', 'channel', 0.9, 'makes a channel'
UNION ALL SELECT 5, '*make([[]*', 'slice', 0.8, 'makes a slice'
UNION ALL SELECT 6, '*time.After(*', 'timer', 0.9, 'starts a timer'
UNION ALL SELECT 7, '*time.AfterFunc(*', 'timer', 0.9, 'starts a timer'
UNION ALL SELECT 8, '*time.NewTimer(*', 'timer', 0.9, 'starts a timer'
UNION ALL SELECT 9, '*time.NewTicker(*', 'timer', 0.9, 'starts a ticker'
UNION ALL SELECT 10, '*time.Tick(*', 'timer', 0.9, 'starts a ticker that nobody can stop'
UNION ALL SELECT 11, '*context.With[CDT]*', 'context', 0.9, 'derives a context'
UNION ALL SELECT 12, '*runtime.SetFinalizer(*', 'finalizer', 0.8, 'sets a finalizer'
UNION ALL SELECT 13, '*runtime.AddCleanup(*', 'finalizer', 0.8, 'sets a cleanup'
UNION ALL SELECT 14, '*[Pp]ool.Get()*', 'pool', 0.8, 'takes from a pool'
UNION ALL SELECT 15, '*[Pp]ool.Put(*', 'pool', 0.6, 'gives back to a pool'
UNION ALL SELECT 16, '*.LoadOrStore(*', 'map', 0.7, 'stores in a sync.Map'
UNION ALL SELECT 17, '*[]]++*', 'map', 0.8, 'counts under a key'
UNION ALL SELECT 18, '*[]] += *', 'map', 0.6, 'adds under a key'
UNION ALL SELECT 19, '*[]] = *', 'map', 0.6, 'stores under a key'
UNION ALL SELECT 20, ' go *', 'goroutine', 0.5, 'starts a goroutine'
UNION ALL SELECT 21, '* func(*', 'closure', 0.6, 'makes a function literal'
UNION ALL SELECT 22, '*=func(*', 'closure', 0.6, 'makes a function literal'
UNION ALL SELECT 23, '*(func(*', 'closure', 0.6, 'makes a function literal'
UNION ALL SELECT 24, '*[^&]&[A-Za-z_]*{*', 'object', 0.5, 'makes an object'
UNION ALL SELECT 25, '*[^a-zA-Z0-9_.]new(*', 'object', 0.5, 'makes an object';
