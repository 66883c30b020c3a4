// The modules of the map are put together into one script: a name that two of them give at their top would break it.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

const FOLDER = new URL("../../geodata/timemap/", import.meta.url);
const NAMED = /^(?:export )?(?:async )?(?:const|let|class|function) ([A-Za-z_]+)/gm;

test("no two modules give the same name at their top", () => {
  const owners = new Map();
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".js"))) {
    for (const [, name] of readFileSync(new URL(file, FOLDER), "utf8").matchAll(NAMED)) {
      owners.set(name, [...(owners.get(name) ?? []), file]);
    }
  }
  assert.ok(owners.size > 200);
  assert.deepEqual(
    [...owners].filter(([, files]) => files.length > 1),
    [],
  );
});
