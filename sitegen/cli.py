"""The command line: what the user wants, said to the modules that do it. Heavy modules are imported when needed."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import __version__
from sitegen.model.failure import Failure, UsageError

if TYPE_CHECKING:
    from sitegen.build import Result
    from sitegen.config import Config
    from sitegen.report import Located
    from sitegen.watch import Changed, Hurried, Rebuild

DONE, FINDINGS, WRONG_USE, NOT_WRITTEN = 0, 1, 2, 3
"""Exit statuses (CONTRACT: Commands)."""
_INTERRUPTED = 130
_WAITING = "Another build of this site, or of its content, is running; waiting for it to end."


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status. An error says what, where and what to do, never a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # File names may hold bytes that are no text, and a terminal may know no curly quotes.
        sys.stdout.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        status = run(options)
        if sys.stdout:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return _say_error("stopped. What was done is kept, and the next build goes on from there.", _INTERRUPTED)
    except BrokenPipeError:
        _silence()
        return DONE
    except Exception as error:  # noqa: BLE001 -- the last line of defence: a user never sees a traceback
        return _failed(error)
    return status


def _silence() -> None:
    """Let standard output lead nowhere: Python writes what is left in it once more as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(error: Exception) -> int:
    if isinstance(error, Failure):
        return _say_error(str(error), error.status)
    if isinstance(error, OSError) and error.strerror:
        if error.filename is None:
            # Files that sitegen opens have names; what has none is where its words go.
            _silence()
        place = error.filename or "standard output"
        return _say_error(f"{place}: {error.strerror}. Mend that and run the command again.", NOT_WRITTEN)
    import traceback
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile("w", prefix="sitegen-", suffix=".log", delete=False, encoding="utf-8") as file:
        traceback.print_exception(error, file=file)
    return _say_error(
        f"sitegen itself failed ({type(error).__name__}: {error}). The last good site is kept. "
        f"Details are in {file.name}; please report them with the exhibit that was being read.",
        NOT_WRITTEN,
    )


def _say_error(message: str, status: int) -> int:
    print(f"sitegen: error: {message}", file=sys.stderr)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sitegen",
        description="Turn SEC joint filing agreements into a browsable, citable site of filing dossiers.",
    )
    parser.add_argument("--version", action="version", version=f"sitegen {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        added.set_defaults(run=run)
        return added

    init = command("init", _init, "start a new site; touches nothing that exists")
    init.add_argument("directory", nargs="?", default=".", metavar="DIR", help="where (default: here)")

    build = command("build", _build, "make the site from the content folder")
    _site_options(build)
    _build_options(build)

    watch = command("watch", _watch, "build, then build again on every change")
    _site_options(watch)
    _build_options(watch)
    watch.add_argument("--poll", action="store_true", help="look for changes by time, where the file system tells none")

    serve = command("serve", _serve, "watch, and preview the site with live reload")
    _site_options(serve)
    _build_options(serve)
    serve.add_argument("--poll", action="store_true", help="look for changes by time, where the file system tells none")
    serve.add_argument("--port", type=int, default=8000, metavar="N", help="port (default: 8000, or the next free one)")
    serve.add_argument("--host", default="127.0.0.1", metavar="H", help="address to listen on (default: 127.0.0.1)")
    serve.add_argument("--open", action="store_true", help="open the site in the browser")
    serve.add_argument("--follow", action="store_true", help="let the browser go to the page of what was just saved")

    check = command("check", _check, "print findings; write no site")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="exhibits or folders (default: the content)")
    check.add_argument(
        "--format", choices=("text", "json", "github", "sarif"), default="text", help="form of the findings"
    )
    check.add_argument("--against", metavar="REV", help="also compare the ledger of addresses with a git revision")
    _site_options(check)
    _jobs_option(check)
    check.add_argument("--strict", action="store_true", help="warnings fail too")

    show = command("show", _show, "print how one exhibit was read, with line numbers")
    show.add_argument("file", type=Path, metavar="FILE")
    show.add_argument("--format", choices=("tree", "json"), default="tree", help="form of the print")

    link = command("link", _link, "print the permanent address of a party, signer, issuer or agreement")
    link.add_argument("name", metavar="NAME", help="name, short name or address, for example parties/jane-doe")
    link.add_argument(
        "--format", choices=("url", "markdown", "mail", "bluebook"), default="url", help="form of the address"
    )
    _site_options(link)

    accept = command("accept", _accept, "decide that two names are one, with reason, name and day")
    _decision_options(accept)

    separate = command("separate", _separate, "decide that two names, or two persons of one name, are different")
    _decision_options(separate)

    rules = command("rules", _rules, "say what a finding code means and how to settle it")
    rules.add_argument("code", nargs="?", metavar="CODE")
    return parser


def _site_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--content", metavar="DIR", help="folder of the exhibits (default: content)")
    parser.add_argument("--output", metavar="DIR", help="folder to write to (default: public)")
    parser.add_argument("--theme", metavar="NAME|DIR", help="theme (default: dossier)")
    parser.add_argument("--base-url", metavar="URL", help="address that the site is published at")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings file (default: sitegen.toml)")


def _decision_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs=2, metavar="NAME", help="name, NAME @ AGREEMENT, or address of a page")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why; shown on the page")
    parser.add_argument("--by", metavar="NAME", help="who decides (default: git's user.name)")
    _site_options(parser)


def _jobs_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jobs", type=_number, metavar="N", help="processes for large work (default: one a core)")


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; give 1 or more")
    return int(text)


def _build_options(parser: argparse.ArgumentParser) -> None:
    _jobs_option(parser)
    parser.add_argument("--strict", action="store_true", help="exit 1 when there are errors or warnings")
    parser.add_argument("--locked", action="store_true", help="fail rather than add addresses to the ledger")
    parser.add_argument("--clean", action="store_true", help="forget the catalogue and read everything anew")
    parser.add_argument("--quiet", action="store_true", help="print errors only")
    parser.add_argument("--explain", action="store_true", help="say why each file was written")


def _config(options: argparse.Namespace) -> "Config":
    from sitegen.config import load

    names = ("content", "output", "theme", "base_url", "strict", "locked", "clean", "jobs")
    return load(Path.cwd(), options.config, **{name: getattr(options, name, None) for name in names})


def _build(options: argparse.Namespace) -> int:
    config = _config(options)
    result = _run_build(config, options)
    failing = result.counts.findings["error"] + result.counts.findings["warning"]
    return FINDINGS if config.strict and failing else DONE


def _run_build(
    config: "Config", options: argparse.Namespace, changed: "Changed" = None, hurried: "Hurried | None" = None
) -> "Result":
    from sitegen.build import build
    from sitegen.progress import Bar
    from sitegen.report import causes_text, result_text

    bar = Bar(sys.stderr) if not options.quiet and sys.stderr.isatty() else None
    try:
        result = build(config, bar, lambda: print(_WAITING, file=sys.stderr, flush=True), changed, hurried=hurried)
    finally:
        if bar:
            bar.clear()
    if options.explain:
        print("\n".join(causes_text(result)))
    if not options.quiet:
        print("\n".join(result_text(result, _relative(config.output))))
    return result


