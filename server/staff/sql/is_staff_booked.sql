-- Whether a member must stay because appointments, or the time of some, name them.
SELECT EXISTS (SELECT FROM appointments WHERE staff_id = $1)
    OR EXISTS (SELECT FROM occupations WHERE staff_id = $1)
