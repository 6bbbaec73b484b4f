"""Runs a command as somebody at a terminal does, who answers the one thing he is asked with the line on this program's stdin.

What the command prints and its exit status are this program's own; what stood on the terminal is told on stderr at the end.
"""

import os
import pty
import sys

answer = sys.stdin.readline()
pipes = os.dup(1), os.dup(2)
child, terminal = pty.fork()
if child == 0:
    os.dup2(pipes[0], 1)
    os.dup2(pipes[1], 2)
    os.execvp(sys.argv[1], sys.argv[1:])

seen, asked = b"", False
while True:
    try:
        read = os.read(terminal, 1024)
    except OSError:  # nobody has it open any more
        break
    if read == b"":
        break
    seen += read
    if not asked and seen.rstrip().endswith(b":"):
        asked = True
        os.write(terminal, answer.encode())

sys.stderr.write(seen.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
