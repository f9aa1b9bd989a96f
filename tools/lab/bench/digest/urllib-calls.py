"""Makes signed calls with Python's urllib, and prints what they cost."""

import json
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

url, key, secret, count, clients = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
passwords.add_password(None, url, key, secret)


def call(_):
    # An opener counts its refusals and gives up after five, so each call has one of its own.
    opener = urllib.request.build_opener(urllib.request.HTTPDigestAuthHandler(passwords))
    begun = time.monotonic()
    try:
        with opener.open(url) as answer:
            answer.read()
            failed = answer.status != 200
    except urllib.error.HTTPError:
        failed = True
    return time.monotonic() - begun, failed


before = time.process_time()
with ThreadPoolExecutor(clients) as pool:
    calls = list(pool.map(call, range(count)))
cpu = time.process_time() - before
took = sorted(seconds for seconds, _ in calls)
print(
    json.dumps(
        {
            "cpuUs": cpu * 1e6 / count,
            "medianMs": took[count // 2] * 1e3,
            "failures": sum(failed for _, failed in calls),
        }
    )
)
