-- Changes of one account take turns: what is decided on stays as it was read.
SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE
