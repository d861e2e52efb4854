"""Fills a profile's database up to a number of interactions.

The stored ones are copied into the years before them, with names of their own and without
transcripts. Prints the number of interactions and the oldest time as UTC milliseconds.
Usage: many.py DATABASE NUMBER
"""

import sqlite3
import sys

STEP_MS = 5 * 86_400_000  # the copies overlap, so that every day has some

# What a copy does not have: open and missed ones would be asked for in the contact centre.
PLAIN = {
    "state": "''",
    "missed": "NULL",
    "missed_time_text": "NULL",
    "missed_time_ms": "NULL",
    "is_open": "0",
    "name": "printf('wap_%06x%s', n, substr(name, 5))",
    "time_ms": "time_ms - n * :step",
}


def main() -> None:
    path, wanted = sys.argv[1], int(sys.argv[2])
    db = sqlite3.connect(path)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -400000")  # KiB
    columns = [row[1] for row in db.execute("PRAGMA table_info(interactions)") if row[1] != "id"]
    (stored,) = db.execute("SELECT count(*) FROM interactions").fetchone()
    copies = -(-wanted // stored)
    with db:
        db.execute(
            f"""INSERT INTO interactions ({', '.join(columns)})
                WITH RECURSIVE copy (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM copy WHERE n < :copies)
                SELECT {', '.join(PLAIN.get(name, name) for name in columns)}
                FROM copy, (SELECT * FROM interactions WHERE time_ms IS NOT NULL) LIMIT :rows""",
            {"copies": copies, "rows": wanted - stored, "step": STEP_MS},
        )
        db.execute("UPDATE coverage SET from_ms = (SELECT min(time_ms) FROM interactions)")
    count, oldest = db.execute("SELECT count(*), min(time_ms) FROM interactions").fetchone()
    db.close()
    print(count, oldest)


main()
