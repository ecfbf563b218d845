"""The command line in Vietnamese: every help text, every message and every error has its words, and none is left over."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from chidao.cli import main
from chidao.extract.errors import ChidaoError
from chidao.graph.answers.ask import questions
from chidao.graph.answers.corrected import STATES
from chidao.graph.answers.search import FACETS
from chidao.graph.corrections import FACTS, FIELDS, OF_TASKS
from chidao.ontology.authority import LEVELS
from chidao.viz.catalogue import messages
from chidao.viz.commands.corrections import correct
from chidao.viz.speech import SPOKEN, Speech, language_asked, language_first, language_of
from chidao.viz.words import LANGUAGES

VIETNAMESE = Speech("vi")
NO_WORDS = {"[jsonl]", "IRI"}
"""Names that are the same in every language."""
_HOLES = re.compile(r"\{\w*\}")
SHOWN = {"ChidaoError", "OSError", "UsageError", "BadParameter", "Refused", "Unanswered", "Damaged", "TooLarge"}
"""What reaches a person, with all that is made of the first; other errors are caught before. What the pages raise begins with a status
and stands in the pages' catalogue."""


NAMED = (
    # why a search found something, and by what results are narrowed
    "number", "title", "name", "issuer", "signer", "date", "type", "place", "file", "text", "near", "other", *FACETS, "document", "body",
    "yes", "no",
    # identity, of documents and of bodies
    "code", "level", "scope", "signerRole", "branch", "parentName", "predecessor", "successor", "explicit", "implied",
    *(f"branch-{name}" for name in ("party", "state", "assembly", "court", "front", "mass", "press", "enterprise", "other")),
    # corrections
    *STATES, *FIELDS, *OF_TASKS, *FACTS, "reject", "field", "same", "apart", "file-gone", "fact-gone", "document-gone", "body-gone", "own-file",
    "not-two", "no-such-day",
    # figures
    "files", "documents", "bodies", "mentions", "statements", "actions", "sentences", "tasks", "relations", *LEVELS, "unknown",
)  # fmt: skip
"""Words of the program that a terminal says by name."""
ELSEWHERE = (
    "statements: {0} ({1})", "documents: {0}, {1}", "type unknown", "digital signature", "file name “{0}”",
    "{0}: same symbol, title and month", "read as {0}",
    "; unpack it and name the folder, or pack it as .zip", "not a document: {0}; unpack it and name the folder, or pack it as .zip",
    "reading them needs tesseract with its Vietnamese data (Debian: apt install tesseract-ocr tesseract-ocr-vie)",
    "reading it needs tesseract with its Vietnamese data (Debian: apt install tesseract-ocr tesseract-ocr-vie)",
    "{0} of {1} pages are pictures: {2}", "page {0} was not read: {1}", "read by OCR, so with misreadings: page {0}",
    "pictures that were not read, for the time was over: page {0}; split the file", "not Unicode: read as {0}",
    "not Unicode: letters of TCVN3 (ABC fonts) taken for others, read as what they are", "cannot be listed: {0}", "same content as {0}",
    "the text's heading and the field differ in {0}: “{1}”, “{2}”; the heading's is taken", "a register without rows", "an empty table",
    "a table, but no column of numbers (Số ký hiệu) or titles (Trích yếu) among: {0}. {1}",
    "a table, but no column is called {0}; no column of numbers (Số ký hiệu) or titles (Trích yếu) among: {1}. {2}",
    "No column holds numbers such as 12/KH-UBND: it is no register of documents, or a column of numbers is missing",
    "Say which column is which, by its header or its place: --columns '{0}'",
    "no document here is called {0}", "no document here is called {0}; near: {1}", "no body here is called {0}",
    "no body here is called {0}; near: {1}", "{0} documents are called {1}; say which with --year, --scope or the type word:",
    "{0} bodies are called {1}; name one in full:", "none of these fits {0}:", "  {0}  without date", "  {0}  without date  {1}",
    "a value is too long, or no text", "its name or its moment cannot be read", "its file or row cannot be read", "no such kind: {0}",
    "it names no document", "no such field; there are {0}", "no day: {0}; write 2026-02-03", "no number of a document: {0}",
    "no symbol: {0}", "no such fact; there are {0}", "it does not say which fact it is, and in which sentence and file",
    "no deadline: {0}; write 2026-06-30, 2026-06, 2026-Q2, 2026, monthly, ongoing …", "a task needs somebody who leads it",
    "it does not say which task it is, and in which sentence and file", "it does not say which two documents or bodies are one",
    "it does not say which file means another document", "it does not say which body is called what",
    "no such relation; there are {0}", "a relation needs two documents, and a note that says why",
    "{0}: it holds {1} quads and was written with {2}",
    "{0}: what the graph keeps of it is damaged; `chidao build` reads it again", "{0}: a file is missing",
    "{0}: a file has another size than it was written with", "{0}: a file is not as it was written",
    "a codepoint escape is for a letter or digit in a string or an IRI; write the character itself",
    "nothing is fetched from the network or from files", "no such place in this text",
    "several dated documents have this number", "every dated document with this number is later than the citing one",
    "its title differs from every dated document with this number", "its number is blank; a document with a number agrees with it",
    "no file says whose document it is", "no file says which province its issuer is in", "its symbol does not say whose document it is",
)  # fmt: skip
"""What is put together where nothing marks it as an error's message."""


