-- Whether appointments name the service: then it retires in place of going. Their tables are a later feature's; which of the two it is must be decided under this feature's lock.
SELECT EXISTS (SELECT FROM appointments WHERE service_id = $1)
    OR EXISTS (SELECT FROM occupations WHERE service_id = $1)
