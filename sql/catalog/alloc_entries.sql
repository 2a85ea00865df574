-- alloc_entry_class: what the runtime function through which a line allocated says (formats.md 2.3).
--
--   entry      as text heap profiles tell; "#n" is a number of unnamed hidden frames and is not listed:
--              what it means depends on the Go version
--   class      class of a leak at this line
--   strength   how sure that is

CREATE VIEW alloc_entry_class AS
SELECT 'runtime.growslice' AS entry, 'slice' AS class, 0.9 AS strength
UNION ALL SELECT 'runtime.makeslice', 'slice', 0.8
UNION ALL SELECT 'runtime.makeslicecopy', 'slice', 0.8
UNION ALL SELECT 'runtime.makechan', 'channel', 0.9
UNION ALL SELECT 'runtime.makemap', 'map', 0.9
UNION ALL SELECT 'runtime.makemap_small', 'map', 0.9
UNION ALL SELECT 'runtime.mapassign', 'map', 0.95
UNION ALL SELECT 'runtime.mapassign_fast32', 'map', 0.95
UNION ALL SELECT 'runtime.mapassign_fast32ptr', 'map', 0.95
UNION ALL SELECT 'runtime.mapassign_fast64', 'map', 0.95
UNION ALL SELECT 'runtime.mapassign_fast64ptr', 'map', 0.95
UNION ALL SELECT 'runtime.mapassign_faststr', 'map', 0.95
UNION ALL SELECT 'runtime.newobject', 'object', 0.5
UNION ALL SELECT 'runtime.slicebytetostring', 'object', 0.4
UNION ALL SELECT 'runtime.stringtoslicebyte', 'slice', 0.6
UNION ALL SELECT 'runtime.concatstrings', 'object', 0.4;
