// @ts-check
/* Adding documents: what is dropped is sent in pieces, and a build is followed as it goes on. The page works without this. */
"use strict";
(() => {
  const root = /** @type {HTMLElement} */ (document.getElementById("adding"));
  const { boot, run, state, events, build, token } = /** @type {Record<string, string>} */ ({ ...root.dataset });
  /** @template {HTMLElement} T @param {string} selector @returns {T} */
  const one = (selector) => /** @type {T} */ (root.querySelector(selector));
  /** @type {HTMLFormElement} */
  const form = one(".drop");
  const sending = one(".sending");

  /* Files are sent a few at a time: what has come is safe, and one that is too large stops no other. */
  const AT_ONCE = 20;
  const BYTES = 64 * 1024 * 1024;
  /** @typedef {{ file: File, name: string }} Found */

  /** @param {Found[]} found */
  const pieces = (found) => {
    /** @type {Found[][]} */
    const made = [];
    let size = Infinity;
    for (const entry of found) {
      if (size + entry.file.size > BYTES || made[made.length - 1].length >= AT_ONCE) { made.push([]); size = 0; }
      made[made.length - 1].push(entry);
      size += entry.file.size;
    }
    return made;
  };

  let busy = false;
  /** @param {Found[]} found */
  const send = async (found) => {
    if (!found.length || busy) return;
    busy = true;
    const batch = String(Math.random()).slice(2);
    const same = new FormData(form).get("same_name");
    let done = 0;
    let kept = 0;
    sending.hidden = false;
    const headers = { "x-chidao-token": token, accept: "application/json" };
    try {
      for (const piece of pieces(found)) {
        sending.textContent = (sending.dataset.sending || "").replace("%(done)s", String(done)).replace("%(total)s", String(found.length));
        const body = new FormData();
        body.append("batch", batch);
        body.append("same_name", String(same));
        for (const { file, name } of piece) body.append("files", file, name);
        const answer = await fetch(form.action, { method: "POST", body, headers });
        if (!answer.ok) throw new Error(String(answer.status));
        const { files } = await answer.json();
        kept += files.filter((/** @type {{ state: string }} */ file) => !["same", "refused"].includes(file.state)).length;
        done += piece.length;
      }
      if (kept) await fetch(build, { method: "POST", body: new URLSearchParams({ token }), redirect: "manual" });
      location.reload();
    } catch (error) {
      sending.textContent = sending.dataset.failed || "";
      busy = false;
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    /** @type {Found[]} */
    const found = [];
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input[type=file]"))) {
      for (const file of input.files || []) found.push({ file, name: file.webkitRelativePath || file.name });
    }
    send(found);
  });

  /* What is dropped: files as they are, folders with all that is in them. */
  /** @param {FileSystemEntry} entry @returns {Promise<Found[]>} */
  const inside = async (entry) => {
    if (entry.isFile) {
      const file = await new Promise((give, fail) => /** @type {FileSystemFileEntry} */ (entry).file(give, fail));
      return [{ file, name: entry.fullPath.slice(1) }];
    }
    const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
    /** @type {Found[]} */
    const found = [];
    for (;;) {
      /** @type {FileSystemEntry[]} */
      const some = await new Promise((give, fail) => reader.readEntries(give, fail));
      if (!some.length) return found;
      for (const child of some) found.push(...await inside(child));
    }
  };
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("over"));
  form.addEventListener("drop", async (event) => {
    event.preventDefault();
    const items = Array.from(event.dataTransfer ? event.dataTransfer.items : []);
    const loose = Array.from(event.dataTransfer ? event.dataTransfer.files : []);
    const entries = items.map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
    try {
      const found = entries.length
        ? (await Promise.all(entries.map((entry) => inside(/** @type {FileSystemEntry} */ (entry))))).flat()
        : loose.map((file) => ({ file, name: file.name }));
      await send(found);
    } catch (error) {
      sending.hidden = false;
      sending.textContent = sending.dataset.failed || "";
    }
  });

  /* A build as it goes on. When it ends the page shows what came of it. */
  const section = one(".progress");
  const list = one(".files-read");
  /** @type {HTMLProgressElement} */
  const bar = one("progress");
  let shown = run;
  let fresh = false;
  /** @param {MessageEvent} message */
  const follow = (message) => {
    const now = JSON.parse(message.data);
    if (now.boot !== boot) { location.reload(); return; }
    if (now.state !== "running") {
      if (now.state !== "idle" && (String(now.run) !== run || state === "running") && !busy) location.reload();
      return;
    }
    root.dataset.state = now.state;
    section.hidden = bar.hidden = one(".cancel").hidden = false;
    one("#reading").textContent = one("#reading").dataset.running || "";
    one(".step").textContent = now.step;
    one(".of").textContent = now.total ? now.done + "/" + now.total : "";
    if (now.total) { bar.max = now.total; bar.value = now.done; } else bar.removeAttribute("value");
    one(".counts").textContent = (section.dataset.counts || "").replace("%(read)s", now.read).replace("%(unread)s", now.unread);
    if (String(now.run) !== shown || !fresh) { list.replaceChildren(); shown = String(now.run); fresh = true; }
    for (const row of now.files) {
      const item = document.createElement("li");
      const name = document.createElement("span");
      const said = document.createElement("span");
      name.className = "name";
      said.className = "meta";
      name.textContent = row.name;
      said.textContent = row.why ? row.why + " " + row.remedy : list.dataset.read || "";
      item.classList.toggle("not", Boolean(row.why));
      item.append(name, " ", said);
      list.prepend(item);
    }
  };
  /* A browser holds few connections to one server: a page that nobody sees leaves its own to others. */
  /** @type {EventSource | null} */
  let stream = null;
  const listen = () => {
    if (stream) { stream.close(); stream = null; }
    if (document.hidden) return;
    fresh = false;
    stream = new EventSource(events);
    stream.addEventListener("message", follow);
  };
  document.addEventListener("visibilitychange", listen);
  window.addEventListener("pagehide", () => { if (stream) stream.close(); });
  listen();
})();
