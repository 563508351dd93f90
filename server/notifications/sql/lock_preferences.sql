-- Changes of one person's choices take turns, so that the version that they were made on still counts.
SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE
