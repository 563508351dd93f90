-- Before the lock of one candidate for "anyone": going back to here lets go of it.
SAVEPOINT candidate
