"""Keeps an open, a closed and a silent port, and writes their numbers to the file that it is given."""

import json
import socket
import sys
import time

host, file = sys.argv[1:]


def bound():
    one = socket.socket()
    one.bind((host, 0))
    return one, one.getsockname()[1]


opened, open_port = bound()
opened.listen(64)
closed, closed_port = bound()
closed.close()
# A queue that is full drops whatever else comes, as a firewall does.
silent, silent_port = bound()
silent.listen(0)
waiting = []
for _ in range(4):
    one = socket.socket()
    one.setblocking(False)
    one.connect_ex((host, silent_port))
    waiting.append(one)
with open(file, "w", encoding="utf8") as out:
    json.dump({"open": open_port, "closed": closed_port, "silent": silent_port}, out)
while True:
    time.sleep(60)
