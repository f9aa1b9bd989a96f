"""Pastes texts into one interactive shell on a terminal, as a person does, and ends each with a call of `step`.

Arguments: the file that the tools note their calls in, `raw` or `bracketed`, and the shell's command line. The texts come as a JSON
list of objects on standard input: `text`, and `answer`, which is pasted once the text's command reads a line without showing it, or
null. What the terminal showed goes to standard output.
"""

import json
import os
import pty
import select
import sys
import termios
import time

calls, mode, *shell = sys.argv[1:]
pastes = json.load(sys.stdin)
patience = 20

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(shell[0], shell)

screen = b""


def pump(waiting, is_done):
    """Writes what waits and reads what comes, until it is done, the shell ends or patience does."""
    global screen
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if not waiting and is_done():
            return True
        readable, writable, _ = select.select([terminal], [terminal] if waiting else [], [], 0.02)
        if readable:
            try:
                data = os.read(terminal, 65536)
            except OSError:
                return is_done()
            if not data:
                return is_done()
            screen += data
        if writable:
            waiting = waiting[os.write(terminal, waiting[:256]) :]
    return False


def noted(mark):
    with open(calls, "rb") as file:
        return mark in file.read()


def reads_hidden():
    """Lines are read whole and not shown. At its prompt a shell reads single characters."""
    modes = termios.tcgetattr(terminal)[3]
    return bool(modes & termios.ICANON) and not modes & termios.ECHO


pump(b"", lambda: b"ready>" in screen)
for at, paste in enumerate(pastes):
    typed = paste["text"].replace("\n", "\r").encode()
    if mode == "bracketed":
        typed = b"\x1b[200~" + typed + b"\x1b[201~"
    typed += b"\r"
    if paste["answer"] is not None:
        if not pump(typed, reads_hidden):
            sys.exit("nothing reads the answer: %r" % screen[-2000:])
        # While a command runs, terminals paste without brackets.
        typed = paste["answer"].encode() + b"\r"
    mark = b"step\0%d\0" % at
    if not pump(typed + b"step %d\r" % at, lambda: noted(mark)):
        # Leaves an open quote or command, so that the next text starts on a fresh line.
        pump(b"\x03\x03step %d\r" % at, lambda: noted(mark))
pump(b"exit\r", lambda: False if os.waitpid(pid, os.WNOHANG) == (0, 0) else True)
sys.stdout.buffer.write(screen)
