-- build_fact_class: what the compiler's remark on a line says about the memory allocated there.
--
--   what       kind of remark (src/capture/build/fmt_escape.c)
--   class      class of a leak at this line
--   strength   how sure that is: a variable moved to the heap may be captured, or merely have its address
--              taken
--   meaning    in words

CREATE VIEW build_fact_class AS
SELECT 'map' AS what, 'map' AS class, 0.9 AS strength, 'makes a map' AS meaning
UNION ALL SELECT 'slice', 'slice', 0.8, 'makes a slice'
UNION ALL SELECT 'append', 'slice', 0.9, 'appends to a slice'
UNION ALL SELECT 'closure', 'closure', 0.8, 'makes a function literal that escapes'
UNION ALL SELECT 'method-value', 'closure', 0.7, 'makes a method value that escapes'
UNION ALL SELECT 'moved', 'object', 0.4, 'has a variable that was moved to the heap'
UNION ALL SELECT 'pointer', 'object', 0.6, 'makes an object that escapes'
UNION ALL SELECT 'string', 'object', 0.4, 'builds a string that escapes'
UNION ALL SELECT 'variadic', 'object', 0.2, 'passes variadic arguments'
UNION ALL SELECT 'boxing', 'object', 0.2, 'stores a value in an interface'
UNION ALL SELECT 'allocates', 'object', 0.2, 'allocates, and the optimizer log does not say what'
UNION ALL SELECT 'chan', 'channel', 0.9, 'makes a channel';
