
"use strict";
// Texts enter the page as text alone (textContent), addresses only as Python let them through.
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (selector) => document.querySelector(selector);
const form = $("#filters"), body = $("#incidents tbody"), ROWS = 50;
const all = data.incidents, names = { ...data.events, ...data.kinds };
const headlines = new Map();
for (const { title } of all) headlines.set(title, (headlines.get(title) ?? 0) + 1);
let shown = all, first = 0, opened = null, printing = false;

/** An element; attributes that are null or false are left out, children are elements or texts. */
function make(tag, attributes = {}, ...children) {
  const svg = /^(svg|g|path|circle|text|title)$/.test(tag);
  const made = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  made.append(...children.flat().filter((one) => one !== null && one !== ""));
  return made;
}
const number = (value) => (value === null ? "?" : value.toLocaleString("en"));
const plural = (count, noun) => `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
const link = (address, text) => address ? make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, text) : text;

/** The numbers as they are printed: "19", "≥ 41", "14–?–41". */
function numbers(toll) {
  const { low, best, high } = toll;
  if (best !== null && high === null) return `≥ ${number(best)}`;
  if (best !== null && low === best && high === best) return number(best);
  return [low, best, high].map(number).join("–");
}
/** The largest number of a toll. */
const peak = (toll) => Math.max(toll.low ?? 0, toll.best ?? 0, toll.high ?? 0);
const highest = Math.max(1, ...all.flatMap((one) => one.tolls.map(peak)).slice(0, 100000));
const across = (value) => (100 * Math.log1p(Math.max(0, value))) / Math.log1p(highest) * 0.94;

function bar(toll) {
  const at = (kind, left, text = "") => { const made = make("i", { class: kind }, text); made.style.left = `${left}%`; return made; };
  const low = toll.low ?? (toll.high === null ? toll.best ?? 0 : 0), high = toll.high ?? peak(toll);
  const range = at("range", across(low));
  range.style.width = `${across(high) - across(low)}%`;
  return make("span", { class: "scale", "aria-hidden": "true" }, range,
    toll.best === null ? null : at("best", across(toll.best)), toll.high === null ? at("arrow", across(high) + 1, "›") : null);
}

function cell(...children) { return make("td", { role: "cell" }, ...children); }
function opens(key, attributes, ...children) {
  return make("button", { type: "button", "data-opens": key, "aria-expanded": String(opened === key), ...attributes }, ...children);
}
function tollButton(incident, index) {
  const toll = incident.tolls[index], disputed = toll.why !== null;
  return opens(`${incident.id}#${index}`, { class: disputed ? "toll disputed" : "toll",
    "aria-label": `${names[toll.kind] ?? toll.kind}: ${numbers(toll)}${disputed ? ", sources disagree" : ""}. Show the sentences` },
    make("span", {}, names[toll.kind] ?? toll.kind), bar(toll), make("b", {}, numbers(toll)));
}
const dayOf = (one) => !one.day ? "not known" : one.precision === "year" ? one.day.slice(0, 4)
  : one.precision === "month" ? one.day.slice(0, 7) : one.last && one.last !== one.day ? `${one.day} to ${one.last}` : one.day;

/** How the report of an incident begins, where its headline is that of others, too, or missing. */
function beginning(one) {
  if (one.title && headlines.get(one.title) === 1) return null;
  const words = data.sentences[one.reports[0]?.sentences[0]]?.text.split(/\s+/) ?? [];
  if (!words.length) return null;
  const some = words.slice(0, 16).join(" ");
  return make("div", { class: "begins", dir: "auto" }, words.length > 16 ? `${some} …` : some);
}

function row(one) {
  const disputed = one.tolls.filter((toll) => toll.why);
  const chips = one.events.map((event) => make("span", { class: "chip" }, names[event] ?? event));
  return make("tr", { role: "row", "data-incident": one.id },
    cell(dayOf(one)),
    cell(make("span", { dir: "auto" }, one.place ?? make("small", {}, "place not known")), one.country ? make("small", {}, one.country) : null),
    cell(make("span", { class: "title", dir: "auto" }, one.title || "No headline"),
      beginning(one), make("div", { class: "chips" }, chips), make("small", {}, one.status === "decided" ? "decided by people" : "proposed by program")),
    cell(one.tolls.length ? one.tolls.map((_, index) => tollButton(one, index)) : make("small", {}, "no number claimed"),
      disputed.map((toll) => make("small", { class: "disputed-text", dir: "auto" }, `${names[toll.kind] ?? toll.kind}: ${toll.why}`))),
    cell(opens(`${one.id}#reports`, { class: "open" }, plural(one.articles, "article")), make("small", {}, plural(one.sources, "outlet"))));
}

