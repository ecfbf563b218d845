/* What the pages do beyond links and forms: colours, suggestions, copying, sorting, printing. Nothing needs it. */
(function () {
  "use strict";

  const root = document.documentElement;
  const all = (/** @type {string} */ selector, /** @type {ParentNode} */ below = document) => /** @type {any[]} */ ([...below.querySelectorAll(selector)]);

  /* Colours: the system's, until the visitor chooses. */
  const theme = document.getElementById("theme");
  if (theme) {
    const dark = () => root.dataset.theme === "dark" || (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
    const name = () => {
      theme.title = (dark() ? theme.dataset.light : theme.dataset.dark) ?? "";
      theme.setAttribute("aria-label", theme.title);
    };
    theme.hidden = false;
    name();
    theme.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      try { localStorage.setItem("chidao-theme", root.dataset.theme); } catch (error) { /* not kept */ }
      name();
      document.dispatchEvent(new CustomEvent("chidao-theme"));
    });
  }

  /* Choices that count at once: kept in the address, or asked of the server. */
  for (const box of all("[data-submit]")) box.addEventListener("change", () => box.form.requestSubmit());
  for (const box of all("[data-keep]")) box.addEventListener("change", () => {
    const url = new URL(window.location.href);
    if (box.checked) url.searchParams.set(box.name, box.value);
    else url.searchParams.delete(box.name);
    history.replaceState(null, "", url);
  });

  /* A matrix is walked through with the arrow keys. */
  for (const table of all("table.matrix")) table.addEventListener("keydown", (event) => {
    const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
    const cell = event.target.closest("td.cell");
    if (!step || !cell) return;
    const rows = all("tr:has(td.cell)", table).filter((row) => row.offsetParent);
    const next = rows[rows.indexOf(cell.parentElement) + step[0]]?.cells[cell.cellIndex + step[1]]?.querySelector("td.cell > a");
    if (next) { event.preventDefault(); next.focus(); }
  });

  /* Copying */
  for (const button of all("[data-copy]")) {
    const word = button.textContent;
    button.addEventListener("click", async () => {
      let done = true;
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
      } catch (error) {
        const field = document.createElement("textarea");
        field.value = button.dataset.copy;
        document.body.append(field);
        field.select();
        done = document.execCommand("copy");
        field.remove();
      }
      if (done) {
        button.textContent = "✓ " + word;
        setTimeout(() => { button.textContent = word; }, 1600);
      }
    });
  }
  for (const button of all("[data-print]")) button.addEventListener("click", () => window.print());

  /* A page that is long in coming: words at the top say that it is on its way. What is taken away as a file leaves the page as it is. */
  const loading = document.getElementById("loading");
  if (loading) {
    let begun = 0, given = 0;
    const stay = () => {
      clearTimeout(begun);
      clearTimeout(given);
      loading.textContent = "";
    };
    const leave = () => {
      stay();
      begun = setTimeout(() => { loading.textContent = loading.dataset.said ?? ""; }, 400);
      given = setTimeout(stay, 30_000);
    };
    document.addEventListener("click", (event) => {
      const link = /** @type {Element} */ (event.target).closest("a[href]");
      if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      // Of a link in a drawing the properties are no words, so the attributes are read.
      const here = new URL(window.location.href), to = new URL(link.getAttribute("href") ?? "", here);
      to.hash = here.hash = "";
      if (to.href !== here.href && to.origin === here.origin && !link.getAttribute("target") && !link.hasAttribute("download")) leave();
    });
    document.addEventListener("submit", (event) => {
      if (!event.defaultPrevented && /** @type {any} */ (event.submitter)?.name !== "format") leave();
    });
    window.addEventListener("pageshow", stay);
  }

  /* Tables that sort by a click on a head. */
  const collator = new Intl.Collator(root.lang || "vi", { numeric: true });
  for (const table of all("table.sortable")) {
    const heads = all("thead th", table);
    heads.forEach((head, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const key = (row) => row.cells[index].dataset.sort ?? row.cells[index].innerText.trim();
        const body = table.tBodies[0];
        const rows = [...body.rows].map((row, place) => [key(row), place, row]);
        rows.sort((a, b) => (up ? 1 : -1) * collator.compare(a[0], b[0]) || a[1] - b[1]);
        body.append(...rows.map((row) => row[2]));
      });
    });
  }

  /* Suggestions under a search field: a combobox with a list (ARIA Authoring Practices). */
  let lists = 0;
  for (const field of all("input[data-suggest]")) {
    const list = document.createElement("ul");
    list.id = "suggestions-" + lists++;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.hidden = true;
    const holder = document.createElement("span");
    holder.className = "combo";
    field.before(holder);
    holder.append(field, list);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "false");
    list.setAttribute("aria-label", field.getAttribute("aria-label") || field.labels?.[0]?.firstChild?.textContent || "");

    let hits = [], at = -1, asked = 0, timer = 0;
    const close = () => {
      list.hidden = true;
      at = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    };
    const choose = (index) => {
      at = index;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      if (at < 0) field.removeAttribute("aria-activedescendant");
      else {
        field.setAttribute("aria-activedescendant", list.children[at].id);
        list.children[at].scrollIntoView({ block: "nearest" });
      }
    };
    const take = (index) => {
      const hit = hits[index];
      close();
      if (field.name === "q") window.location.assign(hit.url);
      else {
        field.value = ["ref", "document", "directive", "proof"].includes(field.name) ? hit.iri : hit.label;
        if (field.name === "ref") field.form.requestSubmit();
      }
    };
    const show = (found) => {
      hits = found;
      list.replaceChildren(...hits.map((hit, index) => {
        const item = document.createElement("li");
        item.id = list.id + "-" + index;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const name = document.createElement("strong");
        name.textContent = hit.label;
        const rest = document.createElement("span");
        rest.textContent = [hit.date, hit.title || hit.issuer].filter(Boolean).join(" · ");
        item.append(name, rest);
        item.addEventListener("mousedown", (event) => { event.preventDefault(); take(index); });
        return item;
      }));
      list.hidden = hits.length === 0;
      field.setAttribute("aria-expanded", String(!list.hidden));
      choose(-1);
    };
    field.addEventListener("input", () => {
      clearTimeout(timer);
      const text = field.value.trim();
      const mine = ++asked;
      if (text.normalize("NFC").length < 2) { close(); return; }
      timer = setTimeout(async () => {
        try {
          const url = new URL(field.dataset.suggest, window.location.href);
          url.searchParams.set("q", text);
          const answer = await fetch(url);
          if (answer.ok && mine === asked && document.activeElement === field) show((await answer.json()).hits);
        } catch (error) { close(); }
      }, 120);
    });
    field.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); choose((at + 1) % hits.length); }
      else if (event.key === "ArrowUp") { event.preventDefault(); choose((at <= 0 ? hits.length : at) - 1); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); take(at); }
      else if (event.key === "Escape") { event.preventDefault(); close(); }
    });
    field.addEventListener("blur", close);
  }

  /* "/" leads to the search field. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/** @type {Element} */ (event.target).closest("input, textarea, select, [contenteditable], .CodeMirror")) return;
    const [field] = all("input[type=search]");
    if (field) { event.preventDefault(); field.focus(); field.select(); }
  });

  /* Paper has no closed folds. */
  /** @type {any[]} */
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    for (const fold of closed) fold.open = true;
  });
  window.addEventListener("afterprint", () => { for (const fold of closed) fold.open = false; });
})();
