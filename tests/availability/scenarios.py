"""Random scenarios around changes of the clock, the same for the same seed."""
import datetime as dt
import random

# Zones and dates on which something happens to their clocks, or (Kolkata) never does.
CHANGES = [
    ("Europe/Berlin", "2026-03-29"), ("Europe/Berlin", "2026-10-25"),
    ("Europe/Berlin", "2099-03-29"), ("Europe/Berlin", "2099-10-25"),
    ("America/New_York", "2026-03-08"), ("America/New_York", "2026-11-01"),
    ("Australia/Lord_Howe", "2026-04-05"), ("Australia/Lord_Howe", "2026-10-04"),
    ("Africa/Casablanca", "2024-03-10"), ("Africa/Casablanca", "2024-04-14"),
    ("Africa/Casablanca", "2030-01-06"), ("Pacific/Apia", "2011-12-30"),
    ("Pacific/Apia", "2012-04-01"), ("Asia/Kolkata", "2026-03-29"),
    ("America/St_Johns", "2026-03-08"), ("America/St_Johns", "2026-11-01"),
    ("America/St_Johns", "2008-11-02"), ("America/St_Johns", "2008-03-09"),
    ("Antarctica/Troll", "2026-03-29"), ("Antarctica/Troll", "2026-10-25"),
    ("America/Havana", "2024-11-03"), ("America/Asuncion", "2023-10-01"),
    ("Atlantic/Azores", "2026-10-25"), ("Asia/Beirut", "2026-03-29"),
]
DAY = dt.timedelta(days=1)


class Source:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, percent):
        return self.random.random() * 100 < percent

    def time(self, latest=1439):
        """Minutes since midnight; near the usual changes of the clock more often than elsewhere."""
        step = self.random.choice([1, 5, 15, 30])
        top = 300 if self.chance(40) else latest
        return min(latest, self.random.randint(0, top // step) * step)

    def hours(self):
        intervals = []
        for _ in range(self.random.choice([0, 1, 1, 1, 2])):
            start = self.time()
            end = 1440 if self.chance(20) else min(1440, start + self.random.randint(30, 900))
            intervals.append({"start": text(start), "end": text(end)})
            if end < 1440 and self.chance(25):
                intervals.append({"start": text(end), "end": text(min(1440, end + 90))})
        return intervals

    def range(self, middle, longest):
        start = middle + dt.timedelta(minutes=self.random.randint(-2000, 2800))
        end = start + dt.timedelta(minutes=self.random.randint(1, longest))
        offset = dt.timezone(dt.timedelta(minutes=self.random.choice([0, 120, -210, 345])))
        return {"starts_at": start.astimezone(offset).isoformat(), "ends_at": end.isoformat()}

    def occupation(self, middle):
        occupation = self.range(middle, 120)
        if self.chance(40):
            occupation["buffer_before"] = self.random.randint(0, 30)
        if self.chance(40):
            occupation["buffer_after"] = self.random.randint(0, 30)
        if self.chance(60):
            occupation["status"] = self.random.choice(
                ["pending", "confirmed", "held", "cancelled", "completed", "no_show"])
        return occupation

    def member(self, name, date, middle):
        member = {"id": name,
                  "working_hours": [{"weekday": weekday, **hours} for weekday in range(7) for hours in self.hours()],
                  "time_off": [self.range(middle, 600) for _ in range(self.random.choice([0, 0, 1, 2]))],
                  "occupied": [self.occupation(middle) for _ in range(self.random.randint(0, 5))]}
        if self.chance(25):
            member["timezone"] = self.random.choice(CHANGES)[0]
        if self.chance(50):
            member["overrides"] = {(date + offset * DAY).isoformat(): self.hours()
                                   for offset in range(-2, 3) if self.chance(30)}
        return member

    def scenario(self):
        zone, text_of_date = self.random.choice(CHANGES)
        date = dt.date.fromisoformat(text_of_date)
        middle = dt.datetime.combine(date, dt.time(), dt.timezone.utc)
        first = date + self.random.randint(-1, 0) * DAY
        service = {"duration": self.random.choice([5, 20, 30, 45, 60, 60, 90, 150, 1440])}
        if self.chance(40):
            service["buffer_before"] = self.random.randint(0, 40)
        if self.chance(40):
            service["buffer_after"] = self.random.randint(0, 40)
        if self.chance(20):
            service["min_notice"] = self.random.randint(0, 600)
        if self.chance(20):
            service["max_advance_days"] = self.random.randint(0, 4)
        rules = {"slot_interval": self.random.choice([5, 7, 10, 15, 20, 30, 45, 60, 90]),
                 "min_notice": self.random.randint(0, 1500) if self.chance(20) else 0,
                 "max_advance_days": self.random.randint(0, 4) if self.chance(20) else 60}
        now = middle - dt.timedelta(minutes=self.random.randint(-600, 4000))
        staff = [self.member(name, date, middle) for name in "abc"[:self.random.randint(1, 3)]]
        scenario = {"timezone": zone, "now": now.isoformat(), "from": first.isoformat(),
                "to": (first + self.random.randint(0, 2) * DAY).isoformat(), "service": service,
                "rules": rules,
                "closures": [(date + offset * DAY).isoformat() for offset in range(-1, 3) if self.chance(8)],
                "staff": staff}
        if self.chance(35):
            self.make_class(scenario)
        return scenario

    def make_class(self, scenario):
        """Some of what is taken becomes sessions, of as many seats as the service had when they began."""
        scenario["service"]["capacity"] = self.random.randint(2, 8)
        scenario["party_size"] = self.random.choice([1, 1, 2, 3, 9])
        for member in scenario["staff"]:
            starts = set()
            for other in member["occupied"]:
                if self.chance(70) and other["starts_at"] not in starts:
                    capacity = self.random.randint(1, 12)
                    other |= {"capacity": capacity, "booked": self.random.randint(1, capacity)}
                starts.add(other["starts_at"])


def text(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"
