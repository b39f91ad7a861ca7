"""Runs pypanther's CloudTrail rules over the records of gzipped log files and prints how long that took, as JSON.

python pypanther_bench.py SECONDS FILE...

Stops after SECONDS; only the rules' time counts, not decompressing and parsing.
"""

import contextlib
import gzip
import io
import json
import sys
import time

from panther_core.enriched_event import PantherEvent
from pypanther import LogType, get_panther_rules
from pypanther.cache import data_model_cache


def main() -> None:
    budget, files = float(sys.argv[1]), sys.argv[2:]
    rules = [rule() for rule in get_panther_rules(log_types=[LogType.AWS_CLOUDTRAIL])]
    model = data_model_cache().data_model_of_logtype("AWS.CloudTrail")
    records = hits = 0
    spent = 0.0
    for file in files:
        with gzip.open(file) as content:
            loaded = json.load(content)["Records"]
        for record in loaded:
            record["p_log_type"] = "AWS.CloudTrail"
            started = time.perf_counter()
            # Some rules print.
            with contextlib.redirect_stdout(io.StringIO()):
                event = PantherEvent(record, model)
                for rule in rules:
                    hits += bool(rule.run(event, {}, {}).trigger_alert)
            spent += time.perf_counter() - started
            records += 1
            if spent > budget:
                break
        if spent > budget:
            break
    print(json.dumps({"rules": len(rules), "records": records, "hits": hits, "seconds": spent}))


main()
