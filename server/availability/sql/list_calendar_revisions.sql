-- Whose copies are out of date, once find_stamp says that some are.
SELECT staff_id, revision FROM calendar_revisions
