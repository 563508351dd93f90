-- R01: a later mail voids the code of the earlier one. Its link stays good (R08).
UPDATE password_resets SET code_hmac = NULL WHERE user_id = $1 AND code_hmac IS NOT NULL
