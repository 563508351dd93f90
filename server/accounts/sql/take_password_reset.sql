-- A code or a link works once; of two requests with it only one finds the row. A code that was replaced finds none.
DELETE FROM password_resets WHERE id = $1 AND (code_hmac = $2 OR token_sha256 = $2)
RETURNING user_id
