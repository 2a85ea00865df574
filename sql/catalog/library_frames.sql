-- library_frame: what a frame of the standard library or a well-known package right below the user's own
-- line says about the memory that was allocated there.
--
--   pattern      GLOB over the function's name
--   class        class of what it allocates; NULL: it says nothing about the class
--   is_content   1: it makes values that something else keeps (strings, copies, decoded documents), so that it
--                says little about what is at fault; 0: it makes what keeps
--   meaning      in words, for the finding
--   caveat       what to mind before it is taken for a leak, a part of a sentence; or NULL

CREATE VIEW library_frame AS
SELECT 'reflect.mapassign*' AS pattern, 'map' AS class, 0 AS is_content,
    'a map filled through reflection' AS meaning, NULL AS caveat
UNION ALL SELECT 'reflect.makemap*', 'map', 0, 'a map made through reflection', NULL
UNION ALL SELECT 'reflect.MakeMap*', 'map', 0, 'a map made through reflection', NULL
UNION ALL SELECT 'internal/runtime/maps.*', 'map', 0, 'a map', NULL
UNION ALL SELECT 'maps.Copy*', 'map', 0, 'a map that is copied', NULL
UNION ALL SELECT 'maps.Insert*', 'map', 0, 'a map that is filled from a sequence', NULL
UNION ALL SELECT 'maps.clone*', 'map', 0, 'a map that is copied', NULL
UNION ALL SELECT 'sync.(*Map).*', 'map', 0, 'a sync.Map',
    'a sync.Map never shrinks; deleted keys wait for the next promotion'
UNION ALL SELECT 'internal/sync.new*Node*', 'map', 0, 'a sync.Map', NULL
UNION ALL SELECT 'internal/sync.(*HashTrieMap*', 'map', 0, 'a sync.Map', NULL
UNION ALL SELECT 'sync.newEntry', 'map', 0, 'a sync.Map', NULL
UNION ALL SELECT 'expvar.(*Map).*', 'map', 0, 'an expvar.Map', 'expvar keeps what was published for ever'
UNION ALL SELECT 'net/textproto.MIMEHeader.*', 'map', 1, 'headers of a request', NULL
UNION ALL SELECT 'net/http.Header.*', 'map', 1, 'headers of a request', NULL
UNION ALL SELECT 'net/url.ParseQuery*', 'map', 1, 'a parsed query', NULL
UNION ALL SELECT 'net/url.parseQuery', 'map', 1, 'a parsed query', NULL
UNION ALL SELECT 'reflect.growslice', 'slice', 0, 'a slice that grows through reflection', NULL
UNION ALL SELECT 'reflect.grow', 'slice', 0, 'a slice that grows through reflection', NULL
UNION ALL SELECT 'reflect.MakeSlice', 'slice', 1, 'a slice made through reflection', NULL
UNION ALL SELECT 'reflect.Value.extendSlice', 'slice', 0, 'a slice that grows through reflection', NULL
UNION ALL SELECT 'reflect.unsafe_NewArray', 'slice', 1, 'an array made through reflection', NULL
UNION ALL SELECT 'reflect.unsafe_New', 'object', 1, 'an object made through reflection', NULL
UNION ALL SELECT 'reflect.New', 'object', 1, 'an object made through reflection', NULL
UNION ALL SELECT 'encoding/json.*', 'object', 1, 'a decoded document', NULL
UNION ALL SELECT 'encoding/xml.*', 'object', 1, 'a decoded document', NULL
UNION ALL SELECT 'encoding/gob.*', 'object', 1, 'decoded values', 'gob keeps the types it has seen'
UNION ALL SELECT 'bytes.growSlice', 'slice', 0, 'a bytes.Buffer',
    'a buffer that is kept for reuse stays as large as it once was'
UNION ALL SELECT 'bytes.makeSlice', 'slice', 0, 'a bytes.Buffer',
    'a buffer that is kept for reuse stays as large as it once was'
UNION ALL SELECT 'bytes.(*Buffer).grow', 'slice', 0, 'a bytes.Buffer',
    'a buffer that is kept for reuse stays as large as it once was'
UNION ALL SELECT 'bytes.Clone', 'slice', 1, 'copied bytes', NULL
UNION ALL SELECT 'io.ReadAll', 'slice', 0, 'a whole input read into memory', NULL
UNION ALL SELECT 'io/ioutil.ReadAll', 'slice', 0, 'a whole input read into memory', NULL
UNION ALL SELECT 'os.ReadFile', 'slice', 0, 'a whole file read into memory', NULL
UNION ALL SELECT 'strings.(*Builder).*', 'slice', 1, 'a string that is being built', NULL
UNION ALL SELECT 'strings.Clone', 'object', 1, 'a copied string', NULL
UNION ALL SELECT 'strings.ToLower', 'object', 1, 'a changed copy of a string', NULL
UNION ALL SELECT 'strings.ToUpper', 'object', 1, 'a changed copy of a string', NULL
UNION ALL SELECT 'strings.genSplit', 'slice', 1, 'the parts of a split string',
    'each part keeps the whole string alive'
UNION ALL SELECT 'strings.Fields*', 'slice', 1, 'the words of a string',
    'each word keeps the whole string alive'
UNION ALL SELECT 'internal/bytealg.MakeNoZero', 'slice', 1, 'a string that is being built', NULL
UNION ALL SELECT 'unique.*', 'object', 1, 'values that a unique.Handle stands for',
    'each lives as long as a handle of it'
UNION ALL SELECT 'internal/stringslite.Clone', 'object', 1, 'a copied string', NULL
UNION ALL SELECT 'fmt.Sprint*', 'object', 1, 'a formatted string', NULL
UNION ALL SELECT 'fmt.Errorf', 'object', 1, 'an error', NULL
UNION ALL SELECT 'errors.New', 'object', 1, 'an error', NULL
UNION ALL SELECT 'strconv.*', 'object', 1, 'a formatted number', NULL
UNION ALL SELECT 'slices.Grow*', 'slice', 0, 'a slice that grows', NULL
UNION ALL SELECT 'slices.Clone*', 'slice', 1, 'a copied slice', NULL
UNION ALL SELECT 'slices.Insert*', 'slice', 0, 'a slice that grows', NULL
UNION ALL SELECT 'slices.AppendSeq*', 'slice', 0, 'a slice that grows', NULL
UNION ALL SELECT 'slices.Concat*', 'slice', 1, 'a slice made of others', NULL
UNION ALL SELECT 'slices.Repeat*', 'slice', 1, 'a slice made of another', NULL
UNION ALL SELECT 'bufio.New*', 'object', 1, 'a bufio buffer',
    'one of 4 KiB for each reader or writer that lives'
UNION ALL SELECT 'bufio.(*Scanner).*', 'slice', 0, 'the buffer of a bufio.Scanner', NULL
UNION ALL SELECT 'reflect.makechan', 'channel', 0, 'a channel made through reflection', NULL
UNION ALL SELECT 'time.newTimer', 'timer', 0, 'a timer', NULL
UNION ALL SELECT 'time.NewTimer', 'timer', 0, 'a timer', NULL
UNION ALL SELECT 'time.NewTicker', 'timer', 0, 'a ticker that must be stopped', NULL
UNION ALL SELECT 'time.AfterFunc', 'timer', 0, 'a function that a timer will call', NULL
UNION ALL SELECT 'time.After', 'timer', 0, 'a timer that lives until it fires', NULL
UNION ALL SELECT 'time.startTimer', 'timer', 0, 'the heap of timers', NULL
UNION ALL SELECT 'context.*propagateCancel', 'context', 0, 'child contexts that are never cancelled', NULL
UNION ALL SELECT 'context.With*', 'context', 0, 'contexts that are never cancelled', NULL
UNION ALL SELECT 'context.with*', 'context', 0, 'contexts that are never cancelled', NULL
UNION ALL SELECT 'context.newCancelCtx', 'context', 0, 'contexts that are never cancelled', NULL
UNION ALL SELECT 'context.AfterFunc', 'context', 0, 'functions that wait for a context',
    'the stop function that it returns takes it back'
UNION ALL SELECT 'os/signal.Notify', 'channel', 0, 'channels registered for signals',
    'signal.Stop takes them back'
UNION ALL SELECT 'sync.(*Pool).*', 'pool', 0, 'a sync.Pool', 'two collections empty it'
UNION ALL SELECT 'sync.(*poolChain).*', 'pool', 0, 'a sync.Pool', 'two collections empty it'
UNION ALL SELECT 'container/list.(*List).*', 'object', 0, 'elements of a container/list', NULL
UNION ALL SELECT 'container/ring.New', 'object', 0, 'a ring', NULL
UNION ALL SELECT 'regexp.compile', 'object', 0, 'compiled regular expressions',
    'compile each once, in a variable of the package'
UNION ALL SELECT 'regexp/syntax.*', 'object', 0, 'compiled regular expressions',
    'compile each once, in a variable of the package'
UNION ALL SELECT 'text/template*', 'object', 0, 'parsed templates', 'parse each once'
UNION ALL SELECT 'html/template*', 'object', 0, 'parsed templates', 'parse each once'
UNION ALL SELECT 'net/http.(*Transport).*', 'object', 0, 'connections of an http.Transport',
    'a Transport made for each request keeps its connections: make one, and close response bodies'
UNION ALL SELECT 'net/http.newTransport*', 'object', 0, 'connections of an http.Transport',
    'a Transport made for each request keeps its connections: make one, and close response bodies'
UNION ALL SELECT 'net/http.newBufio*', 'slice', 0, 'buffers of connections of an http.Server',
    'as many as connections are open: set ReadTimeout and IdleTimeout'
UNION ALL SELECT 'net.newFD', 'object', 0, 'network connections', 'close them on every path'
UNION ALL SELECT 'os.newFile', 'object', 0, 'open files', 'close them on every path'
UNION ALL SELECT 'database/sql.(*DB).addDep*', 'map', 0,
    'what is open of database/sql, in the map of a DB that knows it until it is closed',
    'close rows and statements on every path'
UNION ALL SELECT 'database/sql.(*DB).[^a]*', 'object', 0, 'connections or statements of database/sql',
    'close rows and statements on every path, and set SetMaxOpenConns'
UNION ALL SELECT 'database/sql.(*Stmt).*', 'object', 0, 'prepared statements', 'close them on every path'
UNION ALL SELECT 'crypto/tls.*', 'object', 0, 'state of TLS connections', 'close them on every path'
UNION ALL SELECT 'compress/*', 'slice', 0, 'windows and tables of a compressor',
    'a quarter of a MiB and more each: reuse them with Reset'
UNION ALL SELECT 'runtime.malg', 'goroutine', 0, 'descriptors of goroutines',
    'they are never freed: this is a peak'
UNION ALL SELECT 'runtime.allgadd', 'goroutine', 0, 'the table of goroutines',
    'it never shrinks: this is a peak';