/** A sentence with what was claimed in it; offsets count code points, as everywhere in the data. */
function quote(sentence, from, to) {
  const points = Array.from(sentence.text), cut = (start, end) => points.slice(start, end).join("");
  return make("blockquote", { dir: "auto" }, cut(0, from), to > from ? make("mark", {}, cut(from, to)) : null, cut(to));
}
function origin(sentence) {
  const article = data.articles[sentence.article];
  return make("small", {}, link(article.url, article.title || "Article"), ` · ${article.source || "outlet not known"} · ${article.published || "no date"} · `,
    sentence.task ? link(sentence.task, "task in Label Studio") : `sentence_id ${sentence.id}`);
}
function claims(one, toll) {
  const held = [...toll.claims].sort((a, b) => (b.use === "counted") - (a.use === "counted"));
  return [make("h3", {}, `${names[toll.kind] ?? toll.kind}: ${numbers(toll)}, from ${plural(toll.articles, "article")} and ${plural(toll.sources, "source")}`),
    toll.why ? make("p", { class: "disputed-text" }, `Sources disagree: ${toll.why}`) : null,
    toll.first !== null && toll.first !== toll.latest ? make("p", {}, `First ${number(toll.first)} (${toll.firstDay ?? "no date"}), latest ${number(toll.latest)} (${toll.latestDay ?? "no date"}).`) : null,
    make("ol", {}, held.map((claim) => make("li", { class: claim.use === "counted" ? "counted" : null },
      make("span", { class: "said", dir: "auto" }, claim.by || "nobody named"), ` · ${data.uses[claim.use] ?? claim.use}`,
      quote(data.sentences[claim.sentence], claim.start, claim.end), origin(data.sentences[claim.sentence]))))];
}
function reports(one) {
  return [make("h3", {}, plural(one.reports.length, "report")), make("ol", {}, one.reports.map((report) => make("li", {},
    report.reasons ? `Put together because: ${report.reasons}` : "The first report", report.later ? " · brings a newer number" : "",
    report.by ? ` · joined by ${report.by} on ${report.when}` : "",
    quote({ text: report.sentences.map((key) => data.sentences[key].text).join(" ") }, 0, 0), origin(data.sentences[report.sentences[0]]))))];
}
function more(one, which) {
  const inside = which === "reports" ? reports(one) : claims(one, one.tolls[which]);
  return make("tr", { role: "row", class: "more" }, make("td", { role: "cell", colspan: "5" }, inside));
}

function draw() {
  const some = printing ? shown : shown.slice(first, first + ROWS);
  body.replaceChildren(...some.flatMap((one) => {
    const at = opened?.startsWith(`${one.id}#`) ? opened.slice(one.id.length + 1) : null;
    return at === null ? [row(one)] : [row(one), more(one, at)];
  }));
  $("#pages").hidden = shown.length <= ROWS;
  $("#pages span").textContent = `${number(first + 1)}–${number(Math.min(first + ROWS, shown.length))} of ${number(shown.length)}`;
  $("#pages [data-step='-1']").disabled = first === 0;
  $("#pages [data-step='1']").disabled = first + ROWS >= shown.length;
}

/** What can be searched, made when it is first asked for. */
const haystack = (one) => one.words ??= [one.title, one.place, one.country, ...one.events.map((event) => names[event]),
  ...one.tolls.flatMap((toll) => [toll.why, ...toll.claims.map((claim) => claim.by)]),
  ...one.reports.flatMap((report) => [data.articles[report.article].source, data.articles[report.article].title,
    ...report.sentences.map((key) => data.sentences[key].text)])].join("\n").toLowerCase();
const byDay = (a, b) => (b.day ?? "").localeCompare(a.day ?? "");
const most = (one, kind) => Math.max(-1, ...one.tolls.filter((toll) => !kind || toll.kind === kind).map(peak));

