-- What the addresses of an account's feeds are made of, the member of staff it is the login of, and which day it is.
SELECT users.calendar_feed_generation, staff.id,
       (now() AT TIME ZONE settings.timezone)::date
FROM users CROSS JOIN settings
LEFT JOIN staff ON staff.user_id = users.id AND staff.active
WHERE users.id = $1 AND users.status = 'active'
