import assert from "node:assert/strict";
import { test } from "node:test";

import { Unheard } from "../../geodata/timemap/unheard.js";

test("what Python has not heard is told again with what comes after it", () => {
  const map = new Unheard();
  map.and("window", ["2016-04-02", "2016-04-05"]);
  const { teller, messages } = map.and("select", 7);
  assert.deepEqual(messages, [
    [1, "window", ["2016-04-02", "2016-04-05"]],
    [2, "select", 7],
  ]);
  map.forget({ teller, number: 1 });
  assert.deepEqual(map.and("step", 1).messages, [
    [2, "select", 7],
    [3, "step", 1],
  ]);
});

test("what another map was heard of is not forgotten here", () => {
  const map = new Unheard();
  map.and("step", 1);
  map.forget(null);
  map.forget({ teller: new Unheard().teller, number: 9 });
  assert.deepEqual(map.and("step", -1).messages, [
    [1, "step", 1],
    [2, "step", -1],
  ]);
});