def commands(command: click.Command) -> Iterator[click.Command]:
    yield command
    for sub in command.commands.values() if isinstance(command, click.Group) else ():
        yield from commands(sub)


def help_messages() -> Iterator[str]:
    """Yield each paragraph of help, and what the options and arguments are called after where that is a word."""
    for command in commands(main):
        context = click.Context(command)
        texts = [command.help, *(p.help for p in command.params if isinstance(p, click.Option))]
        for text in texts:
            yield from (" ".join(part.split()) for part in (text or "").split("\n\n") if part.strip())
        for parameter in command.params:
            metavar = parameter.make_metavar(context)
            flag = isinstance(parameter, click.Option) and parameter.is_flag
            if not flag and not isinstance(parameter.type, click.Choice) and "|" not in metavar:
                yield metavar


def modules(root: Path, *rooms: str) -> Iterator[Path]:
    yield root / "cli.py"
    for room in rooms:
        yield from (path for path in sorted((root / room).rglob("*.py")) if "node_modules" not in path.parts)


def data_messages() -> Iterator[str]:
    """Yield what stands in data and is said by name: the parameters of questions, the names of things."""
    yield from (parameter.help for question in questions().values() for parameter in question.params)
    yield from NAMED
    yield from ELSEWHERE


def code_messages(root: Path) -> Iterator[str]:
    """Yield what the code marks: say("…"), N_("…")."""
    for path in modules(root, "viz"):
        if "web" in path.parts:  # the pages have a catalogue of their own
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and re.search(r"(?:^|\.|_)(?:say|N_)$|^speech\(\)$", ast.unparse(node.func)):
                yield from (str(said.value) for said in node.args[:1] if isinstance(said, ast.Constant))


