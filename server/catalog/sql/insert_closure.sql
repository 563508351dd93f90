-- A closure more, unless there are $3 of them.
INSERT INTO closures (date, reason)
SELECT $1, $2 FROM closures HAVING count(*) < $3
