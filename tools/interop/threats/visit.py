"""Starts a server, gives a script the line that it prints, and ends it. Every script gets a server of its own.

`visit.py [--beside COMMAND] COMMAND -- SCRIPT [ARGUMENT...]`: the script's first arguments are files with the line of
COMMAND and, with `--beside`, of the second server. COMMAND is one argument, split at spaces.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from wire import Running


def main(arguments):
    at = arguments.index("--")
    commands, (script, *more) = arguments[:at], arguments[at + 1 :]
    if commands[0] == "--beside":
        commands = [commands[2], commands[1]]
    servers, status = [], 1
    with tempfile.TemporaryDirectory() as folder:
        try:
            files = []
            for number, command in enumerate(commands):
                servers.append(Running(command.split()))
                files.append(Path(folder, f"site{number}.json"))
                files[-1].write_text(servers[-1].line)
            here = Path(__file__).parent
            status = subprocess.run([sys.executable, here / script, *files, *more]).returncode
            for server in servers:
                server.stop()
        finally:
            for server in servers:
                server.kill()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