function filter() {
  const asked = Object.fromEntries(new FormData(form)), place = asked.place.trim().toLowerCase();
  const words = asked.text.toLowerCase().split(/\s+/).filter(Boolean);
  const orders = { day: byDay, oldest: (a, b) => (a.day ?? "9999").localeCompare(b.day ?? "9999"), sources: (a, b) => b.sources - a.sources,
    toll: (a, b) => most(b, asked.kind) - most(a, asked.kind), place: (a, b) => (a.place ?? "\uffff").localeCompare(b.place ?? "\uffff") };
  shown = all.filter((one) => (!asked.event || one.events.includes(asked.event)) && (!asked.status || one.status === asked.status)
    && (!asked.kind || one.tolls.some((toll) => toll.kind === asked.kind))
    && (!asked.disputed || one.tolls.some((toll) => toll.why))
    && (!asked.from || (one.last ?? one.day ?? "") >= asked.from) && (!asked.to || (one.day && one.day <= asked.to))
    && (!place || [one.place, one.country, ...one.reports.map((report) => report.place)].some((name) => name?.toLowerCase() === place || (place.length > 2 && name?.toLowerCase().includes(place))))
    && words.every((word) => haystack(one).includes(word))).sort(orders[asked.order]);
  first = 0;
  opened = null;
  const disputed = shown.filter((one) => one.tolls.some((toll) => toll.why)).length;
  $("#found").textContent = `${number(shown.length)} of ${plural(all.length, "incident")}`
    + (disputed ? `; sources disagree on ${number(disputed)}` : "") + (shown.length ? "" : ". Clear a filter to see more.");
  draw(); time(asked); map();
}

/** Incidents a day, month or year, whichever gives bars that can be seen; each sets the dates. */
function time(asked) {
  const days = all.map((one) => one.day).filter(Boolean).sort(), box = $("#time");
  if (!days.length) return box.replaceChildren("No day is known.");
  const [from, to] = [days[0], days[days.length - 1]], span = (Date.parse(to) - Date.parse(from)) / 864e5;
  const step = span <= 120 ? 10 : span <= 3700 ? 7 : 4, buckets = new Map();
  for (let at = new Date(from); at.toISOString().slice(0, step) <= to.slice(0, step);) {
    buckets.set(at.toISOString().slice(0, step), 0);
    if (step === 10) at.setUTCDate(at.getUTCDate() + 1); else if (step === 7) at.setUTCMonth(at.getUTCMonth() + 1, 1); else at.setUTCFullYear(at.getUTCFullYear() + 1, 0, 1);
  }
  for (const one of shown) if (one.day) buckets.set(one.day.slice(0, step), (buckets.get(one.day.slice(0, step)) ?? 0) + 1);
  const tallest = Math.max(1, ...buckets.values());
  box.replaceChildren(...[...buckets].map(([when, count]) => {
    const filled = make("i"), start = when + "-01-01".slice(when.length - 4);
    filled.style.height = `${(100 * count) / tallest}%`;
    const end = when.length === 10 ? when : when.length === 4 ? `${when}-12-31` : new Date(Date.UTC(+when.slice(0, 4), +when.slice(5), 0)).toISOString().slice(0, 10);
    return make("button", { type: "button", "data-from": start, "data-to": end, tabindex: count ? null : "-1", title: `${when}: ${plural(count, "incident")}`,
      "aria-label": `${when}: ${plural(count, "incident")}`, "aria-pressed": String(asked.from === start && asked.to === end) }, filled);
  }), make("span", { class: "first" }, from.slice(0, step)), make("span", { class: "middle" }, `highest bar: ${number(tallest)}`),
  make("span", { class: "last" }, to.slice(0, step) === from.slice(0, step) ? "" : to.slice(0, step)));
}

