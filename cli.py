"""The command line: thin commands that parse, call and print, from the modules of `viz/commands/`.

Whatever is heavy is imported by the command that needs it, so that help answers at once.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from chidao import __version__
from chidao.viz.catalogue import N_
from chidao.viz.commands import answers, corrections, files, graphs, views
from chidao.viz.commands.language import in_language, language_option, mistakes_in, remember, speech
from chidao.viz.speech import Speech, language_asked, language_first

if TYPE_CHECKING:
    from types import FrameType


def take_interrupts() -> None:
    """Have Ctrl-C end a command in order, and a second one at once, without a word: what it had started ends with it."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, lambda number, frame: os._exit(130))
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, interrupt)


@contextmanager
def interrupts_kept() -> Iterator[None]:
    """Have an interrupt stay one although something failed on its way out, as waiting for a thread's result does when it comes between
    the release of its lock and the wait (RuntimeError: cannot release un-acquired lock)."""
    try:
        yield
    except Exception as error:
        before: BaseException | None = error
        while before is not None:
            if isinstance(before, KeyboardInterrupt):
                raise before from None
            before = before.__context__
        raise


class Commands(click.Group):
    """Shows every error that a user can act on as one line on standard error, in the language of the command line."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        take_interrupts()  # in a process of its own, as the shell starts it
        return super().__call__(*arguments, **options)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        args = language_first(args)
        say = Speech(language_asked(args))
        with mistakes_in(say):
            return click.Group.make_context(in_language(self, say), info_name, args, parent, **extra)

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        remember(context, Speech(language_asked(args)))
        return super().parse_args(context, args)

    def invoke(self, context: click.Context) -> object:
        from chidao.extract.errors import ChidaoError, fault_of

        for stream in (sys.stdout, sys.stderr):
            # Vietnamese letters must not stop a command on a console or pipe of another encoding.
            if isinstance(stream, io.TextIOWrapper) and (stream.encoding or "").lower().replace("-", "") != "utf8":
                stream.reconfigure(encoding="utf-8", errors="replace")
        say = speech(context)
        spoken = context.command  # in the language of the command line, which `self` need not be
        assert isinstance(spoken, click.Group)
        try:
            with interrupts_kept(), mistakes_in(say):
                return click.Group.invoke(spoken, context)
        except ChidaoError as error:
            click.echo(f"chidao: {say.error(error)}", err=True)
            context.exit(error.exit_code)
        except BrokenPipeError:
            sys.stderr.close()
            context.exit(0)
        except OSError as error:
            click.echo(f"chidao: {error.filename or say('output')}: {say.told(error.strerror or str(error))}", err=True)
            context.exit(1)
        except KeyboardInterrupt:
            click.echo(f"chidao: {say('interrupted; nothing was changed')}", err=True)
            context.exit(130)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if sys.flags.dev_mode:
                raise
            stopped = N_("stopped, by a fault of its own or a graph that was forged: please report it ({fault})")
            click.echo(f"chidao: {say(stopped, fault=fault_of(error))}", err=True)
            context.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@language_option
@click.version_option(__version__, "--version", prog_name="chidao", message="%(prog)s %(version)s")
def main() -> None:
    """Knowledge graphs of Vietnamese official documents: who issued what, and what implements what."""


for room in (files, graphs, answers, views):
    for command in vars(room).values():
        if isinstance(command, click.Command):
            main.add_command(command)
main.add_command(corrections.correct)


if __name__ == "__main__":
    main()
