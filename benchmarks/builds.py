"""What `chidao build` costs as a command, imports and all: from nothing, where nothing has changed, and where one file of many has.

Made-up letters of some 6 kB are written to a folder, each as an office would type it: a plan of a province's Party committee or People's
Committee says that it carries out central directives, or that committee's plans, and orders tasks. The command is run on them in processes
of its own, and the seconds of processor time are printed that each took, by itself and in its readers.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from chidao.graph.write.build import build as make
from chidao.ontology.authority import jurisdictions

DIRECTIVES = 80
LEADS = (
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Xây dựng",
    "Ban Tổ chức Tỉnh ủy",
    "Văn phòng Tỉnh ủy",
    "Công an tỉnh",
    "Thanh tra tỉnh",
)
WORK = (
    "rà soát, bổ sung quy hoạch của ngành, lĩnh vực được giao", "xây dựng cơ sở dữ liệu dùng chung, bảo đảm an toàn thông tin",
    "hướng dẫn các địa phương sắp xếp lại tổ chức, bộ máy", "kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính",
    "bố trí kinh phí cho những việc phải làm ngay trong năm", "đào tạo, bồi dưỡng cán bộ, công chức cấp xã",
)  # fmt: skip
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
END = (
    "\nIII. TỔ CHỨC THỰC HIỆN\n\nCác cơ quan, đơn vị căn cứ Kế hoạch này để tổ chức thực hiện; nếu có vướng mắc thì "
    "kịp thời phản ánh để được xem xét, giải quyết./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
)
COMMAND = """
import atexit, json, os, resource, sys
def tell():
    own, readers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    seconds = [who.ru_utime + who.ru_stime for who in (own, readers)]
    os.write(int(sys.argv.pop()), json.dumps([*seconds, own.ru_maxrss * (1 if sys.platform == "darwin" else 1024)]).encode())
atexit.register(tell)
from chidao.cli import main
main(sys.argv[1:-1], "chidao")
"""
SETTLED = 3.5
"""Seconds after which what was written to a file is told by its times (see `graph.write.files`)."""


class Plan(NamedTuple):
    """What a letter says of itself, and others of it."""

    place: str
    province: str
    issuer: str
    code: str
    day: date
    title: str

    @property
    def called(self) -> str:
        return f"Kế hoạch số {self.code} ngày {self.day:%d/%m/%Y} của {self.issuer} {self.title}"


def plan(i: int) -> Plan:
    """Return what the letter of this number says of itself."""
    places = [(j.slug, j.name) for j in jurisdictions() if j.slug != "vn"]
    slug, province = places[i % len(places)]
    party, number = i % 3 != 2, i // len(places) + 1
    issuer, code = (
        (f"Tỉnh ủy {province}", f"{number}-KH/TU")
        if party
        else (f"Ủy ban nhân dân tỉnh {province}", f"{number}/KH-UBND")
    )
    day = date(2023 + i % 3, i % 12 + 1, i % 28 + 1)
    return Plan(
        f"{slug}/{i:06}.txt", province, issuer, code, day, f"thực hiện nhiệm vụ trọng tâm của {province} số {i}"
    )


def directive(number: int) -> str:
    """Return how letters name a central directive."""
    day = date(2019, 1, 5) + timedelta(days=number * 20)
    return (
        f"Nghị quyết số {number + 1}-NQ/TW ngày {day:%d/%m/%Y} của Bộ Chính trị về nhiệm vụ trọng tâm thứ {number + 1} của đất nước trong "
        "giai đoạn mới"
    )


def letter(i: int, *, state: int = 0) -> str:
    """Return the text of a letter, or of a later state of it, the same one whenever it is asked for."""
    chance, own, near = random.Random(i), plan(i), len({j.slug for j in jurisdictions()}) - 1
    cited = [directive(chance.randrange(DIRECTIVES)) for _ in range(7)]
    if i % 3 == 2:
        cited += [plan(j).called for j in range(i - near * 9, i, near) if j >= 0 and j % 3 != 2][:3]
    if state:
        cited[0] = directive((i + state) % DIRECTIVES)
    lines = [
        own.issuer.upper(), MOTTO, "", f"Số: {own.code}", f"{own.province}, ngày {own.day:%d} tháng {own.day.month} năm {own.day.year}", "",
        "KẾ HOẠCH", own.title, "", f"Thực hiện {cited[0]}, {own.issuer} ban hành Kế hoạch như sau:", "", "I. TÌNH HÌNH", "",
    ]  # fmt: skip
    for j, to in enumerate(cited, 1):
        done = f"{own.issuer} đã triển khai thực hiện {to}, đạt {chance.randint(10, 99)}% kế hoạch."
        lines.append(f"{j}. Trong năm {2020 + j % 5}, {done}")
    lines += ["", "II. NHIỆM VỤ", ""]
    for j in range(1, 9):
        lead, helper = chance.sample(LEADS, 2)
        given = f"Giao {lead} chủ trì, phối hợp với {helper} và các cơ quan, đơn vị có liên quan {chance.choice(WORK)}"
        due = date(own.day.year + 1, i % 12 + 1, j * 3)
        lines.append(f"{j}. {given}; báo cáo kết quả với {own.issuer} trước ngày {due:%d/%m/%Y}.")
    return "\n".join([*lines, END, f"TM. {own.issuer.upper()}", "CHỦ TỊCH", "", "Nguyễn Văn Mẫu", ""])


def write_letters(folder: Path, numbers: Sequence[int], *, state: int = 0) -> None:
    """Write the letters of these numbers below a folder, a folder for each province."""
    for i in numbers:
        path = folder / plan(i).place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(letter(i, state=state), encoding="utf-8")


class Cost(NamedTuple):
    """Seconds of processor time of the process and of its readers, the most bytes that the first held, and seconds of the clock."""

    own: float
    readers: float
    peak: int
    clock: float


def cost(*arguments: str) -> Cost:
    """Return what a command costs in a process of its own."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as told:
        command = [sys.executable, "-c", COMMAND, *arguments, str(told.fileno())]
        as_installed = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        subprocess.run(command, check=True, pass_fds=[told.fileno()], stdout=subprocess.DEVNULL, env=as_installed)
        clock = time.perf_counter() - began
        told.seek(0)
        own, readers, peak = json.load(told)
        return Cost(own, readers, peak, clock)