def template(node: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    """Yield what an expression makes, {0}, {1} … where it puts something in; nothing of a message that comes from elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from template(node.body, constants)
        yield from template(node.orelse, constants)
    elif isinstance(node, ast.Name) and node.id in constants:
        yield from template(constants[node.id], constants)
    elif isinstance(node, ast.JoinedStr):
        at, parts = 0, []
        for part in node.values:
            if isinstance(part, ast.Constant):
                parts.append(str(part.value))
            else:
                parts.append(f"{{{at}}}")
                at += 1
        if re.search(r"[a-z]{2}", re.sub(r"\{\d\}", "", "".join(parts))):
            yield "".join(parts)


def shown(root: Path) -> set[str]:
    """Return the names of the classes of errors that reach a person."""
    defined = [
        (node.name, {ast.unparse(base) for base in node.bases})
        for path in modules(root, "extract", "graph", "viz")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    found = set(SHOWN)
    while more := {name for name, bases in defined if bases & found} - found:
        found |= more
    return found


def raised(path: Path, errors: set[str]) -> Iterator[str]:
    """Yield the messages of the errors that a module makes, and of the notes that it adds to what it has read."""
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = (
            node.func.id
            if isinstance(node.func, ast.Name)
            else node.func.attr
            if isinstance(node.func, ast.Attribute)
            else ""
        )
        noted = (
            called == "append"
            and isinstance(node.func, ast.Attribute)
            and ast.unparse(node.func.value).endswith("notes")
        )
        if noted or called in errors:
            yield from template(node.args[0], constants)


def error_messages(root: Path) -> Iterator[str]:
    errors = shown(root)
    for path in modules(root, "extract", "graph", "viz"):
        yield from raised(path, errors)


@cache
def all_messages(root: Path) -> frozenset[str]:
    found = {*help_messages(), *code_messages(root), *error_messages(root), *data_messages()}
    return frozenset(message for message in found if re.search(r"[^\W\d_]", message))


def test_every_help_text_and_message_has_its_vietnamese(root: Path) -> None:
    found = all_messages(root)
    assert len(found) > 500
    assert sorted(found - messages("chidao.viz", "vi").keys() - NO_WORDS) == []


def test_nothing_is_left_over(root: Path) -> None:
    assert sorted(messages("chidao.viz", "vi").keys() - all_messages(root)) == []


def test_nothing_is_said_elsewhere_that_is_said_no_more(root: Path) -> None:
    code = re.sub(r'"\s+f?"', "", "".join(path.read_text("utf-8") for path in modules(root, "extract", "graph", "viz")))
    gone = []
    for message in ELSEWHERE:
        pieces = re.split(r"\{\d\}|[:;,.()“”]|\bno (?:document|body)\b|reading it|reading them|\bbut\b", message)
        if max(pieces, key=len).strip() not in code:
            gone.append(message)
    assert gone == []


def test_nothing_is_translated_twice(root: Path) -> None:
    lines = (root / "viz" / "locale" / "vi.po").read_text("utf-8").splitlines()
    twice = Counter(line for line in lines if line.startswith("msgid ") and line != 'msgid ""')
    assert [line for line, number in twice.items() if number > 1] == []


@pytest.mark.parametrize("language", SPOKEN[:-1])
def test_every_message_is_whole(language: str) -> None:
    """It says something, in the letters of the language, and keeps the places of what it names."""
    for message, said in messages("chidao.viz", language).items():
        assert said, message
        assert {*_HOLES.findall(said)} <= {*_HOLES.findall(message)}, message


def run(*arguments: object, language: str = "vi") -> tuple[int, str]:
    """Return the exit code of a command and all that it prints."""
    result = CliRunner().invoke(main, ["--lang", language, *map(str, arguments)], prog_name="chidao")
    return result.exit_code, result.output


ENGLISH = re.compile(
    r"\b(?:usage|try|error|invalid|missing|such|option|argument|command|the|is|not|of|default|show)\b", re.IGNORECASE
)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["frob"], "Lỗi: Không có lệnh 'frob'."),
        (["stat"], "Lỗi: Không có lệnh 'stat'. Có phải là 'stats'?"),
        (["implements"], "Lỗi: Thiếu tham số 'VĂN_BẢN'."),
        (["implements", "a", "b"], "Lỗi: Thừa tham số (b)"),
        (["implements", "a", "b", "c"], "Lỗi: Thừa các tham số (b c)"),
        (["stats", "--frob"], "Lỗi: Không có tùy chọn '--frob'"),
        (["stats", "--quick"], "Lỗi: Không có tùy chọn '--quick'"),
        (["stats", "--forma", "x"], "Lỗi: Không có tùy chọn '--forma'"),
        (
            ["stats", "--format", "x"],
            "Lỗi: Giá trị của '--format' không hợp lệ: 'x' không có trong 'table', 'json', 'csv'",
        ),
        (["stats", "--format"], "Lỗi: Tùy chọn '--format' cần một giá trị đi kèm."),
        (["stats", "--files=1"], "Lỗi: Tùy chọn '--files' không nhận giá trị."),
        (["search", "a", "--limit", "x"], "Lỗi: Giá trị của '--limit' không hợp lệ: 'x' không phải là số nguyên."),
        (["search", "a", "--limit", "0"], "Lỗi: Giá trị của '--limit' không hợp lệ: 0 nằm ngoài khoảng 1<=x<=10000."),
        (["query", "--time-limit", "x"], "Lỗi: Giá trị của '--time-limit' không hợp lệ: 'x' không phải là số."),
        (
            ["tasks", "--on", "mai"],
            "Lỗi: Giá trị của '--on' không hợp lệ: 'mai' không phải là ngày viết như 2026-06-30 hoặc 30/06/2026.",
        ),
        (
            ["correct", "reject", "x", "y", "z"],
            "Lỗi: Giá trị của '{relation|action|task|force}' không hợp lệ: 'x' không có trong",
        ),
        (["correct", "reject"], "Lỗi: Thiếu tham số '{relation|action|task|force}'. Chọn trong:"),
        (["graph"], "Lỗi: nêu VĂN_BẢN hoặc --all, một trong hai"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistake_is_said_in_vietnamese(typed: list[str], said: str) -> None:
    code, printed = run(*typed)
    assert code == 2 and said in printed
    assert not ENGLISH.search(re.sub(r"'[^']*'|--[\w-]+|chidao[\w ]*", "", printed)), printed


def test_a_day_may_be_written_as_offices_write_it(sample_graph: Path) -> None:
    first, second = (run("tasks", "--graph", sample_graph, "--on", day) for day in ("01/09/2023", "2023-09-01"))
    assert first == second and "30/09/2023" in first[1]


def test_help_is_in_vietnamese() -> None:
    names = [[], *([name] for name in main.commands), *(["correct", name] for name in correct.commands)]
    for name in names:
        code, printed = run(*name, "--help")
        assert code == 0 and printed.startswith("Cách dùng: chidao") and "In trợ giúp này rồi thoát." in printed
        assert not re.search(r"^(?:Usage|Options|Commands):|\[default|\[required", printed, re.MULTILINE), name


@pytest.mark.parametrize("group", [[], ["correct"]])
def test_the_list_of_commands_cuts_no_sentence(group: list[str]) -> None:
    printed = run(*group, "--help")[1]
    assert [line for line in printed.partition("Lệnh:")[2].splitlines() if line.endswith("...")] == []


def test_english_is_what_it_was() -> None:
    assert run("--help", language="en")[1].startswith("Usage: chidao [OPTIONS] COMMAND [ARGS]...")
    assert "Error: No such command 'frob'." in run("frob", language="en")[1]
    assert "Show this message and exit." in run("--help", language="en")[1]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"), ({"LANG": "vi_VN.UTF-8"}, "vi"), ({"LANG": "vi"}, "vi"), ({"LC_MESSAGES": "vi_VN", "LANG": "en_US"}, "vi"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "vi_VN"}, "en"), ({"LC_ALL": "", "LANG": "vi_VN"}, "vi"), ({"LANG": "vie"}, "en"),
        ({"CHIDAO_LANG": "en", "LANG": "vi_VN"}, "en"), ({"CHIDAO_LANG": "vi", "LC_ALL": "C"}, "vi"), ({"CHIDAO_LANG": "xx", "LANG": "vi"}, "vi"),
    ],
)  # fmt: skip
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has a language of its own")
def test_the_locale_chooses(environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert language_of(environment) == language
    for name in ("CHIDAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language_asked(["stats"]) == language
    assert language_asked(["--lang", "vi", "stats"]) == "vi" and language_asked(["--lang=en"]) == "en"
    assert language_asked(["stats", "--lang", "xx"]) == language


def test_the_languages_are_those_of_the_pages() -> None:
    assert set(SPOKEN) == set(LANGUAGES)


def test_a_language_that_there_is_none_of() -> None:
    code, printed = run("stats", language="fr")
    assert code == 2 and "'fr'" in printed


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("no such file", "không có tệp này"),
        ("page 3 was not read: damaged picture: x", "trang 3 không đọc được: ảnh hỏng: x"),
        ("3 of 9 pages are pictures: reading them needs tesseract with its Vietnamese data (Debian: apt install tesseract-ocr tesseract-ocr-vie)",
         "3 trên 9 trang là ảnh: muốn đọc phải cài tesseract kèm dữ liệu tiếng Việt (Debian: apt install tesseract-ocr tesseract-ocr-vie)"),
        ("cannot be written (No space left on device)", "không ghi được (ổ đĩa đã đầy)"),
        ("2 documents are called '5-KH/TU'; say which with --year, --scope or the type word:\n  Kế hoạch 5-KH/TU  without date  x\n  Kế hoạch 5-KH/TU  2026-02-03",
         "có 2 văn bản cùng tên '5-KH/TU'; hãy chọn bằng --year (năm), --scope (địa phương) hoặc tên loại:\n  Kế hoạch 5-KH/TU  chưa rõ ngày  x\n  Kế hoạch 5-KH/TU  2026-02-03"),
        ("what nobody foresaw", "what nobody foresaw"),
        ("/srv/graph/0001: damaged graph: a file is missing; build it anew with --fresh", "/srv/graph/0001: đồ thị hỏng: thiếu một tệp; hãy dựng lại bằng --fresh"),
        ("C:\\g: no such file", "C:\\g: không có tệp này"),
        ("not a document: gzip; unpack it and name the folder, or pack it as .zip", "không phải văn bản: gzip; hãy giải nén rồi nêu tên thư mục, hoặc nén lại thành .zip"),
        ("not a document: ELF program", "không phải văn bản: ELF program"),
        ("{0} {x} %s", "{0} {x} %s"),
        ("no question is called '{0}'; `chidao ask --list` names them", "không có câu hỏi nào tên là '{0}'; xem danh sách bằng `chidao ask --list`"),
    ],
)  # fmt: skip
def test_a_message_with_values(message: str, said: str) -> None:
    assert VIETNAMESE.told(message) == said
    assert Speech("en").told(message) == message


def test_an_error_names_its_file_and_place() -> None:
    error = ChidaoError("is empty", path="a\nb.txt", offset=7)
    assert VIETNAMESE.error(error) == "a\\nb.txt, ký tự 7: tệp rỗng"
    assert Speech("en").error(error) == str(error)


@pytest.mark.parametrize("message", ["damaged: " * 400, "{0}: " * 900, "a" * 100_000, "no such file\n" * 2_000])
def test_no_message_is_too_long_to_be_looked_up(message: str) -> None:
    assert len(VIETNAMESE.told(message)) > len(message) // 3


@pytest.mark.parametrize(
    ("given", "first"),
    [
        (["stats", "--lang", "vi"], ["--lang", "vi", "stats"]),
        (["ask", "force", "--lang=vi", "--on", "2025-01-01"], ["--lang=vi", "ask", "force", "--on", "2025-01-01"]),
        (["--lang", "en", "stats"], ["--lang", "en", "stats"]),
        (["ask", "--", "--lang", "vi"], ["ask", "--", "--lang", "vi"]),
        (["stats", "--lang"], ["--lang", "stats"]),
        ([], []),
    ],
)
def test_the_language_may_stand_behind_the_command(given: list[str], first: list[str]) -> None:
    assert language_first(given) == first


def test_a_command_with_the_language_behind_it_speaks_it() -> None:
    told = CliRunner().invoke(main, ["stats", "--help", "--lang", "vi"])
    assert (told.exit_code, told.output) == (0, CliRunner().invoke(main, ["--lang", "vi", "stats", "--help"]).output)
