-- keyword: short words on findings, to filter by and to search past incidents with. A finding has each whose fact
-- it shows (sql/judge/put_keywords.sql says how facts are told).
--
--   fact      which fact about a finding
--   value     GLOB over what it is
--   keyword   the word; one that ends in a colon is followed by the value, in lower case and with hyphens
--   meaning   what it says, a sentence

CREATE VIEW keyword AS
SELECT 'class' AS fact, '?*' AS value, 'class:' AS keyword, 'What kind of leak it is.' AS meaning
UNION ALL SELECT 'kind', '?*', 'kind:', 'What it is about: heap, goroutines or service.'
UNION ALL SELECT 'layer', '?*', 'layer:', 'A layer of the judgment of which evidence counts.'
UNION ALL SELECT 'wait', '?*', 'wait:', 'What the goroutines wait for.'
UNION ALL SELECT 'pattern', '?*', 'pattern:', 'The fault that the stacks and counts look like.'
UNION ALL SELECT 'library', '?*', 'library:', 'A package that allocates for the line.'
UNION ALL SELECT 'first_bad_build', '?*', 'new-in-build', 'The build that brought it is known.'
UNION ALL SELECT 'restarts', 'hide', 'hidden-by-deploys', 'Processes end before they reach the limit.'
UNION ALL SELECT 'limit', 'near', 'limit-near', 'A process reaches its limit within a week.'
UNION ALL SELECT 'limit', 'no-limit', 'no-limit', 'No limit is known, so there is no time until it is reached.'
UNION ALL SELECT 'place', 'moved', 'moved', 'Its line was another one in an older build.'
UNION ALL SELECT 'place', 'doubtful', 'moved-in-doubt', 'It may have been on another line before; nobody can tell.'
UNION ALL SELECT 'routes', 'disagree', 'routes-disagree', 'Two analyzers say different classes.'
UNION ALL SELECT 'proof', '?*', 'proved', 'The runtime or the garbage collector proves it.'
UNION ALL SELECT 'source', 'shown', 'source-shown', 'Its line of source is shown.'
UNION ALL SELECT 'source', 'mismatch', 'source-mismatch', 'The source that was given lacks the place.'
UNION ALL SELECT 'score', 'held', 'score-held', 'The evidence is thin, and the score is held down for it.'
UNION ALL SELECT 'instances', 'several', 'several-instances', 'More than one instance shows it.';
