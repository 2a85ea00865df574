-- One suppression of the configuration.
INSERT INTO suppression (
    ordinal, name, finding_id, service, class, function, reason, owner, until_ns, is_expired, is_expiring
)
VALUES (
    :ordinal, :name, :finding_id, :service, :class, :function, :reason, :owner, :until_ns,
    :until_ns <= :now_ns, :until_ns > :now_ns AND :until_ns - 14 * 86400000000000 <= :now_ns
);
