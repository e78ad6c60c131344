// Lists, filters and shows practices that another site holds. Its address stands in api.json.
// The address of this page says what is shown: ?locale=&q=&country=&theme= for a list, and
// ?practice=OSUMI-PER-0007 for one practice; so links, reloading and the back button work.

const TEXTS = {
  es: {
    title: "Experiencias", language: "Idioma", words: "Palabras", country: "País", theme: "Tema",
    search: "Buscar", more: "Más experiencias", any: "Todos", back: "Volver a la lista",
    count: { one: "1 experiencia", other: "# experiencias" }, pdf: "Ficha en PDF", page: "Página de la experiencia",
    wait: "Cargando…", failed: "No se pudo leer: ", missing: "Esta experiencia no está publicada.",
  },
  "pt-br": {
    title: "Experiências", language: "Idioma", words: "Palavras", country: "País", theme: "Tema",
    search: "Buscar", more: "Mais experiências", any: "Todos", back: "Voltar à lista",
    count: { one: "1 experiência", other: "# experiências" }, pdf: "Ficha em PDF", page: "Página da experiência",
    wait: "Carregando…", failed: "Não foi possível ler: ", missing: "Esta experiência não está publicada.",
  },
};
const TAGS = { es: "es", "pt-br": "pt-BR" };
const PER_PART = 10;
const FACETS = ["country", "theme"];

const asked = new URLSearchParams(location.search);
const locale = asked.get("locale") in TEXTS ? asked.get("locale") : "es";
const say = TEXTS[locale];
const { api } = await (await fetch("api.json")).json();
const form = document.forms[0];
const [status, list, more, article] = ["status", "list", "more", "practice"].map((id) => document.getElementById(id));

/** An element with attributes and children; text goes in as text, never as HTML. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** An answer of the API; raises an error with the words of its problem. */
async function ask(path, parameters) {
  const response = await fetch(`${api}${path}?${new URLSearchParams(parameters)}`);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.errors?.[0]?.detail ?? answer.detail, { cause: response.status });
  return answer;
}

function number(count) {
  const form = new Intl.PluralRules(TAGS[locale]).select(count) === "one" ? "one" : "other";
  return say.count[form].replace("#", count.toLocaleString(TAGS[locale]));
}

function address(parameters) {
  return `?${new URLSearchParams({ locale, ...parameters })}`;
}

function entry(practice) {
  const link = element("a", { href: address({ practice: practice.code }), lang: TAGS[practice.locale] }, practice.title);
  const facts = [practice.country_name, ...practice.themes.map((theme) => theme.label)].join(" · ");
  return element(
    "li", {},
    element("h2", {}, link),
    element("p", { lang: TAGS[practice.locale] }, practice.summary),
    element("p", { class: "facts" }, `${practice.code} · ${facts}`),
  );
}

function fill(select, facet) {
  const options = facet.values.map(({ value, label, count }) => element("option", { value }, `${label} (${count})`));
  select.replaceChildren(element("option", { value: "" }, say.any), ...options);
  select.value = asked.get(facet.name) ?? "";
}

async function showList() {
  const wanted = Object.fromEntries(["q", ...FACETS].map((name) => [name, asked.get(name)]).filter(([, value]) => value));
  form.elements.q.value = asked.get("q") ?? "";
  const fields = "code,title,summary,locale,country_name,themes";
  let shown = 0;
  async function next() {
    const part = await ask("practices/", { ...wanted, locale, fields, limit: PER_PART, offset: shown, facets: shown === 0 });
    for (const facet of part.facets ?? []) if (FACETS.includes(facet.name)) fill(form.elements[facet.name], facet);
    const entries = part.items.map(entry);
    list.append(...entries);
    if (shown) entries[0]?.querySelector("a").focus(); // where reading goes on
    shown += entries.length;
    more.hidden = !entries.length || shown >= part.count;
    status.textContent = number(part.count);
  }
  more.addEventListener("click", () => next().catch(fail));
  await next();
}

/** What an item of the ficha holds; the API says which of its forms it has. */
function content(item) {
  if (item.html !== undefined) {
    const text = element("div", { lang: TAGS[item.locale] });
    text.innerHTML = item.html;
    return text;
  }
  if (item.value) return element("p", { lang: TAGS[item.value.locale ?? locale] }, item.value.text ?? item.value.label);
  return element("ul", {}, ...item.values.map((value) => line(value, item.locale ?? value.locale ?? locale)));
}

function line(value, language) {
  const attributes = { lang: TAGS[language] };
  if (value.figure !== undefined) return element("li", attributes, element("strong", {}, value.figure), ` ${value.description}`);
  if (value.url !== undefined) return element("li", attributes, element("a", { href: value.url }, value.title));
  return element("li", attributes, value.text ?? value.label);
}

async function showPractice(code) {
  form.hidden = true;
  const practice = await ask(`practices/${encodeURIComponent(code)}/`, { locale });
  document.title = practice.title;
  const items = Object.values(practice.ficha).filter((item) => item !== null);
  article.replaceChildren(
    element("p", {}, element("a", { href: address({}) }, say.back)),
    element("h1", { lang: TAGS[practice.locale] }, practice.title),
    element("p", { class: "facts" }, practice.code),
    ...items.flatMap((item) => [element("h2", {}, `${item.number} ${item.label}`), content(item)]),
    element("p", {}, element("a", { href: practice.pdf_url }, say.pdf), " · ", element("a", { href: practice.url }, say.page)),
  );
  article.hidden = false;
  status.textContent = "";
}

function fail(error) {
  status.textContent = error.cause === 404 ? say.missing : `${say.failed}${error.message}`;
}

document.documentElement.lang = TAGS[locale];
document.title = say.title;
for (const part of document.querySelectorAll("[data-text]")) part.textContent = say[part.dataset.text];
for (const part of document.querySelectorAll("[data-label]")) part.ariaLabel = say[part.dataset.label];
for (const link of document.querySelectorAll("header nav a")) {
  const parameters = new URLSearchParams(asked);
  parameters.set("locale", new URLSearchParams(link.search).get("locale"));
  link.search = parameters;
  if (parameters.get("locale") === locale) link.ariaCurrent = "true";
}
document.querySelector(".name a").search = address({});
form.append(element("input", { type: "hidden", name: "locale", value: locale }));
status.textContent = say.wait;
(asked.get("practice") ? showPractice(asked.get("practice")) : showList()).catch(fail);
