/* The page of a graph. pyvis gives nodes, edges and options; this draws the cards and runs search, filters and panel.
   Text from documents reaches the page through textContent and fillText only. */
(function () {
  "use strict";

  const $ = (id) => document.getElementById(id);
  const read = (id) => JSON.parse($(id).textContent);
  const page = read("data-page");
  const { width: W, height: H } = page.card;
  const root = document.documentElement;
  root.classList.remove("static");

  const placed = new Map(read("data-nodes").map((node) => [node.id, node]));
  const info = page.nodes;
  const links = page.edges;
  const out = info.map(() => []);
  const into = info.map(() => []);
  for (const link of links) {
    out[link.from].push(link);
    into[link.to].push(link);
  }

  /* Colours */
  let ink = {};
  function readColours() {
    const style = getComputedStyle(root);
    const get = (name) => style.getPropertyValue(name).trim();
    ink = {
      paper: get("--paper"), card: get("--card"), ink: get("--ink"), soft: get("--soft"), band: get("--band"),
      rule: get("--rule-strong"), ring: get("--ring"), onLevel: get("--on-level"), sans: get("--sans"),
      level: {}, group: {},
    };
    for (const key of ["central", "province", "district", "commune"]) ink.level[key] = get("--level-" + key);
    ink.level[""] = get("--level-none");
    for (const key of ["carry", "ground", "change", "tie"]) ink.group[key] = get("--group-" + key);
  }
  readColours();

  /* Cards */
  function outline(ctx, family, x, y, w, h) {
    const l = x - w / 2, r = x + w / 2, t = y - h / 2, b = y + h / 2;
    const cut = h * 0.24;
    ctx.beginPath();
    if (family === "direct") {
      ctx.moveTo(l, y); ctx.lineTo(l + cut, t); ctx.lineTo(r - cut, t);
      ctx.lineTo(r, y); ctx.lineTo(r - cut, b); ctx.lineTo(l + cut, b);
    } else if (family === "report") {
      ctx.moveTo(l, t); ctx.lineTo(r - cut, t); ctx.lineTo(r, t + cut); ctx.lineTo(r, b); ctx.lineTo(l, b);
    } else if (family === "plan" || family === "body") {
      ctx.roundRect(l, t, w, h, family === "body" ? h / 2 : h * 0.22);
      return;
    } else {
      ctx.rect(l, t, w, h);
      return;
    }
    ctx.closePath();
  }

  const cuts = new Map();
  /* At most `rows` lines of `text` that are no wider than `width`; cut with an ellipsis. */
  function wrap(ctx, text, width, rows) {
    const key = ctx.font + "|" + width + "|" + rows + "|" + text;
    if (cuts.has(key)) return cuts.get(key);
    const fits = (value) => ctx.measureText(value).width <= width;
    const words = text.split(/\s+/).filter(Boolean);
    const lines = [];
    while (words.length && lines.length < rows) {
      let line = words.shift();
      while (words.length && fits(line + " " + words[0])) line += " " + words.shift();
      lines.push(line);
    }
    let last = lines.pop() || "";
    if (words.length || !fits(last)) {
      if (words.length) last += " " + words.join(" ");
      while (last && !fits(last + "…")) last = last.slice(0, -1);
      last = last.trimEnd() + "…";
    }
    lines.push(last);
    cuts.set(key, lines);
    return lines;
  }

  let scale = 1;
  let bright = null;
  let chosen = null;
  function card(ctx, id, x, y, state) {
    const node = info[id];
    const colour = ink.level[node.level];
    const far = scale < 0.6;
    const solid = far || id === page.focus;
    ctx.globalAlpha = bright && !bright.has(id) ? 0.16 : 1;
    ctx.lineJoin = "round";
    if (id === chosen || state.hover) {
      outline(ctx, node.family, x, y, W + (far ? 28 : 12), H + (far ? 28 : 12));
      ctx.strokeStyle = id === chosen ? ink.ring : ink.rule;
      ctx.lineWidth = Math.max(3, 2 / scale);
      ctx.stroke();
    }
    if (far && id === page.focus) {
      outline(ctx, node.family, x, y, W + 16, H + 16);
      ctx.strokeStyle = colour;
      ctx.lineWidth = 4;
      ctx.stroke();
    }
    outline(ctx, node.family, x, y, W, H);
    ctx.fillStyle = solid ? colour : ink.card;
    ctx.fill();
    if (!solid) {
      ctx.save();
      ctx.clip();
      ctx.fillStyle = colour;
      ctx.fillRect(x - W / 2, y - H / 2, node.family === "direct" || node.family === "body" ? 15 : 8, H);
      ctx.restore();
    }
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1.6;
    ctx.setLineDash(node.family === "other" ? [5, 4] : []);
    ctx.stroke();
    ctx.setLineDash([]);
    if (node.family === "rule") {
      ctx.strokeStyle = solid ? ink.onLevel : colour;
      ctx.lineWidth = 1;
      ctx.strokeRect(x - W / 2 + 4, y - H / 2 + 4, W - 8, H - 8);
    } else if (node.family === "report") {
      const cut = H * 0.24;
      ctx.beginPath();
      ctx.moveTo(x + W / 2 - cut, y - H / 2);
      ctx.lineTo(x + W / 2 - cut, y - H / 2 + cut);
      ctx.lineTo(x + W / 2, y - H / 2 + cut);
      ctx.strokeStyle = solid ? ink.onLevel : colour;
      ctx.stroke();
    }
    if (scale < (page.large ? 0.26 : 0.2)) return;
    ctx.textBaseline = "middle";
    ctx.fillStyle = solid ? ink.onLevel : ink.ink;
    if (far) {
      ctx.textAlign = "center";
      let size = node.number ? 31 : 22;
      const text = node.number || node.label;
      ctx.font = `600 ${size}px ${ink.sans}`;
      const wide = ctx.measureText(text).width;
      if (node.number && wide > W - 26) {
        size = Math.max(19, (size * (W - 26)) / wide);
        ctx.font = `600 ${size}px ${ink.sans}`;
      }
      put(ctx, wrap(ctx, text, W - 18, node.number ? 1 : 2), x, y, size * 1.1);
      return;
    }
    const room = W - (node.family === "direct" || node.family === "body" ? 44 : 30);
    const left = x - W / 2 + (node.family === "direct" || node.family === "body" ? 24 : 18);
    ctx.textAlign = "left";
    if (node.kind === "body" || !node.number) {
      ctx.font = `600 13px ${ink.sans}`;
      put(ctx, wrap(ctx, node.label, room, 3), left, y, 16);
      return;
    }
    ctx.font = `12px ${ink.sans}`;
    ctx.fillStyle = solid ? ink.onLevel : ink.soft;
    put(ctx, wrap(ctx, node.type || "Văn bản", room, 1), left, y - 18, 14);
    if (node.date) put(ctx, [node.date], left, y + 19, 14);
    ctx.font = `600 15px ${ink.sans}`;
    ctx.fillStyle = solid ? ink.onLevel : ink.ink;
    put(ctx, wrap(ctx, node.number, room, 1), left, node.date ? y : y + 6, 16);
  }
  function put(ctx, lines, x, y, step) {
    lines.forEach((line, index) => ctx.fillText(line, x, y + (index - (lines.length - 1) / 2) * step));
  }

  const renderer = function (args) {
    // vis measures a custom shape only when it is next refreshed: give it the size at once.
    if (this && this.width !== W) {
      this.width = W;
      this.height = H;
      this.left = args.x - W / 2;
      this.top = args.y - H / 2;
    }
    return {
      drawNode: () => card(args.ctx, args.id, args.x, args.y, args.state),
      nodeDimensions: { width: W, height: H },
    };
  };

  function drawLegend() {
    for (const canvas of document.querySelectorAll("canvas.shape")) {
      const ctx = canvas.getContext("2d");
      ctx.clearRect(0, 0, canvas.width, canvas.height);
      outline(ctx, canvas.dataset.family, 28, 16, 50, 26);
      ctx.strokeStyle = ink.ink;
      ctx.lineWidth = 2.5;
      ctx.setLineDash(canvas.dataset.family === "other" ? [6, 4] : []);
      ctx.stroke();
      if (canvas.dataset.family === "rule") ctx.strokeRect(8, 8, 40, 16);
    }
  }
  drawLegend();

  /* Network */
  const hiddenNodes = new Set();
  const hiddenLinks = new Set();
  const dashes = { carry: false, change: false, ground: [9, 5], tie: [2, 5] };
  function look(link) {
    const lit = !bright || (bright.links ? bright.links.has(link.id) : bright.has(link.from) && bright.has(link.to));
    const own = bright && bright.links && lit;
    const colour = own && link.group !== "change" ? ink.ink : ink.group[link.group];
    return {
      color: { color: colour, highlight: colour, hover: colour, opacity: lit ? (own ? 1 : page.edges.length > 200 ? 0.5 : 0.85) : 0.07 },
      dashes: dashes[link.group],
      width: (link.group === "change" ? 2 : 1.4) * (own ? (bright.links.size > 30 ? 1.1 : 1.4) : 1) / Math.max(0.35, Math.min(1, scale)),
    };
  }
  const few = 14;
  function texted(link) {
    if (chosen === null) return bright ? Boolean(bright.links && bright.links.has(link.id)) : page.edgeLabels;
    return (link.from === chosen || link.to === chosen) && out[chosen].length + into[chosen].length <= few;
  }
  // vis keeps the old label where the new one is empty: a blank takes its place.
  const labelled = new Set();
  const face = (link) => texted(link) ? labelled.add(link.id) && {
    label: link.label,
    font: { size: 13, face: ink.sans, color: ink.ink, strokeWidth: 6, strokeColor: ink.band, align: "horizontal" },
  } : labelled.delete(link.id) ? { label: " " } : {};
  const nodes = new vis.DataSet([...placed.values()].map((node) => ({ ...node, ctxRenderer: renderer })));
  const edges = new vis.DataSet(read("data-edges").map((edge) => ({ ...edge, ...look(links[edge.id]), ...face(links[edge.id]) })));
  const box = $("mynetwork");
  const network = new vis.Network(box, { nodes, edges }, read("data-options"));
  window.chidao = { network, nodes, edges, page };

  const spot = (id) => placed.get(id);
  function restyle() {
    edges.update(links.map((link) => ({ id: link.id, ...look(link), ...face(link) })));
  }

  network.on("beforeDrawing", (ctx) => {
    scale = network.getScale();
    const from = network.DOMtoCanvas({ x: 0, y: 0 });
    const to = network.DOMtoCanvas({ x: box.clientWidth, y: box.clientHeight });
    page.bands.forEach((band, index) => {
      ctx.fillStyle = ink.band;
      ctx.fillRect(from.x, band.top, to.x - from.x, band.bottom - band.top);
      ctx.fillStyle = ink.level[band.level];
      ctx.fillRect(from.x, band.top, 4 / scale, band.bottom - band.top);
    });
  });
  // Captions stay at the left edge, whatever part of the band is in view.
  network.on("afterDrawing", (ctx) => {
    const from = network.DOMtoCanvas({ x: 0, y: 0 });
    const to = network.DOMtoCanvas({ x: box.clientWidth, y: box.clientHeight });
    ctx.textAlign = "left";
    ctx.textBaseline = "top";
    ctx.font = `600 ${13 / scale}px ${ink.sans}`;
    ctx.lineWidth = 4 / scale;
    ctx.lineJoin = "round";
    for (const band of page.bands) {
      if (band.bottom < from.y || band.top > to.y) continue;
      const y = Math.min(Math.max(band.top, from.y) + 7 / scale, band.bottom - 20 / scale);
      ctx.strokeStyle = ink.band;
      ctx.strokeText(band.label, from.x + 14 / scale, y);
      ctx.fillStyle = ink.level[band.level];
      ctx.fillText(band.label, from.x + 14 / scale, y);
    }
  });

  /* View */
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const narrow = () => matchMedia("(max-width: 760px)").matches;
  /* The part of the stage that captions, buttons and panel leave free. */
  function free() {
    const panel = $("panel").hidden ? null : $("panel");
    const left = narrow() ? 0 : 116;
    const bottom = panel && narrow() ? panel.offsetHeight : 44;
    return { left, bottom, right: panel && !narrow() ? panel.offsetWidth : 0,
      get width() { return box.clientWidth - this.left - this.right; },
      get height() { return box.clientHeight - this.bottom; } };
  }
  function move(x, y, to, animate) {
    const room = free();
    const shift = { x: (room.right - room.left) / 2 / to, y: room.bottom / 2 / to };
    fitted = false;
    network.moveTo({
      position: { x: x + shift.x, y: y + shift.y },
      scale: to,
      animation: animate && !still ? { duration: 260, easingFunction: "easeInOutQuad" } : false,
    });
  }
  function edgesOf(ids) {
    let l = Infinity, r = -Infinity, t = Infinity, b = -Infinity;
    for (const { x, y } of ids.map(spot)) {
      l = Math.min(l, x - W / 2); r = Math.max(r, x + W / 2);
      t = Math.min(t, y - H / 2 - 34); b = Math.max(b, y + H / 2 + 34);
    }
    return { l, r, t, b };
  }
  // Where a view as wide as `view` stands so as to hold `at` and as little emptiness as possible.
  const within = (at, low, high, view) =>
    (high - low <= view ? (low + high) / 2 : Math.min(Math.max(at, low + view / 2), high - view / 2));
  function frame(ids, animate, least) {
    if (!ids.length) return;
    const { l, r, t, b } = edgesOf(ids);
    const room = free();
    const fit = Math.min((room.width - 24) / (r - l), (room.height - 10) / (b - t), 1.15);
    if (!(fit > 0)) return; // the stage is not in view
    const to = fit >= (least || 0) * 0.75 ? fit : least;
    const { x, y } = chosen !== null ? spot(chosen) : { x: l, y: t };
    move(within(x, l - 12, r + 12, room.width / to), within(y, t, b, room.height / to), to, animate);
    fitted = to === fit;
  }
  let fitted = false;
  const shown = () => info.map((node) => node.id).filter((id) => !hiddenNodes.has(id));
  const whole = (animate) => frame(shown(), animate);
  function reveal(id, close) {
    const { x, y } = spot(id);
    const room = free();
    const at = network.canvasToDOM({ x, y });
    const now = network.getScale();
    const margin = { x: (W / 2) * now + 12, y: (H / 2) * now + 12 };
    const inside = at.x > margin.x && at.y > margin.y && at.x < room.left + room.width - margin.x && at.y < room.height - margin.y;
    if (inside && !(close && now < 0.5)) return;
    const to = close ? Math.max(now, 0.8) : now;
    const { l, r, t, b } = edgesOf(shown());
    move(within(x, l - 12, r + 12, room.width / to), within(y, t, b, room.height / to), to, true);
  }
  function zoom(by) {
    const centre = network.getViewPosition();
    fitted = false;
    network.moveTo({ position: centre, scale: Math.min(3, Math.max(0.03, network.getScale() * by)) });
    rescale();
  }

  /* Panel */
  function make(tag, text, className) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  }
  const detail = $("detail");
  const trail = [];
  let current = null;

  function quote(item) {
    const block = make("blockquote");
    const sentence = item.sentence || "(không có câu trích)";
    const at = item.quote ? sentence.indexOf(item.quote) : -1;
    if (at < 0) block.append(sentence);
    else block.append(sentence.slice(0, at), make("mark", item.quote), sentence.slice(at + item.quote.length));
    const where = [item.source, item.place].filter(Boolean).join(", ");
    if (where) block.append(make("cite", where));
    return block;
  }
  function evidence(link, parent, first) {
    if (link.certainty && link.certainty !== "explicit") {
      parent.append(make("p", "Quan hệ suy ra từ ngữ cảnh, văn bản không nói thẳng.", "doubt"));
    }
    const rows = link.evidence;
    if (!rows.length) parent.append(make("p", "Không có câu làm chứng.", "doubt"));
    rows.slice(0, first).forEach((row) => parent.append(quote(row)));
    if (rows.length > first) more(parent, rows.length - first, "câu", () => rows.slice(first).forEach((row) => parent.append(quote(row))));
  }
  function more(parent, count, what, act) {
    const button = make("button", `Xem thêm ${count} ${what}`, "more");
    button.type = "button";
    button.addEventListener("click", () => { button.remove(); act(); });
    parent.append(button);
  }
  function jump(id) {
    const node = info[id];
    const button = make("button", node.label, "link");
    button.type = "button";
    button.dataset.level = node.level;
    const under = node.title && node.title !== node.label ? node.title : [node.issuer, node.date].filter(Boolean).join(", ");
    if (under) button.append(make("small", under));
    button.addEventListener("click", () => select(id, { reveal: true, focus: true }));
    return button;
  }
  function eyebrow(level, text) {
    const line = make("p", undefined, "eyebrow");
    const mark = make("i", undefined, "level");
    mark.dataset.level = level;
    line.append(mark, text);
    return line;
  }
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  function heading(text) {
    const title = make("h2", text);
    title.tabIndex = -1;
    return title;
  }
  function group(text, rows, other) {
    const section = document.createDocumentFragment();
    const head = make("h3", capital(text));
    head.append(make("b", String(rows.length)));
    const list = make("ol");
    const add = (link) => {
      const item = make("li");
      item.append(jump(other(link)));
      evidence(link, item, 2);
      list.append(item);
    };
    const first = 25;
    rows.slice(0, first).forEach(add);
    section.append(head, list);
    if (rows.length > first) more(section, rows.length - first, "văn bản", () => rows.slice(first).forEach(add));
    return section;
  }
  function grouped(rows, name) {
    const groups = new Map();
    for (const row of rows) {
      const key = row[name];
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(row);
    }
    return groups;
  }
  function describe(id) {
    const node = info[id];
    const parts = [eyebrow(node.level, [node.kind === "body" ? "Cơ quan, tổ chức" : node.type || "Văn bản", node.levelLabel].join(" · ")), heading(node.label)];
    if (node.title && node.title !== node.label) parts.push(make("p", node.title, "title"));
    if (node.kind !== "body") {
      const list = make("dl");
      for (const [term, value] of [["Số, ký hiệu", node.number], ["Cơ quan ban hành", node.issuer], ["Ngày", node.date]]) {
        list.append(make("dt", term), make("dd", value || "không nêu", value ? "" : "missing"));
      }
      parts.push(list);
    }
    for (const [label, rows] of grouped(into[id], "inverse")) parts.push(group(label, rows, (link) => link.from));
    for (const [label, rows] of grouped(out[id], "label")) parts.push(group(label, rows, (link) => link.to));
    if (!out[id].length && !into[id].length) parts.push(make("p", "Chưa có quan hệ nào trong trang này.", "doubt"));
    parts.push(make("p", node.iri, "iri"));
    return parts;
  }
  function describeLink(link) {
    const parts = [eyebrow(info[link.from].level, "Quan hệ")];
    const title = heading(capital(link.label));
    const list = make("ol");
    for (const [id, text] of [[link.from, "Từ"], [link.to, "Đến"]]) {
      const item = make("li");
      item.append(make("p", text, "doubt"), jump(id));
      list.append(item);
    }
    const head = make("h3", "Câu làm chứng");
    head.append(make("b", String(link.evidence.length)));
    const quotes = make("div");
    evidence(link, quotes, 20);
    parts.push(title, list, head, quotes);
    return parts;
  }
  function show(parts, what, options) {
    if (options.back) trail.pop();
    else if (current) trail.push(current);
    current = what;
    $("back").hidden = !trail.length;
    detail.replaceChildren(...parts);
    const opened = $("panel").hidden;
    $("panel").hidden = false;
    // What showed the whole still does, beside the panel.
    if (opened && fitted) whole(true);
    $("panel").scrollTop = 0;
    if (options.focus) detail.querySelector("h2").focus();
  }
  function around(id) {
    const set = new Set([id]);
    set.links = new Set();
    for (const link of out[id].concat(into[id])) {
      if (hiddenLinks.has(link.id)) continue;
      set.add(link.from).add(link.to);
      set.links.add(link.id);
    }
    return set;
  }
  function select(id, options = {}) {
    chosen = id;
    bright = around(id);
    network.selectNodes([id], false);
    show(describe(id), { node: id }, options);
    restyle();
    if (options.reveal || (options.reveal === undefined && !fitted)) reveal(id, options.reveal);
    network.redraw();
  }
  function selectLink(index, options = {}) {
    const link = links[index];
    chosen = null;
    bright = new Set([link.from, link.to]);
    bright.links = new Set([index]);
    network.setSelection({ nodes: [], edges: [index] }, { highlightEdges: false });
    show(describeLink(link), { link: index }, options);
    restyle();
    network.redraw();
  }
  function clear() {
    chosen = null;
    bright = null;
    current = null;
    trail.length = 0;
    network.unselectAll();
    $("panel").hidden = true;
    restyle();
    if (fitted) whole(true);
    network.redraw();
  }
  $("close").addEventListener("click", () => { clear(); box.focus({ preventScroll: true }); });
  $("back").addEventListener("click", () => {
    const last = trail[trail.length - 1];
    if (!last) return;
    if ("node" in last) select(last.node, { back: true, reveal: true, focus: true });
    else selectLink(last.link, { back: true, focus: true });
  });

  network.on("click", (event) => {
    hint(null);
    if (event.nodes.length) select(event.nodes[0]);
    else if (event.edges.length) selectLink(event.edges[0]);
    else clear();
  });
  network.on("dragEnd", (event) => {
    for (const id of event.nodes) Object.assign(placed.get(id), network.getPosition(id));
  });
  network.on("doubleClick", (event) => {
    if (event.nodes.length) move(spot(event.nodes[0]).x, spot(event.nodes[0]).y, 1, true);
  });

  function hint(lines, at) {
    const element = $("hint");
    element.hidden = !lines;
    if (!lines) return;
    element.replaceChildren(make("strong", lines[0]), ...lines.slice(1).filter(Boolean).map((line) => make("span", line)));
    const x = Math.min(at.x + 16, box.clientWidth - element.offsetWidth - 8);
    const y = at.y + 20 + element.offsetHeight > box.clientHeight ? at.y - element.offsetHeight - 12 : at.y + 20;
    element.style.left = Math.max(8, x) + "px";
    element.style.top = Math.max(8, y) + "px";
  }
  network.on("hoverNode", (event) => {
    const node = info[event.node];
    box.style.cursor = "pointer";
    const title = node.title.length > 140 ? node.title.slice(0, 140) + "…" : node.title;
    hint([node.label, title !== node.label ? title : "", ""], event.pointer.DOM);
  });
  network.on("hoverEdge", (event) => {
    const link = links[event.edge];
    box.style.cursor = "pointer";
    hint([`${info[link.from].label} ${link.label} ${info[link.to].label}`], event.pointer.DOM);
  });
  const leave = () => { box.style.cursor = "default"; hint(null); };
  network.on("blurNode", leave);
  network.on("blurEdge", leave);
  network.on("dragStart", leave);
  network.on("zoom", leave);
  network.on("dragEnd", () => { fitted = false; });
  network.on("zoom", () => { fitted = false; });
  network.on("resize", () => { if (fitted) whole(false); });

  /* Widths of lines follow the scale in steps, so that they can be seen from afar. */
  let step = null;
  function rescale() {
    const now = Math.round(2 * Math.log2(network.getScale()));
    if (now === step) return;
    step = now;
    scale = network.getScale();
    restyle();
  }
  network.on("zoom", rescale);
  network.on("animationFinished", rescale);

  /* A mere citation is not drawn beside a relation that says more of the same two documents. */
  function coverCitations() {
    const pair = (link) => link.from * info.length + link.to;
    const told = new Set(links.filter((link) => link.group !== "tie" && !hiddenLinks.has(link.id)).map(pair));
    covered = new Set(links.filter((link) => link.group === "tie" && told.has(pair(link))).map((link) => link.id));
    edges.update(links.map((link) => ({ id: link.id, hidden: hiddenLinks.has(link.id) || covered.has(link.id) })));
  }
  let covered = new Set();

  /* Filters */
  const boxes = (id) => [...document.querySelectorAll(`#${id} input`)];
  function filter() {
    const off = (id) => new Set(boxes(id).filter((input) => !input.checked).map((input) => input.value));
    const levels = off("by-level"), relations = off("by-relation"), families = off("by-family");
    hiddenNodes.clear();
    hiddenLinks.clear();
    for (const node of info) if (levels.has(node.level) || families.has(node.family)) hiddenNodes.add(node.id);
    for (const link of links) {
      if (relations.has(link.predicate) || hiddenNodes.has(link.from) || hiddenNodes.has(link.to)) hiddenLinks.add(link.id);
    }
    if ($("linked").checked) {
      const open = (link) => !hiddenLinks.has(link.id);
      for (const node of info) if (!out[node.id].some(open) && !into[node.id].some(open)) hiddenNodes.add(node.id);
    }
    nodes.update(info.map((node) => ({ id: node.id, hidden: hiddenNodes.has(node.id) })));
    coverCitations();
    for (const row of document.querySelectorAll("#list tbody tr")) row.hidden = hiddenNodes.has(Number(row.dataset.node));
    $("nothing").hidden = hiddenNodes.size < info.length;
    tell();
    if (chosen !== null && hiddenNodes.has(chosen)) clear();
    else if (chosen !== null) { bright = around(chosen); restyle(); }
    search();
  }
  const all = $("count").textContent;
  const digits = (value) => value.toLocaleString("vi-VN");
  function tell() {
    const partial = hiddenNodes.size || hiddenLinks.size;
    $("count").textContent = partial
      ? `${all} (đang hiện ${digits(info.length - hiddenNodes.size)} nút, ${digits(links.length - hiddenLinks.size)} quan hệ)` : all;
  }
  $("filters").addEventListener("change", filter);
  $("reset").addEventListener("click", () => {
    for (const input of $("filters").querySelectorAll("input")) input.checked = input.id !== "linked";
    filter();
  });

  /* Search: "nghi quyet 15" finds "Nghị quyết 15-NQ/TW". */
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const index = info.map((node) => ({
    id: node.id,
    name: fold(node.label + " " + node.number),
    rest: fold([node.title, node.issuer, node.type, node.date].join(" ")),
  }));
  const starts = (text, word) => new RegExp("(^|[^\\p{L}\\p{N}])" + word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"), "u").test(text);
  function find(query) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    if (!words.length) return null;
    const found = [];
    for (const row of index) {
      if (hiddenNodes.has(row.id)) continue;
      let points = 0;
      for (const word of words) {
        if (starts(row.name, word)) points += 4;
        else if (row.name.includes(word)) points += 2;
        else if (row.rest.includes(word)) points += 1;
        else { points = -1; break; }
      }
      if (points > 0) found.push({ id: row.id, points: points * 1000 + out[row.id].length + into[row.id].length });
    }
    return found.sort((a, b) => b.points - a.points || a.id - b.id).map((row) => row.id);
  }
  const query = $("query"), hits = $("hits");
  let active = -1;
  function mark(next) {
    const items = [...hits.children];
    active = items.length ? (next + items.length) % items.length : -1;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
    if (active >= 0) {
      query.setAttribute("aria-activedescendant", items[active].id);
      items[active].scrollIntoView({ block: "nearest" });
    } else query.removeAttribute("aria-activedescendant");
  }
  function pick(id) {
    hits.hidden = true;
    query.setAttribute("aria-expanded", "false");
    watch("graph");
    select(id, { reveal: true, focus: true });
  }
  function search() {
    const found = find(query.value);
    hits.replaceChildren();
    hits.hidden = !found;
    query.setAttribute("aria-expanded", String(Boolean(found)));
    $("found").textContent = found ? `${found.length} kết quả` : "";
    if (found) {
      for (const id of found.slice(0, 30)) {
        const node = info[id];
        const item = make("li");
        item.id = "hit-" + id;
        item.dataset.level = node.level;
        item.setAttribute("role", "option");
        item.append(make("strong", node.label), make("span", node.title || [node.issuer, node.date].filter(Boolean).join(", ")));
        item.addEventListener("click", () => pick(id));
        hits.append(item);
      }
      if (!found.length) {
        const none = make("li", "Không tìm thấy");
        none.setAttribute("aria-disabled", "true");
        hits.append(none);
      }
    }
    mark(found && found.length ? 0 : -1);
    bright = found ? new Set(found) : chosen !== null ? around(chosen) : null;
    restyle();
    network.redraw();
  }
  query.addEventListener("input", search);
  query.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (hits.hidden) search();
      else mark(active + (event.key === "ArrowDown" ? 1 : -1));
      event.preventDefault();
    } else if (event.key === "Enter" && active >= 0 && !hits.hidden) {
      hits.children[active].click();
    } else if (event.key === "Escape") {
      query.value = "";
      search();
      event.preventDefault();
    }
  });

  /* Keys */
  function walk(dx, dy) {
    const from = chosen !== null ? spot(chosen) : network.getViewPosition();
    let best = null, least = Infinity;
    for (const id of shown()) {
      if (id === chosen) continue;
      const x = spot(id).x - from.x, y = spot(id).y - from.y;
      const along = x * dx + y * dy, beside = Math.abs(x * dy) + Math.abs(y * dx);
      if (chosen !== null && (along <= 1 || beside > along * 3)) continue;
      const cost = chosen === null ? x * x + y * y : along + beside * 2;
      if (cost < least) { least = cost; best = id; }
    }
    if (best !== null) select(best);
  }
  const keys = {
    ArrowUp: () => walk(0, -1), ArrowDown: () => walk(0, 1), ArrowLeft: () => walk(-1, 0), ArrowRight: () => walk(1, 0),
    "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), "0": () => whole(true),
    Enter: () => { if (!$("panel").hidden) detail.querySelector("h2").focus(); },
  };
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    keys[event.key]();
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !$("panel").hidden) {
      clear();
      box.focus({ preventScroll: true });
    } else if (event.key === "/" && !/^(input|textarea)$/i.test(event.target.tagName)) {
      query.focus();
      query.select();
      event.preventDefault();
    }
  });
  $("zoom-in").addEventListener("click", () => zoom(1.3));
  $("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  $("zoom-all").addEventListener("click", () => whole(true));

  /* Graph or list */
  function watch(view) {
    const list = view === "list";
    $("list").hidden = !list;
    $("stage").hidden = list;
    $("panel").hidden = list || current === null;
    $("view-list").setAttribute("aria-pressed", String(list));
    $("view-graph").setAttribute("aria-pressed", String(!list));
    if (!list) { network.setSize("100%", "100%"); network.redraw(); }
  }
  $("view-graph").addEventListener("click", () => watch("graph"));
  $("view-list").addEventListener("click", () => watch("list"));
  document.querySelector(".skip").addEventListener("click", () => watch("list"));
  for (const row of document.querySelectorAll("#list tbody tr")) {
    const name = row.querySelector(".name");
    const button = make("button", name.textContent, "name");
    button.type = "button";
    button.addEventListener("click", () => { watch("graph"); select(Number(row.dataset.node), { reveal: true, focus: true }); });
    name.replaceWith(button);
  }

  /* Light and dark */
  const dark = matchMedia("(prefers-color-scheme: dark)");
  function recolour() {
    readColours();
    drawLegend();
    restyle();
    network.redraw();
  }
  $("theme").addEventListener("click", () => {
    const now = root.dataset.theme || (dark.matches ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    recolour();
  });
  dark.addEventListener("change", recolour);

  /* Start */
  coverCitations();
  if (narrow()) $("filters").open = false;
  watch("graph");
  // All of it, or as much as can be read around the focus.
  const wide = !narrow();
  if (page.focus !== null && wide) select(page.focus, { reveal: false });
  else if (page.focus !== null) bright = around((chosen = page.focus));
  frame(shown(), false, wide ? (page.focus === null ? 0 : 0.3) : 0.5);
  rescale();
  requestAnimationFrame(() => { network.redraw(); root.dataset.ready = "true"; });
})();
