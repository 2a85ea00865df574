-- Judgments of a made-up fleet, for the documents that tell of findings: an error with an interval and a
-- time to the limit, goroutines that a suppression puts aside, one that is fixed, one about a service as a
-- whole, and a service without any.
INSERT INTO service (service_id, name, is_dirty) VALUES
    (1, 'cart', 0),
    (2, 'hub', 0),
    (3, 'menu', 0);
INSERT INTO instance (instance_id, service_id, name) VALUES
    (1, 1, 'pod-1'),
    (2, 1, 'pod-2'),
    (3, 2, 'pod-1'),
    (4, 3, 'pod-1');
INSERT INTO file (file_id, root, path, stored, size, reason) VALUES
    (1, 'in', 'cart/pod-1/a.pb', x'01', 10, NULL),
    (2, 'in', 'hub/pod-1/a.txt', x'02', 10, NULL),
    (3, 'in', 'menu/pod-1/a.pb', x'03', 10, NULL),
    (4, 'in', 'menu/pod-1/b.pb', NULL, 0, 'no permission');
INSERT INTO content (content_id, hash, size, format, reason, reader) VALUES
    (1, x'0101', 10, 'pprof', NULL, 'test'),
    (2, x'0202', 10, 'goroutine-dump', NULL, 'test'),
    (3, x'0303', 10, 'pprof', NULL, 'test');
INSERT INTO file_content (file_id, member, content_id) VALUES (1, 0, 1), (2, 0, 2), (3, 0, 3);
INSERT INTO capture (
    capture_id, content_id, part, service_id, instance_id, kind, format, time_ns, time_source, duration_ns, period,
    sequence, is_delta, is_foreign, is_partial, build, program, go_version, identity_rule, samples
) VALUES
    (1, 1, 0, 1, 1, 'heap', 'pprof', 1795223187000000000, 'content', 0, 524288, -1, 0, 0, 0, 'b1', '', '', '', 1),
    (2, 2, 0, 2, 3, 'goroutine', 'goroutine-dump', 1795226787000000000, 'mtime', 0, 0, -1, 0, 0, 0, '', '', '', '', 1),
    (3, 3, 0, 3, 4, 'heap', 'pprof', 1795223287000000000, 'content', 0, 524288, -1, 0, 0, 1, '', '', '', '', 1);
INSERT INTO audit (capture_id, reason, detail, is_left_out) VALUES (3, 'same-gc-cycle', 'as before', 1);
INSERT INTO stage (service_id, layer, input, output, row_count, status, reason) VALUES
    (1, 'L1', x'00', x'00', 1, 'done', ''),
    (2, 'L1', x'00', x'00', 1, 'done', ''),
    (3, 'L1', x'00', x'00', 0, 'no-data', 'fewer than five heap profiles');