/** Places on a graticule: no tiles, as nothing comes from outside. */
function map() {
  const placed = all.filter((one) => one.latitude !== null && one.longitude !== null);
  $("#where-box").hidden = !placed.length;
  if (!placed.length) return;
  const bounds = (values) => values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  let [south, north] = bounds(placed.map((one) => one.latitude)), [west, east] = bounds(placed.map((one) => one.longitude));
  const W = Math.max(300, $("#map").clientWidth), H = 230, middle = (south + north) / 2, squeeze = Math.max(0.2, Math.cos((middle * Math.PI) / 180));
  const scale = Math.min((W - 90) / Math.max(0.5, (east - west) * squeeze), (H - 80) / Math.max(0.5, north - south));
  const x = (longitude) => W / 2 + (longitude - (west + east) / 2) * squeeze * scale, y = (latitude) => H / 2 - (latitude - middle) * scale;
  const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 45].find((one) => one * scale > 55) ?? 60, drawn = [];
  const decimals = step < 1 ? 1 : 0;
  for (let n = Math.ceil((middle - H / 2 / scale) / step); y(n * step) > 14; n++) { const at = n * step;
    if (y(at) < H - 14 && Math.abs(at) <= 90) drawn.push(make("path", { d: `M34 ${y(at)}H${W}` }), make("text", { x: 0, y: y(at) + 4 }, `${Math.abs(at).toFixed(decimals)}°${at < 0 ? "S" : at > 0 ? "N" : ""}`)); }
  for (let n = Math.ceil(((west + east) / 2 - W / 2 / scale / squeeze) / step); x(n * step) < W - 20; n++) { const at = n * step;
    if (x(at) > 40 && Math.abs(at) <= 180) drawn.push(make("path", { d: `M${x(at)} 0V${H - 16}` }), make("text", { x: x(at) - 10, y: H - 3 }, `${Math.abs(at).toFixed(decimals)}°${at < 0 ? "W" : at > 0 ? "E" : ""}`)); }
  const kilometres = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].findLast((one) => (one / 111.2) * scale < 130) ?? 1, long = (kilometres / 111.2) * scale;
  const groups = new Map();
  for (const one of shown) if (one.latitude !== null && one.longitude !== null) {
    const key = `${one.latitude},${one.longitude}`, group = groups.get(key) ?? { one, count: 0 };
    group.count++; groups.set(key, group);
  }
  const points = [...groups.values()].sort((a, b) => b.count - a.count).map(({ one, count }) => make("circle", { cx: x(one.longitude), cy: y(one.latitude),
    r: Math.min(24, 4 + 2 * Math.sqrt(count)), "data-place": one.place ?? "" }, make("title", {}, `${one.place ?? "Place"}: ${plural(count, "incident")}`)));
  $("#map").replaceChildren(make("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": `Map: ${plural(points.length, "place")} with incidents. The field Place filters by them.` },
    drawn, points, make("path", { class: "rule", d: `M${W - long - 14} ${H - 34}v6h${long}v-6` }), make("text", { x: W - long - 14, y: H - 40 }, `${kilometres} km`)));
}

for (const [field, labels] of [["event", data.events], ["kind", data.kinds]])
  for (const [alias, name] of Object.entries(labels)) form.elements[field].append(make("option", { value: alias }, name));
$("#places").append(...[...new Set(all.flatMap((one) => [one.place, one.country]).filter(Boolean))].sort().map((value) => make("option", { value })));
$("#summary").textContent = `${plural(all.length, "incident")} told by ${plural(Object.keys(data.articles).length, "article")}. Who put reports together, and who says a number, is told beside each.`;

let waiting;
form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
form.addEventListener("submit", (event) => { event.preventDefault(); filter(); });
form.addEventListener("reset", () => setTimeout(filter));
body.addEventListener("click", (event) => {
  const button = event.target.closest("[data-opens]");
  if (!button) return;
  opened = opened === button.dataset.opens ? null : button.dataset.opens;
  draw();
  body.querySelector(`[data-opens="${CSS.escape(button.dataset.opens)}"]`)?.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || opened === null || form.contains(event.target)) return;
  const was = opened; opened = null; draw();
  body.querySelector(`[data-opens="${CSS.escape(was)}"]`)?.focus();
});
$("#pages").addEventListener("click", (event) => {
  const step = Number(event.target.dataset.step);
  if (!step) return;
  first += step * ROWS; opened = null; draw();
  $("#incidents").focus({ preventScroll: true }); $("#found").scrollIntoView();
});
$("#time").addEventListener("click", (event) => {
  const { from, to } = event.target.closest("button")?.dataset ?? {};
  if (!from) return;
  const again = form.elements.from.value === from && form.elements.to.value === to;
  form.elements.from.value = again ? "" : from; form.elements.to.value = again ? "" : to;
  filter();
  $("#time").querySelector(`[data-from="${from}"]`)?.focus();
});
$("#map").addEventListener("click", (event) => {
  const place = event.target.closest("circle")?.dataset.place;
  if (place) { form.elements.place.value = form.elements.place.value === place ? "" : place; filter(); }
});
addEventListener("resize", map);
addEventListener("beforeprint", () => { printing = true; draw(); });
addEventListener("afterprint", () => { printing = false; draw(); });
filter();
})();
