"""Prints what an independent reader finds in a workbook, as JSON.

usage: xlsx.py FILE ROWS
       xlsx.py FILE           counts the rows of the first sheet, after a look at every part

{"sheets": {NAME: {"frozen": "A2" or null, "filter": "A1:N10" or null, "rows": n,
                   "head": [{"v": text, "bold": bool}],
                   "body": [[{"v": value, "t": type, "f": number format}]]}}}
The body holds the first ROWS rows; dates are ISO texts of type "d", durations seconds of type "td".
"""

import datetime
import gc
import json
import sys
import zipfile

import openpyxl

gc.disable()  # nothing of it is dropped before the end


def cell(c):
    value, kind = c.value, c.data_type
    if isinstance(value, datetime.timedelta):
        value, kind = value.total_seconds(), "td"
    elif isinstance(value, datetime.datetime):
        value, kind = value.isoformat(), "d"
    elif isinstance(value, datetime.time):
        value, kind = value.hour * 3600 + value.minute * 60 + value.second, "td"
    return {"v": value, "t": kind, "f": c.number_format}


def sheet(ws):
    last = ws.max_row  # asking for rows beyond it would make them
    rows = list(ws.iter_rows(min_row=1, max_row=min(last, int(sys.argv[2]) + 1)))
    return {
        "frozen": ws.freeze_panes,
        "filter": ws.auto_filter.ref,
        "rows": last,
        "head": [{"v": c.value, "bold": bool(c.font.bold)} for c in rows[0]] if rows else [],
        "body": [[cell(c) for c in row] for row in rows[1:]],
    }


if len(sys.argv) == 2:
    if broken := zipfile.ZipFile(sys.argv[1]).testzip():
        sys.exit(f"{broken} is broken")
    first = openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0]
    print(sum(1 for _ in first.iter_rows(values_only=True)))
    sys.exit()
book = openpyxl.load_workbook(sys.argv[1])
json.dump({"sheets": {ws.title: sheet(ws) for ws in book.worksheets}}, sys.stdout)
