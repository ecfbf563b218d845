// `node --test tests/viz/scripts`: how the pages read and write text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { capital, count, day, fold, harmless, passages, say } from "../../../viz/drawing/assets/text.mjs";

/** Each case is what goes in and what comes out. */
function cases(name, run, rows) {
  test(name, () => rows.forEach(([given, wanted]) => assert.deepEqual(run(...given), wanted)));
}

cases("a search needs no marks", fold, [
  [["Nghị quyết 15-NQ/TW"], "nghi quyet 15-nq/tw"],
  [["Đ Ð đ ð"], "d d d d"],
  [["Thành uỷ".normalize("NFD")], "thanh uy"],
]);
cases("places are filled, unknown ones stay", say, [
  [["%(count)s of %(all)s", { count: 0 }], "0 of %(all)s"],
  [["plain"], "plain"],
]);
cases("days are written as people write them", day, [
  [["2022-05-05", "vi"], "05/05/2022"],
  [["2022-05", "vi"], "05/2022"],
  [["2022", "vi"], "2022"],
  [["2022-05-05", "en"], "5 May 2022"],
  [["2022-05", "en"], "2022-05"],
  [["", "vi"], ""],
  [["cuối năm", "vi"], "cuối năm"],
]);
cases("numbers", count, [[[1234, "vi"], "1.234"], [[1234, "en"], "1,234"]]);
cases("only the first letter grows", capital, [[["thực hiện"], "Thực hiện"], [[""], ""]]);
cases("a link leads to a path or a web address only", harmless, [
  [["/document/a:b"], "/document/a:b"],
  [["https://example.org/"], "https://example.org/"],
  [["khac.html"], "khac.html"],
  [["javascript:alert(1)"], null],
  [[" javascript:alert(1)/x"], null],
  [["data:text/html,x"], null],
  [[null], null],
]);
cases("a quote is found whatever its blanks", passages, [
  [["Căn cứ Nghị quyết số 15", "Nghị quyết"], ["Căn cứ ", "Nghị quyết", " số 15"]],
  [["Căn cứ Nghị\n  quyết số 15", "Nghị quyết"], ["Căn cứ ", "Nghị quyết", " số 15"]],
  [["quyết", "quyết"], ["", "quyết", ""]],
  [["Một câu", "hai"], ["Một câu"]],
  [["Một\u2028câu", ""], ["Một\u2028câu"]],
  [[null, "hai"], [""]],
]);
