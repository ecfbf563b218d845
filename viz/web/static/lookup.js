/* Search in a written site: words without diacritics, the last one as far as it is typed, numbers without leading zeros. */
(function () {
  "use strict";
  const box = document.getElementById("lookup");
  const field = document.getElementById("lookup-words");
  const list = document.getElementById("lookup-hits");
  const status = document.getElementById("lookup-status");
  const MOST = 50;
  const words = (text) =>
    (text.replace(/\/\s*TƯ(?!\p{L})/giu, "/TW").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().match(/[a-z0-9]+/g) || [])
      .map((word) => (/^\d+$/.test(word) ? word.replace(/^0+(?=\d)/, "") : word));
  const entries = window.chidaoSearch.map(([label, title, issuer, date, level, file], place) => ({
    label, title, issuer, date, level, file, place,
    name: words(label), rest: words(title + " " + issuer + " " + date.slice(0, 4)),
  }));
  const root = box.dataset.root.replace(/static\/?$/, "");

  function score(entry, asked) {
    let sum = 0;
    for (let i = 0; i < asked.length; i++) {
      const word = asked[i];
      const fits = (other) => other === word || (i === asked.length - 1 && !/^\d+$/.test(word) && other.startsWith(word));
      if (entry.name.some(fits)) sum += 3;
      else if (entry.rest.some(fits)) sum += 1;
      else return 0;
    }
    return sum + (entry.name.join(" ").includes(asked.join(" ")) ? 5 : 0);
  }

  function show() {
    const asked = words(field.value);
    const found = !asked.length ? entries
      : entries.map((entry) => [score(entry, asked), entry]).filter(([sum]) => sum).sort((a, b) => b[0] - a[0] || a[1].place - b[1].place).map(([, entry]) => entry);
    list.replaceChildren(...found.slice(0, MOST).map((entry) => {
      const link = document.createElement("a");
      link.className = "doc";
      link.href = root + entry.file;
      link.textContent = entry.label;
      const title = document.createElement("span");
      title.className = "title";
      title.textContent = entry.title ? " " + entry.title : "";
      const meta = document.createElement("p");
      meta.className = "meta";
      meta.textContent = [entry.issuer, entry.date.split("-").reverse().join("/")].filter(Boolean).join(" · ");
      const holder = document.createElement("div");
      holder.append(link, title, meta);
      const item = document.createElement("li");
      item.append(holder);
      return item;
    }));
    status.textContent = !found.length ? box.dataset.none : found.length + (found.length > MOST ? " · " + box.dataset.more : "");
  }
  field.addEventListener("input", show);
  show();
})();
