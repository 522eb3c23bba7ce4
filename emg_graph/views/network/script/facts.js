// Facts as sentences, each with the source and the place in it.
const isWeb = (url) => typeof url === "string" && /^https?:\/\//i.test(url);

function citation(source, locator) {
  if (source === null || source === undefined) return make("span", { class: "cite" }, " [our own reading; no source states it]");
  const { title, publisher, url, accessed } = data.sources[source];
  const name = said(shortened(title, LONG));
  const address = isWeb(url) ? make("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, name) : name;
  const rest = [publisher, locator].filter(Boolean).flatMap((text) => [", ", inFull(text)]);
  return make("span", { class: "cite" }, " [", address, ...rest, ...(accessed ? ["; read ", inFull(accessed)] : []), "]");
}

function factItem(index) {
  const [sentence, basis, standing, source, locator, confidence, note] = data.facts[index];
  const words = [basis, standing].filter((word) => !["stated", "current"].includes(word)).map((word) => data.words[word].toLowerCase());
  const tags = words.length ? make("span", { class: "tag" }, ` (${words.join(", ")})`) : "";
  return make("li", {}, inFull(sentence), tags, citation(source, locator), ...qualified(confidence, note));
}

// What we add to a fact: how sure we are, where that is not the highest, and a remark.
function qualified(confidence, note) {
  return [
    confidence && confidence !== "high" ? make("div", { class: "tag" }, `Confidence: ${confidence}`) : "",
    note ? make("div", { class: "tag" }, "Note: ", inFull(note)) : "",
  ];
}