INSERT INTO finding (
    finding_id, service_id, kind, class, function, file, line, wait_reason, severity, score, uncapped_score, cap_reason,
    growth_bytes_per_day, growth_bytes_low, growth_bytes_high, growth_per_day, growth_low, growth_high, last_bytes,
    last_count, time_to_limit_ns, time_to_limit_low_ns, time_to_limit_high_ns, time_to_limit_reason, state,
    first_seen_ns, last_seen_ns, watched_ns, captures, lives, first_bad_build, summary, explanation, remedy,
    classic_score, input, limit_bytes, limit_source
) VALUES
    ('0123456789ab', 1, 'heap', 'map', 'example.com/shop/cart.(*Store).Put', 'example.com/shop/cart/store.go', 31, NULL,
     'error', 88, 91, 'fewer than 7 days', 39845888, 30000000, 50000000, 9728, 7324.5, 12207, 524288000, 128000,
     259200000000000, 200000000000000, 320000000000000, '', 'new', 1795000000000000000, 1795223187000000000,
     86400000000000, 48, 2, 'b1', 'cart: the map that is filled in cart.(*Store).Put (store.go:31) keeps growing',
     'It rose in every capture.' || char(10) || 'Keys are never deleted.', 'Delete what is no longer asked for.', 0.5,
     x'00', 2147483648, 'declared'),
    ('1123456789ab', 2, 'goroutines', 'goroutine', 'example.com/shop/hub.(*Hub).run', 'example.com/shop/hub/hub.go', 75,
     'chan receive', 'warning', 64, 64, '', NULL, NULL, NULL, 240, 200, 280, NULL, 1300, NULL, NULL, NULL,
     'no limit is known', 'same', 1795000000000000000, 1795226787000000000, 86400000000000, 24, 1, '',
     'hub: goroutines in hub.(*Hub).run (hub.go:75) pile up', 'Their number rose.', 'Close the channel.', NULL, x'00',
     NULL, NULL),
    ('2123456789ab', 1, 'heap', 'slice', 'example.com/shop/cart.Log', 'example.com/shop/cart/log.go', 9, NULL, 'info', 30,
     30, '', 100, 50, 150, 1, 0.5, 2, 1000, 10, NULL, NULL, NULL, 'no limit is known', 'fixed', 1795000000000000000,
     1795223187000000000, 86400000000000, 24, 1, '', 'cart: no longer grows', 'It is flat.', 'Nothing.', NULL, x'00', NULL,
     NULL),
    ('3123456789ab', 1, 'service', 'limit', '', '', 0, NULL, 'info', 40, 40, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL,
     NULL, NULL, NULL, NULL, 'no level is known', 'worse', 1795000000000000000, 1795223187000000000, 86400000000000, 24,
     1, '', 'cart: the memory limit leaves no room', 'The goal is near the limit.', 'Raise it.', NULL, x'00', NULL, NULL);
INSERT INTO finding_instance (finding_id, instance_id) VALUES
    ('0123456789ab', 1),
    ('0123456789ab', 2),
    ('1123456789ab', 3),
    ('2123456789ab', 1),
    ('3123456789ab', 1);
INSERT INTO finding_place (finding_id, ordinal, kind, class, function, file, line, growth_bytes_per_day, growth_per_day)
VALUES
    ('0123456789ab', 0, 'heap', 'map', 'example.com/shop/cart.(*Store).Put', 'example.com/shop/cart/store.go', 31, 39845888,
     9728),
    ('0123456789ab', 1, 'heap', NULL, 'example.com/shop/cart.key', 'example.com/shop/cart/key.go', 12, 1000, 10),
    ('1123456789ab', 0, 'goroutines', NULL, 'example.com/shop/hub.(*Hub).run', 'example.com/shop/hub/hub.go', 75, NULL, 240),
    ('2123456789ab', 0, 'heap', NULL, 'example.com/shop/cart.Log', 'example.com/shop/cart/log.go', 9, 100, 1),
    ('3123456789ab', 0, 'service', NULL, '', '', 0, NULL, NULL);
INSERT INTO finding_paragraph (finding_id, ordinal, text, evidence) VALUES
    ('0123456789ab', 0, 'It rose in every capture.', '[0]'),
    ('0123456789ab', 1, 'Keys are never deleted.', '[]');
INSERT INTO evidence (finding_id, ordinal, place, analyzer, term, strength, weight, is_counted, class, detail, data) VALUES
    ('0123456789ab', 0, 0, 'heap.site_growth', 'growth', 0.9, 0.5, 1, 'map', 'rose from 1 MiB to 500 MiB', '{"steps":47}'),
    ('1123456789ab', 0, 0, 'goroutine.growth', 'growth', 0.8, 0.5, 1, NULL, 'rose from 10 to 1,300', '{}');
INSERT INTO evidence_capture (finding_id, ordinal, capture_id) VALUES ('0123456789ab', 0, 1);
INSERT INTO suppression (ordinal, name, finding_id, service, class, function, reason, owner, until_ns, is_expired, is_expiring)
VALUES (0, 'known', '', 'hub', '', '', 'mended in the next release', 'chat', 1798675200000000000, 0, 0);
INSERT INTO suppressed (finding_id, ordinal, is_in_use) VALUES ('1123456789ab', 0, 1);

INSERT INTO finding_keyword (finding_id, keyword)
SELECT
    f.finding_id,
    'class:' || f.class
FROM finding AS f
UNION ALL
SELECT
    f.finding_id,
    'wait:' || replace(f.wait_reason, ' ', '-')
FROM finding AS f
WHERE f.wait_reason IS NOT NULL;
