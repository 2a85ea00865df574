-- library_frame: what a frame of the standard library or a well-known package right below the user's own
-- line says about the memory that was allocated there.
--
--   pattern   GLOB over the function's name
--   class     class of what it allocates; NULL: it says nothing about the class
--   meaning   in words, for the finding

CREATE VIEW library_frame AS
SELECT 'reflect.mapassign*' AS pattern, 'map' AS class, 'a map filled through reflection' AS meaning
UNION ALL SELECT 'reflect.makemap*', 'map', 'a map made through reflection'
UNION ALL SELECT 'reflect.MakeMap*', 'map', 'a map made through reflection'
UNION ALL SELECT 'internal/runtime/maps.*', 'map', 'a map'
UNION ALL SELECT 'maps.Copy*', 'map', 'a map that is copied'
UNION ALL SELECT 'maps.clone*', 'map', 'a map that is copied'
UNION ALL SELECT 'sync.(*Map).*', 'map', 'a sync.Map'
UNION ALL SELECT 'internal/sync.new*Node*', 'map', 'a sync.Map'
UNION ALL SELECT 'internal/sync.(*HashTrieMap*', 'map', 'a sync.Map'
UNION ALL SELECT 'sync.newEntry', 'map', 'a sync.Map'
UNION ALL SELECT 'reflect.growslice', 'slice', 'a slice that grows through reflection'
UNION ALL SELECT 'reflect.grow', 'slice', 'a slice that grows through reflection'
UNION ALL SELECT 'reflect.MakeSlice', 'slice', 'a slice made through reflection'
UNION ALL SELECT 'reflect.Value.extendSlice', 'slice', 'a slice that grows through reflection'
UNION ALL SELECT 'reflect.unsafe_NewArray', 'slice', 'an array made through reflection'
UNION ALL SELECT 'bytes.growSlice', 'slice', 'a bytes.Buffer'
UNION ALL SELECT 'bytes.makeSlice', 'slice', 'a bytes.Buffer'
UNION ALL SELECT 'bytes.(*Buffer).grow', 'slice', 'a bytes.Buffer'
UNION ALL SELECT 'bytes.Clone', 'slice', 'copied bytes'
UNION ALL SELECT 'io.ReadAll', 'slice', 'a whole input read into memory'
UNION ALL SELECT 'io/ioutil.ReadAll', 'slice', 'a whole input read into memory'
UNION ALL SELECT 'os.ReadFile', 'slice', 'a whole file read into memory'
UNION ALL SELECT 'strings.(*Builder).*', 'slice', 'a string that is being built'
UNION ALL SELECT 'internal/bytealg.MakeNoZero', 'slice', 'a string that is being built'
UNION ALL SELECT 'slices.Grow*', 'slice', 'a slice that grows'
UNION ALL SELECT 'slices.Clone*', 'slice', 'a copied slice'
UNION ALL SELECT 'slices.Insert*', 'slice', 'a slice that grows'
UNION ALL SELECT 'bufio.New*Size', 'slice', 'a bufio buffer'
UNION ALL SELECT 'reflect.makechan', 'channel', 'a channel made through reflection'
UNION ALL SELECT 'time.newTimer', 'timer', 'a timer'
UNION ALL SELECT 'time.NewTimer', 'timer', 'a timer'
UNION ALL SELECT 'time.NewTicker', 'timer', 'a ticker that must be stopped'
UNION ALL SELECT 'time.AfterFunc', 'timer', 'a function that a timer will call'
UNION ALL SELECT 'time.After', 'timer', 'a timer that lives until it fires'
UNION ALL SELECT 'time.startTimer', 'timer', 'the heap of timers'
UNION ALL SELECT 'context.*propagateCancel', 'context', 'child contexts that are never cancelled'
UNION ALL SELECT 'context.With*', 'context', 'contexts that are never cancelled'
UNION ALL SELECT 'context.with*', 'context', 'contexts that are never cancelled'
UNION ALL SELECT 'context.newCancelCtx', 'context', 'contexts that are never cancelled'
UNION ALL SELECT 'sync.(*Pool).*', 'pool', 'a sync.Pool'
UNION ALL SELECT 'sync.(*poolChain).*', 'pool', 'a sync.Pool'
UNION ALL SELECT 'container/list.(*List).*', 'object', 'elements of a container/list'
UNION ALL SELECT 'runtime.malg', 'goroutine', 'descriptors of goroutines'
UNION ALL SELECT 'runtime.allgadd', 'goroutine', 'the table of goroutines';
