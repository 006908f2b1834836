// Every worked scenario and case, natively and as WASM: the same text, state hashes included.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';

const { OUTCRY_SCENARIO_BIN, OUTCRY_PARITY_MODULE, OUTCRY_SCENARIOS_DIR } = process.env;
// Of one scenario, in bytes.
const OUTPUT_MAX = 1 << 26;
const { runScenario } = createRequire(import.meta.url)(OUTCRY_PARITY_MODULE);

for (const folder of ['vectors', 'cases']) {
  const files = readdirSync(join(OUTCRY_SCENARIOS_DIR, folder)).filter((name) => name.endsWith('.json'));
  test(`there are ${folder} to compare`, () => assert.ok(files.length > 0));
  for (const file of files) {
    test(file, () => {
      const { scenario } = JSON.parse(readFileSync(join(OUTCRY_SCENARIOS_DIR, folder, file), 'utf8'));
      const input = JSON.stringify(scenario);
      const native = spawnSync(OUTCRY_SCENARIO_BIN, { input, encoding: 'utf8', maxBuffer: OUTPUT_MAX });
      // What one refuses, the other does too.
      if (native.status === 2) return assert.throws(() => runScenario(input));
      assert.equal(native.status, 0, native.stderr);
      assert.match(native.stdout, /"state_hash":"[0-9a-f]{64}"/);
      assert.equal(runScenario(input).trim(), native.stdout.trim());
    });
  }
}
