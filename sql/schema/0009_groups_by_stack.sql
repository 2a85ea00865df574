-- The ledger, version 9: from a stack to the goroutines that stand there.

-- Places are stacks, and who asks for the goroutines of a place asks for those of its stacks.
CREATE INDEX goroutine_group_by_stack ON goroutine_group (stack_id);
