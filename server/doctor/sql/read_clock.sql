-- Deadlines are judged by this clock (R62).
SELECT extract(epoch FROM clock_timestamp())
