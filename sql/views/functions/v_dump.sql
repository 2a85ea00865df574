-- v_dump: goroutine captures of lives that belong to the present, with their place among those of their life
--   service_id, lifetime_id
--   capture_id
--   t_ns            0 when no time is known
--   is_complete     1: it lists all goroutines; a panic lists one or all, and nobody can tell which
--   is_text         1: a dump, which has ids and waiting times; 0: a profile
--   is_deadlock     1: the runtime wrote it as it ended the process because all goroutines were asleep
--   place           1: the newest of the life, 2 the one before ...; a deadlock is the last word of a process. Of
--                   several of one minute text goes before profiles, for it knows more of each goroutine
--   complete_place  the same among complete ones
--   dumps           goroutine captures of the life
--   complete_dumps  complete ones
--   moments         minutes in which some were taken: the same process in four forms is seen once
--   first_ns, last_ns   when the first and the last were taken
--   longest         the longest wait, in minutes, that any of them tells of; 0: none does
CREATE VIEW v_dump AS
SELECT
    d.service_id,
    d.lifetime_id,
    d.capture_id,
    d.t_ns,
    d.is_complete,
    d.is_text,
    d.is_deadlock,
    d.place,
    d.complete_place,
    d.dumps,
    d.complete_dumps,
    d.moments,
    d.first_ns,
    d.last_ns,
    d.longest
FROM dump AS d;
