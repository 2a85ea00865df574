-- The suppressions of the analysis before, and with them what they fitted.
DELETE FROM suppression;
