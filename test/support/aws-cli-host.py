"""Runs command lines of an installed AWS CLI in one interpreter, which saves the second that each start of it takes.

A line of JSON asks, {"args": [...], "env": {...}}, and a line of JSON answers, {"code", "stdout", "stderr"}. Each command line
gets the CLI's own driver anew, as `aws` itself makes it, and sees no environment but its own.
"""

import contextlib
import io
import json
import os
import sys

import awscli.clidriver

# what the CLI itself set as it was loaded: where its models are
DATA_PATH = os.environ["AWS_DATA_PATH"]


def run(args, env):
    os.environ.clear()
    os.environ.update(env, AWS_DATA_PATH=DATA_PATH)
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = awscli.clidriver.create_clidriver().main(args)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
    stdout, stderr = (stream.buffer.getvalue().decode() for stream in (out, err))
    return {"code": code or 0, "stdout": stdout, "stderr": stderr}


answers = sys.stdout
for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps(run(asked["args"], asked["env"])), file=answers, flush=True)
