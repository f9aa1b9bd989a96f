"""Parses az commands with azure-cli's own loader, parser and validators, and runs none.

A JSON list of argument lists comes on standard input; a JSON list of {"code", "parsed", "said"} goes to standard output.
"""

import contextlib
import io
import json
import sys

from azure.cli.core import get_default_cli
from azure.cli.core.commands import AzCliCommandInvoker

parsed = []


def keep(_invoker, jobs, _ids):
    parsed.extend(jobs)
    return [], []


AzCliCommandInvoker._run_jobs_serially = keep
AzCliCommandInvoker._run_jobs_concurrently = keep

answers = []
for words in json.load(sys.stdin):
    parsed.clear()
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        try:
            code = get_default_cli().invoke(words, out_file=io.StringIO())
        except SystemExit as end:
            code = end.code
    answers.append({"code": code, "parsed": len(parsed), "said": said.getvalue()})
json.dump(answers, sys.stdout)