def _relative(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _watch(options: argparse.Namespace) -> int:
    from sitegen.watch import watch

    _end_when_asked()
    return watch(lambda: _config(options), _rebuild(options), poll=options.poll)


def _end_when_asked() -> None:
    """Let SIGTERM end a watch as Ctrl-C does: as the first process of a container it would be deaf to it."""
    import signal

    signal.signal(signal.SIGTERM, signal.default_int_handler)


def _rebuild(options: argparse.Namespace) -> "Rebuild":
    from threading import Thread

    from sitegen.build import prepare

    is_first = True

    def rebuild(config: "Config", changed: "Changed", hurried: "Hurried") -> "Result":
        nonlocal is_first
        result = _run_build(config, options, changed, hurried)
        if is_first:
            # Beside the waiting for changes: neither the first page nor the first change waits for it.
            Thread(target=prepare, args=(config,), daemon=True).start()
        is_first = False
        return result

    return rebuild


def _serve(options: argparse.Namespace) -> int:
    from sitegen.serve import serve

    _end_when_asked()
    return serve(
        lambda: _config(options),
        _rebuild(options),
        host=options.host,
        port=options.port,
        open_browser=options.open,
        follow=options.follow,
        poll=options.poll,
    )


def _init(options: argparse.Namespace) -> int:
    from sitegen.init import init

    directory = Path(options.directory)
    print("\n".join(init(directory)))
    return DONE


def _check(options: argparse.Namespace) -> int:
    from sitegen.report import PRINTERS

    found = _findings(options)
    for line in PRINTERS[options.format](found):
        print(line)
    severities = {one.finding.severity for one in found if one.reason is None}
    return FINDINGS if "error" in severities or (options.strict and "warning" in severities) else DONE


def _findings(options: argparse.Namespace) -> "list[Located]":
    from sitegen.check import check_against, check_content, check_paths
    from sitegen.config import load_silences

    found: list[Located] = []
    if options.against is not None:
        found += check_against(_config(options).content, options.against)
    if options.paths:
        return found + check_paths(
            options.paths, *load_silences(Path.cwd(), options.config, options.content), options.jobs
        )
    return found + check_content(_config(options))


def _show(options: argparse.Namespace) -> int:
    from sitegen.check import read_one

    found = read_one(options.file)
    if options.format == "json":
        import msgspec

        from sitegen.export.twin import agreement_twin

        twins = [agreement_twin(dossier) for dossier in found.dossiers]
        print(msgspec.json.format(msgspec.json.encode(twins), indent=2).decode())
        return DONE
    import shutil

    from sitegen.show import Tree

    width = max(60, min(shutil.get_terminal_size((100, 24)).columns, 120))
    tree = Tree(width, styled=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    for dossier in found.dossiers:
        print("\n".join(tree.draw(dossier)) + "\n")
    for finding in found.findings:
        print(f"{options.file}: {finding.severity} {finding.code}: {finding.message}")
    return DONE


def _link(options: argparse.Namespace) -> int:
    from sitegen.link import find, open_site, written

    site = open_site(_config(options))
    found = find(site, options.name)
    if len(found) == 1:
        print(written(site, found[0], options.format))
        return DONE
    message = f"no party, signer, issuer or agreement of the last build is called {options.name!r}."
    if found:
        listed = "\n".join(f"  {one.section}/{one.slug}  {one.name}" for one in found)
        message = f"{options.name!r} fits several; name one of them:\n{listed}"
    return _say_error(message, WRONG_USE)


def _accept(options: argparse.Namespace) -> int:
    return _decide(options, "same")


def _separate(options: argparse.Namespace) -> int:
    return _decide(options, "different")


def _decide(options: argparse.Namespace, kind: str) -> int:
    from datetime import UTC, datetime

    from sitegen.decide import decide

    config = _config(options)
    today = datetime.now(UTC).date().isoformat()
    written = decide(config, kind, options.names, reason=options.reason, by=options.by, date=today)
    print(f"{written}\nAdded to {_relative(config.content / 'identities.toml')}. Run `sitegen build` to carry it out.")
    return DONE


def _rules(options: argparse.Namespace) -> int:
    from sitegen.model.findings import RULES
    from sitegen.report import rule_text, rules_list

    if options.code is None:
        print("\n".join(rules_list()))
        return DONE
    code = options.code.upper()
    if code not in RULES:
        raise UsageError(f"no finding has the code {options.code!r}; `sitegen rules` lists them all.")
    print(rule_text(code))
    return DONE
