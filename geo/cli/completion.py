"""Print what lets a shell complete commands, options and files at the press of Tab."""

from __future__ import annotations

import argparse

from argcomplete.shell_integration import shellcode

EXAMPLES = """\
  conflict-map completion bash >> ~/.bashrc
  conflict-map completion zsh >> ~/.zshrc
  conflict-map completion fish > ~/.config/fish/completions/conflict-map.fish"""

_SHELLS = ("bash", "zsh", "fish", "tcsh", "powershell")
_PROGRAMS = ("conflict-map", "conflict-gazetteer")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("shell", choices=_SHELLS)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    print(shellcode(list(_PROGRAMS), shell=options.shell))
    return 0
