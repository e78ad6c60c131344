"""Serve the demo: the web server and the background worker, until interrupted."""

import signal
import socket
import subprocess
import sys
import time
from typing import Any

WELCOME = """
OSUMI is being served. Open in a browser:

  {url}/es/         the bank, in Spanish
  {url}/pt-br/      the bank, in Portuguese
  {url}/admin/      where practices are written and published

Sign in with the password osumi-demo as one of:

  editor-ar … editor-ve   the editor of a country, by its ISO code (editor-br, editor-pe, …)
  punto-focal-pe          the focal point of Perú, who endorses its practices
  traduccion-co, -pe      the translators of Colombia and of Perú, into Portuguese
  secretaria              the Secretaría Técnica, who reviews and publishes; so do secretaria-2, -3
  admin                   the administrator

Stop with Ctrl-C.
"""


def manage(*arguments: str) -> subprocess.Popen[bytes]:
    """Start a management command beside this process."""
    return subprocess.Popen([sys.executable, "manage.py", *arguments])  # noqa: S603


def is_open(port: int) -> bool:
    """Whether something listens on a port of this machine."""
    with socket.socket() as client:
        client.settimeout(0.5)
        return client.connect_ex(("127.0.0.1", port)) == 0


def stop(*_arguments: Any) -> None:
    raise KeyboardInterrupt


def main(port: int) -> int:
    """Run both processes; when one ends, or on Ctrl-C, end the other."""
    if is_open(port):
        sys.exit(f"Port {port} is taken; choose another one: make demo PORT={port + 1}")
    signal.signal(signal.SIGTERM, stop)
    processes = [
        manage("runserver", "--noreload", f"127.0.0.1:{port}"),
        manage("db_worker", "--backend", "background", "--queue-name", "*"),
    ]
    try:
        while all(process.poll() is None for process in processes) and not is_open(port):
            time.sleep(0.2)
        print(WELCOME.format(url=f"http://127.0.0.1:{port}"), flush=True)  # noqa: T201
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        return 0
    else:
        return 1
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
