-- Lets go of a candidate who is no longer free, so that nobody holds two of these locks.
ROLLBACK TO SAVEPOINT candidate
