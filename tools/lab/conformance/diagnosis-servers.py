"""Servers that misbehave as the peers of a diagnosis do. Argument: `dns`, which fails every name, or the address of TCP servers."""

import socket
import struct
import sys
import threading


def fail_names():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 5300))
    while True:
        query, client = server.recvfrom(512)
        server.sendto(query[:2] + b"\x81\x82" + query[4:6] + bytes(6) + query[12:], client)


def alert(client):
    """Ends TLS as Atlas does for an address that is not on the access list: alert 80, internal error."""
    client.recv(4096)
    client.sendall(bytes([21, 3, 3, 0, 2, 2, 80]))


def close(client):
    client.recv(4096)


def reset(client):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def answer_plainly(client):
    client.recv(4096)
    client.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")


def stay_silent(client):
    while client.recv(4096):
        pass


def serve(address, port, act):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((address, port))
    server.listen()
    while True:
        client, _ = server.accept()
        threading.Thread(target=handle, args=(client, act), daemon=True).start()


def handle(client, act):
    with client:
        try:
            act(client)
        except OSError:
            pass


if sys.argv[1] == "dns":
    fail_names()
acts = {27021: alert, 27022: close, 27023: answer_plainly, 27024: stay_silent, 27025: reset}
for port, act in acts.items():
    threading.Thread(target=serve, args=(sys.argv[1], port, act)).start()
