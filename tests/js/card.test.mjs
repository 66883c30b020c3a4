import assert from "node:assert/strict";
import { test } from "node:test";

import { webHost } from "../../geodata/timemap/card.js";

test("a cell that is an address of the web leads to its host", () => {
  assert.equal(webHost("https://paper.example/a?b=c#d"), "paper.example");
  assert.equal(webHost("HTTP://paper.example:8080/"), "paper.example");
});

test("no other text is a link", () => {
  const texts = [
    "",
    "paper.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://paper.example/",
    "https://paper.example@evil.example/",
    "https://paper.example\\\\@evil.example/",
    "https://рaper.example/",
    "https://",
    "https://paper.example/ and more",
    "https://paper.example/\nx",
    "see https://paper.example/",
  ];
  for (const text of texts) assert.equal(webHost(text), null, text);
});