def room(graph: Path) -> int:
    """Return the bytes of a graph on disk, those under several names once."""
    return sum({f.stat().st_ino: f.stat().st_size for f in graph.rglob("*") if f.is_file()}.values())


def build(folder: Path, jobs: int = 0) -> Cost:
    """Return what it costs to build the graph of a folder's letters."""
    more = ["--jobs", str(jobs)] if jobs else []
    return cost("build", str(folder / "letters"), "--graph", str(folder / "graph"), "--quiet", *more)


def measure(folder: Path, files: int, jobs: int, times: int) -> None:
    """Print what the builds of so many files cost."""
    letters, graph = folder / "letters", folder / "graph"
    if not graph.exists():
        write_letters(letters, range(files))
        time.sleep(SETTLED)
        first = build(folder, jobs)
        share = first.own / (first.own + first.readers)
        print(f"{files:,} files of {room(letters) / files:,.0f} bytes; Python {sys.version.split()[0]}\n")
        print(
            f"from nothing       {first.own:8.2f} s   {first.readers:8.2f} s in {jobs or 'all'} readers   {share:.1%} of it alone"
        )
        print(f"peak memory        {first.peak / 1e6:8.0f} MB")
        print(
            f"on disk            {room(graph) / 1e6:8.0f} MB   {room(graph) / 1e3 / files:8.0f} kB a file", flush=True
        )
    _line("nothing changed", [build(folder) for _ in range(times)])
    costs: dict[str, list[Cost]] = {}
    grown: dict[str, float] = {}
    for turn in range(1, times + 1):
        for what in ("one changed", "one added", "one gone"):
            if what == "one changed":
                write_letters(letters, [files // 2], state=turn)
            elif what == "one added":
                write_letters(letters, [files])
            else:
                (letters / plan(files).place).unlink()
            time.sleep(SETTLED)
            before = room(graph)
            costs.setdefault(what, []).append(build(folder))
            grown[what] = max(grown.get(what, 0.0), (room(graph) - before) / before)
    for what, all_of in costs.items():
        _line(what, all_of, f"   {grown[what]:6.1%} more on disk at most")


def _line(what: str, costs: list[Cost], more: str = "") -> None:
    seconds = sorted(c.own + c.readers for c in costs)
    all_of = ", ".join(f"{s:.2f}" for s in seconds)
    print(f"{what:18} {seconds[0]:8.2f} s   of {all_of}   {max(c.peak for c in costs) / 1e6:6.0f} MB{more}", flush=True)


def side_by_side(folder: Path, files: int, times: int) -> None:
    """Print how much sooner two readers are done than one, in turns, and what the process does beside them that keeps what they read: with
    one reader it has a processor for that, with two it takes it from these."""
    write_letters(folder / "letters", range(files))
    took: dict[int, list[Reading]] = {1: [], 2: []}
    for _ in range(times):
        for jobs, readings in took.items():
            with tempfile.TemporaryDirectory(dir=folder) as graph:
                readings.append(reading(folder / "letters", Path(graph), jobs))
    one, two = (min(readings, key=lambda r: r.clock) for readings in took.values())
    print(
        f"{files:,} files, by the clock: one reader {one.clock:.2f} s, two {two.clock:.2f} s: {one.clock / two.clock:.2f} times as fast"
    )
    for jobs, readings in took.items():
        own, readers = min(r.own for r in readings), min(r.readers for r in readings)
        print(
            f"{jobs} at once: {readers:.2f} s of processor time in readers, {own:.2f} s beside them ({own / readers:.1%}); by this, "
            f"two on two processors are {2 / (1 + own / readers):.2f} times as fast as one"
        )


class Reading(NamedTuple):
    """Seconds of the clock until all files were read, and of processor time beside the readers and in them."""

    clock: float
    own: float
    readers: float


def reading(letters: Path, graph: Path, jobs: int) -> Reading:
    """Return what it takes to read the files of a build, without what is made of them."""
    began, before = time.perf_counter(), time.process_time()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    done: list[float] = []

    def told(step: str, at: int, of: int) -> None:
        if step == "extract" and at == of:
            done.extend((time.perf_counter() - began, time.process_time() - before))

    make([letters], graph, jobs=jobs, progress=told)
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Reading(done[0], done[1], now.ru_utime + now.ru_stime - children.ru_utime - children.ru_stime)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000, help="how many files (default 1000)")
    parser.add_argument("--jobs", type=int, default=0, help="how many readers (default: one for each processor)")
    parser.add_argument(
        "--times", type=int, default=3, help="how often each is measured, of which the least is told (default 3)"
    )
    parser.add_argument(
        "--readers", action="store_true", help="measure reading with one reader and with two, and nothing else"
    )
    parser.add_argument(
        "--folder", type=Path, help="where files and graph stay; a graph that is there already is only built again"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        folder = options.folder or Path(room)
        if options.readers:
            side_by_side(folder, options.files, options.times)
        else:
            measure(folder, options.files, options.jobs, options.times)


if __name__ == "__main__":
    main()
