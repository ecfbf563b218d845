// The query editor: YASGUI on <div id="yasgui" data-endpoint data-base>, instead of the plain form in #plain-sparql, whose query it takes
// over. Nothing is asked of any place but that endpoint: no completion from elsewhere, no proxy, no other endpoint to choose.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import "./sparql.css";

const root = /** @type {any} */ (document.querySelector("#yasgui[data-endpoint]"));
if (root) start();

function start() {
  const { Yasqe, Yasr, Tab } = Yasgui;
  const endpoint = new URL(root.dataset.endpoint, location.href).href;
  const plain = /** @type {any} */ (document.querySelector("#plain-sparql"));
  const asked = plain?.querySelector("textarea[name=query]")?.value.trim() ?? "";
  const known = document.querySelector("script#sparql-prefixes[type='application/json']");
  const prefixes = known ? JSON.parse(known.textContent) : {};
  const usual = `${Object.entries(prefixes).filter(([name]) => name === "chidao" || name === "rdfs").map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join("")}SELECT ?document ?label WHERE {\n  ?document a chidao:Document ; rdfs:label ?label .\n}\nLIMIT 20`;

  for (const name of Object.keys(Yasqe.Autocompleters)) if (name !== "variables") delete Yasqe.Autocompleters[name];
  Yasqe.defaults.autocompleters = ["variables"];
  Yasqe.defaults.prefixCcApi = null;
  Yasqe.defaults.value = asked || usual; // of the first tab there ever is
  Yasr.defaults.prefixes = prefixes;
  Yasr.plugins.table.defaults.openIriInNewWindow = false;
  // A link to a query is this page's own: what the plain form would send.
  Tab.prototype.getShareableLink = function link() {
    return `${location.origin}${location.pathname}?${new URLSearchParams({ query: this.getYasqe().getValue() })}`;
  };
  root.hidden = false;
  const yasgui = new Yasgui(root, {
    autofocus: false,
    copyEndpointOnNewTab: false,
    populateFromUrl: false,
    corsProxy: undefined,
    persistenceId: "chidao-sparql",
    requestConfig: { endpoint, method: "POST", headers: {}, args: [] },
    endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => {} },
  });
  /** @type {any} */ (yasgui.config.yasqe).value = Yasqe.defaults.value = usual;
  // What was kept in this browser may name another endpoint.
  for (const tab of Object.values(yasgui._tabs)) tab?.setEndpoint(endpoint);
  yasgui.on("tabSelect", (_, id) => yasgui.getTab(id)?.setEndpoint(endpoint));
  if (asked) {
    const same = Object.values(yasgui._tabs).find((tab) => tab?.getPersistedJson().yasqe.value.trim() === asked);
    if (same) yasgui.selectTabId(same.getId());
    else yasgui.addTab(true, { ...Tab.getDefaults(yasgui), name: document.querySelector("[aria-current=true]")?.textContent.trim().slice(0, 40) || "SPARQL", yasqe: { value: asked } });
    yasgui.getTab()?.setEndpoint(endpoint);
  }
  if (plain) plain.hidden = true;
  named();
  links();
  root.dataset.ready = "true";
}

/** Names for what YASGUI leaves unnamed, for those who hear the page. */
function named() {
  const vietnamese = document.documentElement.lang === "vi";
  const name = () => {
    // A list of tabs may hold tabs alone; the button that adds one stands in YASGUI's list.
    const add = document.querySelector(".yasgui .tabsList button.addTab, .yasgui .tabsList > button");
    if (add && add.getAttribute("role") !== "tab") {
      add.setAttribute("role", "tab");
      add.setAttribute("aria-selected", "false");
    }
    for (const field of root.querySelectorAll(".CodeMirror textarea")) if (!field.hasAttribute("aria-label")) field.setAttribute("aria-label", vietnamese ? "Truy vấn SPARQL" : "SPARQL query");
    for (const field of root.querySelectorAll(".tableFilter")) if (!field.hasAttribute("aria-label")) field.setAttribute("aria-label", vietnamese ? "Lọc kết quả" : "Filter the results");
  };
  name();
  new MutationObserver(name).observe(root, { childList: true, subtree: true });
}

/** An IRI of this graph in a result leads to its page here. */
function links() {
  const bases = [[root.dataset.base, root.dataset.pages ?? "/"], [root.dataset.bodies, `${root.dataset.pages ?? "/"}body/`]].filter(([base]) => base);
  const lead = () => {
    for (const link of root.querySelectorAll(".yasr_results a.iri:not([data-led])")) {
      link.dataset.led = "true";
      const iri = link.getAttribute("href") ?? "";
      for (const [base, pages] of bases) {
        if (iri.startsWith(base) && (/^(document|body)\//.test(iri.slice(base.length)) || pages.endsWith("body/"))) {
          link.setAttribute("href", pages + iri.slice(base.length));
          link.title = iri;
          link.removeAttribute("target");
          link.textContent = decode(iri.slice(base.length));
          break;
        }
      }
    }
  };
  new MutationObserver(lead).observe(root, { childList: true, subtree: true });
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
