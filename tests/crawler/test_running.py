"""How a process ends."""

import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def run(script):
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, timeout=120, env=environment
    )


def test_what_does_not_finish_in_time_after_a_signal_is_given_up():
    done = run("""
        import asyncio, os, signal
        from crawler.running import run

        async def main(process, stop):
            os.kill(os.getpid(), signal.SIGTERM)
            try:
                await asyncio.sleep(60)
            finally:
                print("cleaned up")

        print(run(main, drain=0.2))
    """)
    assert (done.returncode, done.stdout, done.stderr) == (0, "cleaned up\nNone\n", "")


def test_an_exception_comes_out():
    done = run("""
        from crawler.running import run

        async def main(process, stop):
            raise KeyError("gone")

        try:
            run(main)
        except KeyError as error:
            print("caught", error)
    """)
    assert (done.returncode, done.stdout) == (0, "caught 'gone'\n")
