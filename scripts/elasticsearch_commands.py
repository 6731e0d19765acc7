"""A real Elasticsearch for this machine, without a container engine.

install  takes the distribution of ES_HOME, or fetches one (950 MB) unless it is there
start    starts it on 127.0.0.1 and waits until it answers; prints its address alone on standard output
stop     stops the one that was started here
status   exit code 0 when it runs and answers, 3 when not
"""

import argparse
import os
import sys
from pathlib import Path

from scripts.elasticsearch_install import InstallError, cache_folder, install
from scripts.elasticsearch_server import Server, ServerError
from scripts.environment import complain_about_python
from scripts.jdk import NoJdkError, find_jdk

NOT_RUNNING = 3


def read_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/elasticsearch",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--port", type=int, default=9200, help="9200; 0 means any free one")
    parser.add_argument("--heap", default="512m", help="memory for Java, like 512m or 2g")
    parser.add_argument(
        "--folder", type=Path, help="its data, configuration and logs; another folder is another server"
    )
    options = parser.parse_args(arguments)
    options.folder = options.folder or cache_folder(os.environ) / "server"
    return options


def _install(options: argparse.Namespace) -> int:
    home = install(os.environ)
    print(f"Elasticsearch: {home}\nJava: {find_jdk(os.environ, home / 'jdk')}")
    return 0


def _start(options: argparse.Namespace) -> int:
    server = Server(port=options.port, heap=options.heap, folder=options.folder)
    ran = server.is_running()
    if not ran:
        print(f"starting Elasticsearch in {server.folder} ...", file=sys.stderr, flush=True)
    server.start()
    print(f"Elasticsearch {'runs already' if ran else 'runs'}, process {server.pid}.", file=sys.stderr)
    print(server.url)
    return 0


def _stop(options: argparse.Namespace) -> int:
    stopped = Server(folder=options.folder).stop()
    print("Stopped." if stopped else "It did not run.")
    return 0


def _status(options: argparse.Namespace) -> int:
    server = Server(folder=options.folder)
    if not server.is_running():
        print(f"Elasticsearch does not run (folder {server.folder}).")
        return NOT_RUNNING
    if not server.answers():
        print(f"Elasticsearch at {server.url}, process {server.pid}, does not answer.")
        return NOT_RUNNING
    print(f"Elasticsearch runs at {server.url}, process {server.pid} (folder {server.folder}).")
    return 0


COMMANDS = {"install": _install, "start": _start, "stop": _stop, "status": _status}


def main(arguments: list[str]) -> int:
    if complaint := complain_about_python():
        print(complaint, file=sys.stderr)
        return 1
    options = read_arguments(arguments)
    try:
        return COMMANDS[options.command](options)
    except (InstallError, ServerError, NoJdkError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"Elasticsearch: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped before it was complete.", file=sys.stderr)
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
